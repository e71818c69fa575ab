package gatehouse.health;

import gatehouse.health.AlertIntake.Alerting;
import gatehouse.health.HealthPolicy.AlertEffect;
import gatehouse.health.HealthPolicy.Verdict;
import gatehouse.health.HealthPolicy.Wish;
import gatehouse.health.HealthStore.HouseholdWindow;
import gatehouse.health.HealthStore.Sight;
import gatehouse.health.HealthStore.Subject;
import gatehouse.health.HealthStore.Window;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Batcher;
import gatehouse.kernel.Batcher.Outcome;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.IdempotencyKeys;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of health reports. */
public final class HealthActions {
    private static final int COLLISIONS = 20;
    /** How far back "as last time" looks for a last time. */
    private static final int LAST_REPORT_DAYS = 14;

    private final Database database;
    private final BusinessClock clock;
    private final Function<UUID, HealthRules> rulesOf;
    private final AlertIntake alerts;
    private final Batcher<Submission, Answer> submissions;
    private final Batcher<HouseholdWindow, List<HealthStore.NamedReport>> readings;

    public HealthActions(Database database, BusinessClock clock, Executor virtualThreads, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.rulesOf = compound -> HealthRules.of(policies.of(compound));
        this.alerts = new AlertIntake(rulesOf);
        this.submissions = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, this::submitTogether);
        this.readings = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, this::readTogether);
    }

    /** What a caller asks; absent date and round are now's, an absent resident is the caller. */
    record Command(@Nullable UUID residentId, @Nullable LocalDate date, @Nullable Round round, Measurement measurement) {
    }

    /** A report as it was stored by a submission; {@code first} where it is no correction. */
    record Submitted(HealthReport report, boolean first) {
    }

    /** What goes into the batch; when it was received decides whether it is late, not when its turn came. */
    private record Submission(Caller caller, Scope scope, UUID compoundId, UUID residentId, Command command, OffsetDateTime receivedAt,
                              boolean atGate, Once<Submitted> once) {
        /** Everybody may report for themselves; for others, within their scope. */
        boolean mayReportFor(Subject subject) {
            return subject.residentId().equals(caller.residentId())
                    || scope.sees(subject.compoundId(), subject.buildingId(), subject.householdId());
        }

        ReportedAs reportedAs(Subject subject) {
            if (subject.residentId().equals(caller.residentId())) {
                return ReportedAs.SELF;
            }
            return subject.householdId().equals(caller.householdId()) ? ReportedAs.HOUSEHOLD_MEMBER : ReportedAs.STAFF;
        }
    }

    /** A member of the batch: what was asked, the round that it means, and the rules of its compound. */
    private record Member(Submission asked, RoundKey round, HealthRules rules) {
        Optional<IdempotencyKey> key() {
            return asked.once.key();
        }

        Wish wish(Subject subject) {
            return new Wish(round, asked.command.measurement(), asked.caller.accountId(), asked.reportedAs(subject));
        }
    }

    /** Somebody wrote between our reading and our writing; the list is judged again on what is there now. */
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Collision() {
            super("somebody else was faster", null, false, false);
        }
    }

    /**
     * Submits a report, or a correction where the round has one; answers after its commit. Fails with {@code NOT_FOUND} for a
     * resident outside the scope, with {@code ROUND_NOT_OPEN} and {@code possibleFrom} before the round, with
     * {@code REPORT_TOO_OLD} after the days of correction.
     */
    Future<Answer> submit(Caller caller, Scope scope, Command command, Once<Submitted> once) {
        return submit(caller, scope, command, false, once);
    }

    private Future<Answer> submit(Caller caller, Scope scope, Command command, boolean atGate, Once<Submitted> once) {
        var residentId = command.residentId() == null ? caller.residentId() : command.residentId();
        if (residentId == null) {
            return Future.failedFuture(Problem.badField("/residentId", FieldFault.REQUIRED));
        }
        var receivedAt = clock.now();
        if (residentId.equals(caller.residentId())) {
            return submissions.submit(new Submission(caller, scope, caller.compoundId(), residentId, command, receivedAt, atGate, once));
        }
        return compoundOf(scope, residentId).compose(compound -> compound
                .map(found -> submissions.submit(new Submission(caller, scope, found, residentId, command, receivedAt, atGate, once)))
                .orElseGet(() -> Future.failedFuture(Problem.of(ProblemType.NOT_FOUND))));
    }

    /** Only who serves several compounds must ask where somebody lives; the batch finds out whether they do. */
    private Future<Optional<UUID>> compoundOf(Scope scope, UUID residentId) {
        return scope.compounds().length > 1 ? HealthStore.compoundOf(database, scope, residentId)
                : Future.succeededFuture(Arrays.stream(scope.compounds()).findFirst());
    }

    /**
     * What a guard measured at the gate is the resident's report of that round from now on, and opens or joins an alert where it must. Completes
     * after its commit; nothing happens where the resident has moved out or the day can no longer be reported.
     */
    public Future<Void> measuredAtGate(Caller caller, Scope scope, UUID residentId, int temperatureTenths, OffsetDateTime at) {
        var round = HealthPolicy.roundOf(at, rulesOf.apply(caller.compoundId()));
        var command = new Command(residentId, at.toLocalDate(), round, new Measurement(temperatureTenths, List.of(), null));
        return submit(caller, scope, command, true, new Once<>(Optional.empty(), submitted -> new Answer(200, "")))
                .transform(done -> done.succeeded() || isNobodysReport(done.cause()) ? Future.succeededFuture() : Future.failedFuture(done.cause()));
    }

    private static boolean isNobodysReport(Throwable cause) {
        return cause instanceof Problem problem && (problem.type() == ProblemType.NOT_FOUND || problem.type() == ProblemType.REPORT_TOO_OLD);
    }

    /** The batch's body: one transaction, judged again as a whole where somebody else wrote in between. */
    private List<Outcome<Answer>> submitTogether(List<Submission> list) {
        var rules = new HashMap<UUID, HealthRules>();
        var members = list.stream().map(asked -> member(asked, rules.computeIfAbsent(asked.compoundId, rulesOf))).toList();
        for (int attempt = 1; ; attempt++) {
            boolean inTurn = attempt > 1;
            try {
                return database.transact(tx -> {
                    if (inTurn) {
                        HealthStore.takeTurns(tx, list.stream().map(Submission::compoundId).toList(),
                                list.stream().map(Submission::residentId).toList());
                    }
                    return submitInWaves(tx, members, inTurn);
                });
            } catch (Collision collision) {
                if (attempt == COLLISIONS) {
                    throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
                }
            }
        }
    }

    private static Member member(Submission asked, HealthRules rules) {
        var command = asked.command;
        var date = command.date() == null ? asked.receivedAt.toLocalDate() : command.date();
        var round = command.round() == null ? HealthPolicy.roundOf(asked.receivedAt, rules) : command.round();
        return new Member(asked, new RoundKey(asked.residentId, date, round), asked.atGate ? rules.believingAll() : rules);
    }

    /** Members that concern the same round of the same resident, or bear the same key, follow each other; all others go together. */
    private List<Outcome<Answer>> submitInWaves(Tx tx, List<Member> list, boolean inTurn) {
        var outcomes = new ArrayList<Outcome<Answer>>(Collections.nCopies(list.size(), null));
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            rest.add(i);
        }
        while (!rest.isEmpty()) {
            var taken = new HashSet<Object>();
            var wave = new ArrayList<Integer>();
            var later = new ArrayList<Integer>();
            for (int place : rest) {
                var member = list.get(place);
                boolean free = taken.add(member.round);
                boolean fresh = member.key().map(key -> taken.add(key.key())).orElse(true);
                (free && fresh ? wave : later).add(place);
            }
            var done = submitWave(tx, wave.stream().map(list::get).toList(), inTurn);
            for (int i = 0; i < wave.size(); i++) {
                outcomes.set(wave.get(i), done.get(i));
            }
            rest = later;
        }
        return outcomes;
    }

    /**
     * Keys are hardly ever sent twice, so whether one was is asked only after the keeping of them collided; and of those that would
     * be refused, whose keys are not kept.
     */
    private List<Outcome<Answer>> submitWave(Tx tx, List<Member> wave, boolean inTurn) {
        var answered = new HashMap<IdempotencyKey, Object>();
        if (inTurn) {
            answered.putAll(IdempotencyKeys.answered(tx, keysOf(wave)));
        }
        var fresh = wave.stream().filter(member -> member.key().map(key -> !answered.containsKey(key)).orElse(true)).toList();
        var work = judge(tx, fresh);
        store(tx, work);
        var answers = work.answers();
        keepKeys(tx, fresh, answers);
        if (!inTurn) {
            var refused = fresh.stream().filter(member -> answers.get(member) instanceof Outcome.Refused<Answer>).toList();
            answered.putAll(IdempotencyKeys.answered(tx, keysOf(refused)));
        }
        var outcomes = new ArrayList<Outcome<Answer>>(wave.size());
        for (var member : wave) {
            var earlier = member.key().map(answered::get).orElse(null);
            outcomes.add(earlier == null ? answers.get(member) : outcomeOf(earlier));
        }
        return outcomes;
    }

    private static List<IdempotencyKey> keysOf(List<Member> wave) {
        return wave.stream().map(Member::key).flatMap(Optional::stream).toList();
    }

    private static Outcome<Answer> outcomeOf(Object earlier) {
        return earlier instanceof Answer answer ? new Outcome.Done<>(answer) : new Outcome.Refused<>((Problem) earlier);
    }

    /** The reports that a wave writes, each with its resident, and what every member is answered. */
    private record Work(List<Subject> firstSubjects, List<HealthReport> firsts, List<HealthReport> corrections,
                        List<Alerting> alerting, Map<Member, Outcome<Answer>> answers) {
    }

    private Work judge(Tx tx, List<Member> wave) {
        var work = new Work(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new IdentityHashMap<>());
        if (wave.isEmpty()) {
            return work;
        }
        var subjects = HealthStore.subjects(tx, wave.stream().map(member -> member.asked.compoundId).toList(),
                wave.stream().map(Member::round).toList());
        var alertOf = new HashMap<UUID, UUID>();
        for (int i = 0; i < wave.size(); i++) {
            var member = wave.get(i);
            var subject = subjects.get(i).filter(member.asked::mayReportFor);
            work.answers.put(member, subject.isEmpty() ? new Outcome.Refused<>(Problem.of(ProblemType.NOT_FOUND))
                    : judgeOne(member, subject.get(), work, alertOf));
        }
        return work;
    }

    private Outcome<Answer> judgeOne(Member member, Subject subject, Work work, Map<UUID, UUID> alertOf) {
        var openAlert = alertOf.getOrDefault(subject.residentId(), subject.openAlertId());
        var facts = new HealthPolicy.Facts(subject.compoundId(), subject.current(), openAlert);
        return switch (HealthPolicy.judge(member.wish(subject), facts, member.rules, member.asked.receivedAt, Ids::next)) {
            case Verdict.Accepted(var report, var effect) -> {
                boolean first = report.version() == 1;
                if (first) {
                    work.firstSubjects.add(subject);
                    work.firsts.add(report);
                } else {
                    work.corrections.add(report);
                }
                if (effect != AlertEffect.NONE) {
                    alertOf.put(subject.residentId(), report.alertId());
                    work.alerting.add(new Alerting(subject, report, effect == AlertEffect.OPENS));
                }
                yield new Outcome.Done<>(member.asked.once.render(new Submitted(report, first)));
            }
            case Verdict.Unchanged(var report) -> new Outcome.Done<>(member.asked.once.render(new Submitted(report, false)));
            case Verdict.NotYetOpen(var round, var opensAt) -> new Outcome.Refused<>(
                    Problem.of(ProblemType.ROUND_NOT_OPEN, opensAt.toLocalTime()).with("possibleFrom", opensAt));
            case Verdict.InFuture() -> new Outcome.Refused<>(Problem.badField("/date", FieldFault.IN_FUTURE));
            case Verdict.TooOld(var days) -> new Outcome.Refused<>(Problem.of(ProblemType.REPORT_TOO_OLD, days));
            case Verdict.Implausible(var min, var max) -> new Outcome.Refused<>(
                    Problem.badField("/temperature", FieldFault.OUT_OF_RANGE, HealthRoutes.degrees(min), HealthRoutes.degrees(max)));
            case Verdict.NoteMissing() -> new Outcome.Refused<>(Problem.badField("/note", FieldFault.TEXT_REQUIRED_FOR_OTHER));
        };
    }

    private void store(Tx tx, Work work) {
        if (HealthStore.insertReports(tx, work.firstSubjects, work.firsts) < work.firsts.size()
                || HealthStore.correctReports(tx, work.corrections) < work.corrections.size()
                || !alerts.take(tx, work.alerting)) {
            throw new Collision();
        }
        var written = Stream.of(work.firsts, work.corrections).flatMap(List::stream).toList();
        written.forEach(report -> tx.changes(report.compoundId()));
        var late = TrendActions.late(written);
        if (!late.isEmpty()) {
            TrendStore.reopen(tx, late);
        }
    }

    private static void keepKeys(Tx tx, List<Member> fresh, Map<Member, Outcome<Answer>> answers) {
        var keys = new ArrayList<IdempotencyKey>();
        var kept = new ArrayList<Answer>();
        for (var member : fresh) {
            if (member.key().isPresent() && answers.get(member) instanceof Outcome.Done<Answer>(var answer)) {
                keys.add(member.key().get());
                kept.add(answer);
            }
        }
        if (!IdempotencyKeys.keepAll(tx, keys, kept)) {
            throw new Collision();
        }
    }

    /** Reports within the scope, newest day first; {@code residentId} null for everybody's. */
    Future<Page<HealthStore.NamedReport>> list(Caller caller, Scope scope, @Nullable UUID residentId, @Nullable LocalDate from, @Nullable LocalDate to,
                                       Page.Request page) {
        var today = clock.today();
        var after = page.after() == null ? null : RoundKey.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        var window = new Window(residentId, from == null ? today.minusYears(1) : from, to == null ? today : to, after, page.rows());
        var rows = scope.isOneHousehold()
                ? readings.submit(new HouseholdWindow(scope.compounds()[0], scope.households()[0], window))
                : HealthStore.reports(database, Sight.of(caller), window);
        return rows.map(found -> Page.cut(found, page, row -> row.report().key().id()));
    }

    private List<Outcome<List<HealthStore.NamedReport>>> readTogether(List<HouseholdWindow> windows) {
        return HealthStore.reportsOfHouseholds(database, windows).stream()
                .<Outcome<List<HealthStore.NamedReport>>>map(Outcome.Done::new).toList();
    }

    List<HealthStore.Version> versions(Caller caller, String reportId) {
        var key = RoundKey.parse(reportId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var versions = HealthStore.versions(database, Sight.of(caller), key);
        if (versions.isEmpty()) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return versions;
    }

    /** Today's rounds of a household: the rounds' times and states, and per member today's reports and the last one there is. */
    record Today(OffsetDateTime now, HealthRules rules, List<TodaysMember> members) {
        record TodaysMember(HealthStore.Member member, List<HealthReport> reports, @Nullable HealthReport lastReport) {
        }
    }

    Today today(Caller caller) {
        if (caller.householdId() == null) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        var now = clock.now();
        var date = now.toLocalDate();
        var rules = rulesOf.apply(caller.compoundId());
        var byResident = new HashMap<UUID, List<HealthReport>>();
        for (var report : HealthStore.householdReports(database, caller.compoundId(), caller.householdId(), date.minusDays(LAST_REPORT_DAYS))) {
            byResident.computeIfAbsent(report.key().residentId(), id -> new ArrayList<>()).add(report);
        }
        var members = HealthStore.members(database, caller.compoundId(), caller.householdId()).stream().map(member -> {
            var reports = byResident.getOrDefault(member.residentId(), List.of());
            return new Today.TodaysMember(member, reports.stream().filter(report -> report.key().date().equals(date)).toList(),
                    reports.isEmpty() ? null : reports.getLast());
        }).toList();
        return new Today(now, rules, members);
    }

    /** Who has not reported; an upper bound of the page's rows is the day's residents, never the history. */
    Page<HealthStore.Missing> missing(Scope scope, LocalDate date, Round round, @Nullable String building, Page.Request page) {
        if (date.isAfter(clock.today())) {
            throw Problem.badField("date", FieldFault.IN_FUTURE);
        }
        var rows = HealthStore.missing(database, scope, date, round, building, page);
        return Page.cut(rows, page, HealthStore.Missing::place);
    }
}
