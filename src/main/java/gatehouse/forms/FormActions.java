package gatehouse.forms;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.forms.Form.Content;
import gatehouse.forms.Form.End;
import gatehouse.forms.FormStore.Awaited;
import gatehouse.forms.FormStore.Done;
import gatehouse.forms.FormStore.Frozen;
import gatehouse.forms.FormStore.Place;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The verbs of forms: look at what there is, write one out, freeze them at their hour. */
public final class FormActions {
    /** Each holds a connection of the pool for as long as its reader takes. */
    private static final int WRITTEN_AT_ONCE = 4;
    private static final int LONGEST_WAIT_SECONDS = 5;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog audit;
    private final Map<String, Form> forms = new LinkedHashMap<>();
    private final Semaphore writing = new Semaphore(WRITTEN_AT_ONCE, true);

    /** @param forms all that there are, as the features bring them */
    public FormActions(Database database, BusinessClock clock, Policies policies, AuditLog audit, List<Form> forms) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.audit = audit;
        forms.forEach(form -> {
            if (this.forms.put(form.name(), form) != null) {
                throw new IllegalStateException("two forms are called " + form.name());
            }
        });
    }

    private static LocalTime hour(PolicyValues policy) {
        return policy.time(PolicyName.SUMMARY_DUE_AT);
    }

    /** A compound's share of a form. */
    record Part(Place place, Asked asked) {
        Optional<OffsetDateTime> frozenAt() {
            return place.frozen().map(Frozen::at);
        }
    }

    /** A form of a date for somebody, ready to be written. */
    record Export(Form form, LocalDate date, OffsetDateTime now, List<Part> parts, long rows) {
        /** The last part's hour; empty where a part is not frozen, or there is none. */
        Optional<OffsetDateTime> frozenAt() {
            return parts.stream().allMatch(part -> part.frozenAt().isPresent())
                    ? parts.stream().flatMap(part -> part.frozenAt().stream()).max(OffsetDateTime::compareTo) : Optional.empty();
        }

        List<String> communities() {
            return parts.stream().map(part -> part.place().community()).distinct().toList();
        }

        List<String> compounds() {
            return parts.stream().map(part -> part.place().compound()).toList();
        }
    }

    /** The forms that this caller may fetch. */
    List<Export> list(Caller caller, LocalDate date) {
        var now = clock.now();
        return forms.values().stream().filter(form -> mayRead(caller, form)).map(form -> export(caller, form, date, now)).toList();
    }

    /** 404 for a form that does not exist, 403 for one that is none of the caller's business. */
    Export prepare(Caller caller, String name, LocalDate date) {
        var form = forms.get(name);
        if (form == null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        if (!mayRead(caller, form)) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        return export(caller, form, date, clock.now());
    }

    private static boolean mayRead(Caller caller, Form form) {
        return form.readers().stream().anyMatch(caller::is);
    }

    private Export export(Caller caller, Form form, LocalDate date, OffsetDateTime now) {
        var scope = caller.scopeBy(form.readers());
        var parts = new ArrayList<Part>();
        for (var place : FormStore.places(database, scope, form, date)) {
            var policy = policies.of(place.compoundId());
            boolean whole = scope.seesWholeCompound(place.compoundId());
            if (FormPolicy.takesPart(hour(policy), place.createdAt(), place.frozen().isPresent(), date, now) && (whole || form.content() == Content.NAMES)) {
                parts.add(new Part(place, new Asked(place.compoundId(), whole, scope.buildings(), date, FormPolicy.asOf(date, now), policy)));
            }
        }
        return new Export(form, date, now, parts, rows(form, parts));
    }

    private long rows(Form form, List<Part> parts) {
        return switch (form.content()) {
            case NUMBERS -> parts.size();
            case NAMES -> parts.stream().mapToLong(part -> FormStore.count(database, form, part.place().frozen(), part.asked())).sum();
        };
    }

    /** Enters in the audit who takes the form, then reads it from the database as fast as {@code out} takes it. */
    void write(Caller caller, Export export, FormFormat format, OutputStream out) throws IOException {
        try {
            if (!writing.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", LONGEST_WAIT_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", LONGEST_WAIT_SECONDS);
        }
        try {
            if (export.form.content() == Content.NAMES) {
                database.transact(tx -> enter(tx, caller, export, format));
            }
            database.readOnce(tx -> writeWithin(tx, export, format, out));
        } catch (UncheckedIOException unwritten) {
            throw unwritten.getCause();
        } finally {
            writing.release();
        }
    }

    private int enter(Tx tx, Caller caller, Export export, FormFormat format) {
        audit.append(tx, export.parts.stream().map(part -> new AuditEntry(part.place.compoundId(), export.now,
                AuditEntry.Actor.of(caller, part.place.compoundId(), export.form.readers().stream().sorted().toList()), AuditAction.FORM_EXPORTED.name(),
                "form", export.form.name(), new TreeMap<>(Map.of("date", export.date.toString(), "format", format.name(),
                        "state", stateOf(part).name())))).toList());
        return export.parts.size();
    }

    private static FormState stateOf(Part part) {
        return part.frozenAt().isPresent() ? FormState.FROZEN : FormState.LIVE;
    }

    private static Void writeWithin(Tx tx, Export export, FormFormat format, OutputStream out) {
        try (var sheet = sheet(export, format, out)) {
            var sums = new FormSums(export.form, export.parts.size(), export.communities().size());
            for (var part : export.parts) {
                for (var sum : sums.before(part.place.communityId(), part.place.community())) {
                    sheet.sum(sum);
                }
                var state = new Cell.Text(FormWords.state(part.frozenAt(), export.date, export.now));
                read(tx, export.form, part, line -> writeLine(sheet, sums, line.cells(), state));
            }
            for (var sum : sums.atTheEnd()) {
                sheet.sum(sum);
            }
            return null;
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static Sheet sheet(Export export, FormFormat format, OutputStream out) throws IOException {
        var columns = new ArrayList<>(export.form.columns());
        columns.add(FormWords.STATE);
        var title = FormWords.title(export.form, export.communities(), export.compounds(), export.date,
                FormWords.state(export.frozenAt(), export.date, export.now));
        return switch (format) {
            case CSV -> new CsvSheet(out, columns);
            case XLSX -> new XlsxSheet(out, title, export.form.titleChinese(), columns, export.frozenAt().orElse(export.now));
        };
    }

    private static void read(Tx tx, Form form, Part part, Consumer<FormStore.Line> reader) {
        part.place.frozen().ifPresentOrElse(frozen -> FormStore.frozen(tx, form, frozen, part.asked, reader),
                () -> FormStore.live(tx, form, part.asked, reader));
    }

    private static void writeLine(Sheet sheet, FormSums sums, List<Cell> cells, Cell state) {
        try {
            sums.add(cells);
            var line = new ArrayList<>(cells);
            line.add(state);
            sheet.line(line);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    /**
     * Freezes what is due in every compound, each day in a transaction of its own, then tells the subdistricts; answers how many were
     * frozen here. Where one fails, the others are frozen all the same and the first fault is thrown at the end.
     */
    int freezeWhatIsDue() {
        var now = clock.now();
        var valuesOf = policies.all();
        var done = FormStore.done(database, FormPolicy.oldest(now)).stream()
                .collect(Collectors.groupingBy(Done::compoundId, Collectors.mapping(Done::date, Collectors.toSet())));
        RuntimeException fault = null;
        int count = 0;
        for (var compound : FormStore.compounds(database)) {
            var policy = valuesOf.apply(compound.id());
            for (var date : FormPolicy.due(hour(policy), compound.createdAt(), done.getOrDefault(compound.id(), Set.of()), now)) {
                try {
                    count += database.transact(tx -> freeze(tx, compound.id(), policy, date, now)) ? 1 : 0;
                } catch (RuntimeException failed) {
                    fault = fault == null ? failed : fault;
                }
            }
        }
        announce(now, compound -> hour(valuesOf.apply(compound)));
        if (fault != null) {
            throw fault;
        }
        return count;
    }

    /** Empties the frozen forms that name people, of dates before; the numbers stay. For {@link gatehouse.audit.Retention}; answers how many dates. */
    public int forgetNames(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var naming = forms.values().stream().filter(form -> form.content() == Content.NAMES).map(Form::name).toList();
        return FormStore.forgetNames(tx, compound, naming, before.toLocalDate(), atMost, clock.now());
    }

    private boolean freeze(Tx tx, UUID compound, PolicyValues policy, LocalDate date, OffsetDateTime now) {
        if (!FormStore.begin(tx, compound, date, FormPolicy.due(hour(policy), date, now), now)) {
            return false;
        }
        var asked = new Asked(compound, true, new UUID[0], date, FormPolicy.asOf(date, now), policy);
        forms.values().stream().filter(form -> form.end() == End.WITH_SUMMARY).forEach(form -> FormStore.freeze(tx, form, asked));
        return true;
    }

    private record Summary(UUID subdistrictId, LocalDate date) {
    }

    /** Once per subdistrict and date, when the last of its compounds is in. */
    private void announce(OffsetDateTime now, Function<UUID, LocalTime> hourOf) {
        var summaries = FormStore.awaited(database, FormPolicy.oldest(now)).stream()
                .filter(each -> FormPolicy.takesPart(hourOf.apply(each.compoundId()), each.createdAt(), each.frozen(), each.date(), now))
                .collect(Collectors.groupingBy(each -> new Summary(each.subdistrictId(), each.date()), LinkedHashMap::new, Collectors.toList()));
        summaries.forEach((summary, compounds) -> {
            if (compounds.stream().allMatch(Awaited::frozen)) {
                database.transact(tx -> tell(tx, summary, compounds, now));
            }
        });
    }

    private static int tell(Tx tx, Summary summary, List<Awaited> compounds, OffsetDateTime now) {
        if (!FormStore.announce(tx, summary.date, compounds.stream().map(Awaited::compoundId).toList(), now)
                || !FormPolicy.isNews(summary.date, now)) {
            return 0;
        }
        long communities = compounds.stream().map(Awaited::communityId).distinct().count();
        // whoever has the subdistrict reaches each of its compounds, so the message may lie with any one of them
        return Outbox.put(tx, now, Message.of(compounds.getFirst().compoundId(), "daily-summary/" + summary.date + "/" + summary.subdistrictId,
                MessageTemplate.SUMMARY_COMPLETE, new Recipient.HoldersOfCompound(Role.SUBDISTRICT), summary.date, communities, compounds.size()));
    }
}
