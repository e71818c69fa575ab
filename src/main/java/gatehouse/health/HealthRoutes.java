package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.disclosure.HealthLooks;
import gatehouse.health.HealthActions.Command;
import gatehouse.health.HealthActions.Submitted;
import gatehouse.http.Allow;
import gatehouse.http.Contract;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Json;
import gatehouse.http.ProblemHandler;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of health reports. */
public final class HealthRoutes {
    private final HealthActions actions;
    private final DayActions day;
    private final Contract contract;
    private final HealthLooks looks;

    public HealthRoutes(HealthActions actions, DayActions day, Contract contract, HealthLooks looks) {
        this.actions = actions;
        this.day = day;
        this.contract = contract;
        this.looks = looks;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.hot("submitHealthReport", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::submit),
                Endpoint.hot("submitHealthReports", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::submitBatch),
                Endpoint.hot("listHealthReports", Allow.only(RESIDENT, GRID_WORKER, OFFICE, HEALTH_CENTRE), this::list),
                Endpoint.of("listHealthReportVersions", Allow.only(RESIDENT, GRID_WORKER, OFFICE, HEALTH_CENTRE), this::versions),
                Endpoint.of("getTodaysRounds", Allow.only(RESIDENT), this::today),
                Endpoint.of("listMissingReports", Allow.only(GRID_WORKER, OFFICE), this::missing),
                Endpoint.of("listCallList", Allow.only(GRID_WORKER, OFFICE), this::callList));
    }

    record SubmitHealthReport(@Nullable String residentId, @Nullable LocalDate date, @Nullable Round round, BigDecimal temperature,
                              List<Symptom> symptoms, @Nullable String note) {
        Command command() {
            return new Command(residentId == null ? null : id(residentId), date, round,
                    new Measurement(temperature.movePointRight(1).intValueExact(), symptoms, note));
        }

        private static UUID id(String text) {
            return Identifiers.parse(text).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        }
    }

    record SubmitHealthReports(List<JsonNode> reports) {
    }

    record ReportBody(String id, UUID residentId, @Nullable String residentName, @Nullable String household, LocalDate date, Round round,
                      BigDecimal temperature, List<Symptom> symptoms, @Nullable String note, ReportStatus status, ReportedAs reportedAs,
                      OffsetDateTime receivedAt, int version, @Nullable UUID alertId) {
        static ReportBody of(HealthReport report) {
            return of(report, null, null);
        }

        static ReportBody of(HealthReport report, @Nullable String residentName, @Nullable String household) {
            var key = report.key();
            var measurement = report.measurement();
            return new ReportBody(key.id(), key.residentId(), residentName, household, key.date(), key.round(),
                    degrees(measurement.temperatureTenths()), measurement.symptoms(), measurement.note(), report.status(),
                    report.reportedAs(), report.receivedAt(), report.version(), report.alertId());
        }
    }

    static BigDecimal degrees(int tenths) {
        return BigDecimal.valueOf(tenths, 1);
    }

    private static Answer answer(Submitted submitted) {
        return Reply.answer(submitted.first() ? 201 : 200, ReportBody.of(submitted.report()));
    }

    private Future<Reply> submit(Request request) {
        return actions.submit(request.caller(), request.scope(), request.body(SubmitHealthReport.class).command(),
                request.once(HealthRoutes::answer)).map(Reply::of);
    }

    /** One member of a batch's answer; {@code report} is JSON already. */
    private record Result(int status, @Nullable JsonNode report, @Nullable Map<String, Object> problem) {
    }

    private Future<Reply> submitBatch(Request request) {
        var members = request.body(SubmitHealthReports.class).reports();
        var pending = new ArrayList<Future<Answer>>(members.size());
        for (int place = 0; place < members.size(); place++) {
            pending.add(submitMember(request, members.get(place), place));
        }
        return Future.join(pending).transform(allDone -> {
            var reused = pending.stream().filter(Future::failed).map(Future::cause)
                    .filter(cause -> cause instanceof Problem problem && problem.type() == ProblemType.KEY_REUSED).findFirst();
            if (reused.isPresent()) {
                return Future.failedFuture(reused.get());
            }
            var results = pending.stream().map(each -> result(each, request)).toList();
            var reply = Reply.ok(Map.of("results", results));
            boolean replayed = pending.stream().allMatch(each -> each.succeeded() && each.result().replayed());
            return Future.succeededFuture(replayed ? reply.header("Idempotent-Replay", "true") : reply);
        });
    }

    private Future<Answer> submitMember(Request request, JsonNode member, int place) {
        try {
            var command = contract.read("SubmitHealthReport", member, SubmitHealthReport.class).command();
            var key = request.idempotencyKey().map(whole -> memberKey(whole, place));
            return actions.submit(request.caller(), request.scope(), command, new Once<>(key, HealthRoutes::answer));
        } catch (Problem bad) {
            return Future.failedFuture(bad);
        }
    }

    /** Each member has a key of its own, made of the request's and its place, so that a repetition finds every member again. */
    private static IdempotencyKey memberKey(IdempotencyKey whole, int place) {
        var bytes = ByteBuffer.allocate(20).putLong(whole.key().getMostSignificantBits())
                .putLong(whole.key().getLeastSignificantBits()).putInt(place).array();
        return new IdempotencyKey(whole.compoundId(), whole.accountId(), UUID.nameUUIDFromBytes(bytes), whole.requestHash());
    }

    private static Result result(Future<Answer> done, Request request) {
        if (done.succeeded()) {
            return new Result(done.result().status(), Json.readOwn(done.result().json(), JsonNode.class), null);
        }
        var problem = ProblemHandler.problemOf(done.cause(), request.requestId());
        return new Result(problem.type().status(), null, ProblemHandler.body(problem, request.language(), request.requestId()));
    }

    private Future<Reply> list(Request request) {
        var residentId = request.queryId("residentId").orElse(null);
        return actions.list(request.caller(), request.scope(), residentId, request.queryDate("from").orElse(null),
                request.queryDate("to").orElse(null), request.page())
                .compose(page -> residentId == null || page.items().isEmpty() ? Future.succeededFuture(page)
                        : looks.enter(request.caller(), page.items().getFirst().report().compoundId(), residentId).map(page))
                .map(page -> Reply.ok(Request.withCursor(
                        page.map(row -> ReportBody.of(row.report(), row.residentName(), row.household())))));
    }

    record VersionBody(int version, BigDecimal temperature, List<Symptom> symptoms, @Nullable String note, ReportStatus status,
                       ReportedAs reportedAs, String reportedBy, OffsetDateTime receivedAt, @Nullable OffsetDateTime replacedAt) {
    }

    private Reply versions(Request request) {
        var found = actions.versions(request.caller(), request.path("id"));
        looks.enterAndWait(request.caller(), found.getFirst().report().compoundId(), found.getFirst().report().key().residentId());
        var versions = found.stream().map(each -> {
            var report = each.report();
            return new VersionBody(report.version(), degrees(report.measurement().temperatureTenths()), report.measurement().symptoms(),
                    report.measurement().note(), report.status(), report.reportedAs(), each.reportedByName(), report.receivedAt(),
                    each.replacedAt());
        }).toList();
        return Reply.ok(new Page<>(versions, null));
    }

    record RoundBody(Round round, OffsetDateTime opensAt, OffsetDateTime measuredAt, OffsetDateTime cutOffAt, RoundState state) {
    }

    record TodaysMemberBody(UUID residentId, String name, List<ReportBody> reports, @Nullable ReportBody lastReport) {
    }

    /** Those rules of the compound that the page speaks of; temperatures in °C. */
    record RulesBody(BigDecimal feverAbove, BigDecimal temperatureMin, BigDecimal temperatureMax, int acknowledgeMinutes, int travelDays) {
        static RulesBody of(HealthRules rules) {
            return new RulesBody(degrees(rules.feverAboveTenths()), degrees(rules.plausibleMinTenths()), degrees(rules.plausibleMaxTenths()),
                    rules.acknowledgeWithinMinutes(), rules.travelDays());
        }
    }

    record TodayBody(LocalDate date, OffsetDateTime now, List<RoundBody> rounds, List<TodaysMemberBody> members, RulesBody rules) {
    }

    private Reply today(Request request) {
        var today = actions.today(request.caller());
        var date = today.now().toLocalDate();
        var rounds = new ArrayList<RoundBody>();
        for (var round : Round.values()) {
            rounds.add(new RoundBody(round, at(date, today.rules().opensAt(round)), at(date, today.rules().measuredAt(round)),
                    at(date, today.rules().cutOffAt()), HealthPolicy.stateOf(date, round, today.rules(), today.now())));
        }
        var members = today.members().stream().map(each -> new TodaysMemberBody(each.member().residentId(), each.member().name(),
                each.reports().stream().map(ReportBody::of).toList(),
                Optional.ofNullable(each.lastReport()).map(ReportBody::of).orElse(null))).toList();
        return Reply.ok(new TodayBody(date, today.now(), rounds, members, RulesBody.of(today.rules())));
    }

    private static OffsetDateTime at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(BusinessClock.ZONE).toOffsetDateTime();
    }

    record MissingBody(UUID residentId, String name, String household, String building, @Nullable String phone, int missedRounds) {
    }

    private Reply missing(Request request) {
        var date = LocalDate.parse(request.path("date"));
        var round = Round.valueOf(request.path("round"));
        var page = actions.missing(request.scope(), date, round, request.query("building").orElse(null), request.page());
        return Reply.ok(Request.withCursor(page.map(each -> new MissingBody(each.residentId(), each.name(), each.household(),
                each.building(), each.phoneMasked(),
                HealthPolicy.missedRounds(new RoundKey(each.residentId(), date, round), each.lastReport(), each.firstDay())))));
    }

    private Reply callList(Request request) {
        var page = day.callList(request.scope(), request.page());
        return Reply.ok(Request.withCursor(page.map(each -> new MissingBody(each.resident().residentId(), each.resident().name(),
                each.resident().household(), each.resident().building(), each.resident().phoneMasked(), each.missedRounds()))));
    }
}
