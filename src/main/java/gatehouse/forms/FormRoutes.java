package gatehouse.forms;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.forms.FormActions.Export;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of forms. */
public final class FormRoutes {
    private final FormActions actions;
    private final BusinessClock clock;

    public FormRoutes(FormActions actions, BusinessClock clock) {
        this.actions = actions;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        var readers = Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, SUBDISTRICT);
        return List.of(Endpoint.of("listForms", readers, this::list), Endpoint.of("getForm", readers, this::form));
    }

    /** {@code names} where it names people; {@code compounds}, of which {@code frozen} so many are; where all are, the form is. */
    record FormBody(String name, String title, boolean names, List<FormFormat> formats, FormState state, @Nullable OffsetDateTime frozenAt, long rows,
                    int compounds, long frozen) {
        static FormBody of(Export export, Language language) {
            var frozenAt = export.frozenAt();
            return new FormBody(export.form().name(), language.choose(export.form().titleChinese(), export.form().titleEnglish()),
                    export.form().content() == Form.Content.NAMES, List.of(FormFormat.values()), frozenAt.isPresent() ? FormState.FROZEN : FormState.LIVE, frozenAt.orElse(null), export.rows(),
                    export.parts().size(), export.parts().stream().filter(part -> part.frozenAt().isPresent()).count());
        }
    }

    record FormsBody(LocalDate date, List<FormBody> items) {
    }

    private Reply list(Request request) {
        var date = date(request);
        return Reply.ok(new FormsBody(date, actions.list(request.caller(), date).stream().map(form -> FormBody.of(form, request.language())).toList()));
    }

    private Reply form(Request request) {
        var file = request.path("file");
        int dot = file.lastIndexOf('.');
        var format = FormFormat.ofEnding(file.substring(dot + 1)).filter(known -> dot > 0).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var export = actions.prepare(request.caller(), file.substring(0, dot), date(request));
        return Reply.written(headers(export, format), out -> actions.write(request.caller(), export, format, out));
    }

    private LocalDate date(Request request) {
        var today = clock.today();
        var date = request.queryDate("date").orElse(today);
        if (date.isAfter(today)) {
            throw Problem.badField("?date", FieldFault.IN_FUTURE);
        }
        return date;
    }

    private static Map<String, String> headers(Export export, FormFormat format) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", format.mediaType());
        headers.put("Content-Disposition", "attachment; filename=\"%s-%s.%s\"; filename*=UTF-8''%s.%3$s".formatted(export.form().name(), export.date(),
                format.ending(), percentEncoded(FormWords.fileName(export.form(), export.communities(), export.compounds(), export.date(),
                        export.frozenAt().isPresent()))));
        headers.put("Gatehouse-Rows-Expected", String.valueOf(export.rows()));
        export.frozenAt().ifPresent(at -> headers.put("Gatehouse-Frozen-At",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZoneSameInstant(BusinessClock.ZONE).truncatedTo(ChronoUnit.SECONDS))));
        return headers;
    }

    private static String percentEncoded(String fileName) {
        return URLEncoder.encode(fileName.replaceAll("[\\\\/:*?\"<>|]", "_"), StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }
}
