package gatehouse.gate;

import gatehouse.gate.GatePolicy.Decision;
import gatehouse.gate.GatePolicy.Effect;
import gatehouse.gate.GatePolicy.Scan;
import gatehouse.gate.GateStore.Asked;
import gatehouse.gate.GateStore.FoundPass;
import gatehouse.gate.GateStore.Keeping;
import gatehouse.gate.ScanStore.Fate;
import gatehouse.gate.ScanStore.Seen;
import gatehouse.gate.ScanStore.Shown;
import gatehouse.health.HealthActions;
import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.Batcher;
import gatehouse.kernel.Batcher.Outcome;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.outing.PassCodes;
import gatehouse.outing.PassCodes.Reading;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scans at gates. They go as lists, a list as one statement: it reads the passes and keeps what was {@linkplain Foresight foreseen} of
 * those that are as they were supposed to be. The others are judged by what it read, and kept by a second, each pass only where it is as
 * it was read. Scans of the same pass or with the same nonce follow each other; where another gate was faster they are judged again.
 */
final class GateActions {
    private static final int COLLISIONS = 20;
    private static final Pattern TYPED = Pattern.compile("[0-9]{8}");

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final PassCodes codes;
    private final HealthActions health;
    private final Batcher<Asking, Scanned> scans;

    GateActions(Database database, BusinessClock clock, Executor virtualThreads, Policies policies, PassCodes codes, HealthActions health) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.codes = codes;
        this.health = health;
        this.scans = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, this::scanTogether);
    }

    /** What a guard's device sends; {@code admitted}: what it has decided by itself, null where it asks. */
    record Wish(UUID nonce, UUID gateId, Direction direction, String code, @Nullable Integer temperatureTenths, @Nullable Boolean mask,
                ToldTime scannedAt, @Nullable Boolean admitted) {
        /** Decided by a gate without network, and told of afterwards. */
        boolean isPast() {
            return admitted != null && scannedAt.at() != null;
        }

        /** The same under a nonce that follows from its own, so that it is the same however often it is told of. */
        Wish afterAll() {
            return new Wish(UUID.nameUUIDFromBytes(("through after all/" + nonce).getBytes(StandardCharsets.US_ASCII)), gateId, direction, code,
                    temperatureTenths, mask, scannedAt, admitted);
        }
    }

    /** What the device is answered. */
    record Scanned(GateScan scan, @Nullable String household, @Nullable String colour, Set<GateWarning> warnings) {
    }

    /** A member of the list. */
    private record Asking(Caller caller, Wish wish, DeviceTime time) {
        boolean isOffline() {
            return wish.admitted != null || time.offline();
        }

        Asking live() {
            return new Asking(caller, wish, time.live());
        }

        Asking afterAll() {
            return new Asking(caller, wish.afterAll(), time);
        }
    }

    /** A member whose code has been read. */
    private record Member(Asking asking, ShownCode code) {
        Member afterAll() {
            return new Member(asking.afterAll(), code);
        }

        Asked asked() {
            return new Asked(asking.caller.compoundId(), asking.wish.nonce, code.passNumber(), asking.time.at().toLocalDate());
        }

        Scan scan() {
            var wish = asking.wish;
            return new Scan(code, wish.gateId, wish.direction, wish.temperatureTenths, wish.mask, asking.time.at(), wish.admitted);
        }
    }

    /** Somebody wrote between our reading and our writing; what is left of the list is judged again on what is there now. */
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Collision() {
            super("somebody else was faster", null, false, false);
        }
    }

    /** Answers after its commit. Fails with a bad {@code /gateId} where the guard is not on duty. */
    Future<Scanned> scan(Caller caller, Wish wish) {
        OnDuty.demand(caller, wish.gateId);
        return submit(caller, wish);
    }

    /**
     * One of those that have waited for the network: whoever has the device tells of them, also of another gate of the compound, so that the next
     * guard's turn loses nothing.
     */
    Future<Scanned> scanOfBatch(Caller caller, Wish wish) {
        return wish.isPast() ? submit(caller, wish) : scan(caller, wish);
    }

    private Future<Scanned> submit(Caller caller, Wish wish) {
        return scans.submit(new Asking(caller, wish, DeviceTime.of(wish.scannedAt, clock.now())));
    }

    private List<Outcome<Scanned>> scanTogether(List<Asking> list) {
        var typeable = new HashMap<Typeable, List<Long>>();
        var gates = new HashMap<UUID, Set<UUID>>();
        var members = list.stream().map(asking -> member(asking, typeable)).toList();
        var outcomes = new ArrayList<Outcome<Scanned>>(Collections.nCopies(list.size(), null));
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (isAtAGateOfTheirs(list.get(i), gates)) {
                rest.add(i);
            } else {
                outcomes.set(i, new Outcome.Refused<>(Problem.badField("/gateId", FieldFault.NOT_YOUR_GATE)));
            }
        }
        while (!rest.isEmpty()) {
            var taken = new HashSet<Object>();
            var parted = rest.stream().collect(Collectors.partitioningBy(place -> isFree(members.get(place), taken)));
            var wave = parted.get(true);
            var done = scanWave(wave.stream().map(members::get).toList());
            for (int i = 0; i < wave.size(); i++) {
                outcomes.set(wave.get(i), new Outcome.Done<>(done.get(i)));
            }
            rest = parted.get(false);
        }
        return outcomes;
    }

    private boolean isAtAGateOfTheirs(Asking asking, Map<UUID, Set<UUID>> gates) {
        var gate = asking.wish.gateId;
        return OnDuty.at(asking.caller, gate)
                || gates.computeIfAbsent(asking.caller.compoundId(), compound -> GateStore.gates(database, compound)).contains(gate);
    }

    private static boolean isFree(Member member, Set<Object> taken) {
        boolean fresh = taken.add(member.asking.wish.nonce);
        boolean alone = member.code instanceof ShownCode.Forged || taken.add(member.code.passNumber());
        return fresh && alone;
    }

    /**
     * Whoever shows a code that is good now, and is not of the time that is told, stands at the gate now: the device's clock is wrong, and
     * it does not say by how much.
     */
    private Member member(Asking asking, Map<Typeable, List<Long>> typeable) {
        var code = read(asking, typeable);
        boolean isOfThen = !asking.time.at().isEqual(asking.time.receivedAt());
        boolean mayBeNow = isOfThen && (code instanceof ShownCode.Stale || code instanceof ShownCode.Forged && isTyped(asking));
        if (mayBeNow && read(asking.live(), typeable) instanceof ShownCode.Fresh fresh) {
            return new Member(asking.live(), fresh);
        }
        return new Member(asking, code);
    }

    private static boolean isTyped(Asking asking) {
        return TYPED.matcher(asking.wish.code.strip()).matches();
    }

    /** Of which passes somebody may have typed the digits. */
    private record Typeable(UUID compoundId, LocalDate day) {
    }

    /**
     * Computes, except where digits were typed: those are compared with the compound's passes about the day on which they were. Whether such a pass
     * lets anybody through is judged like that of any code.
     */
    private ShownCode read(Asking asking, Map<Typeable, List<Long>> typeable) {
        var written = asking.wish.code.strip();
        if (!isTyped(asking)) {
            return switch (codes.read(written, asking.time.at())) {
                case Reading.Shown(long number) -> new ShownCode.Fresh(number);
                case Reading.Printed(long number, int serial) -> new ShownCode.Printed(number, serial);
                case Reading.Stale(long number) -> new ShownCode.Stale(number);
                case Reading.Forged() -> new ShownCode.Forged();
            };
        }
        var numbers = typeable.computeIfAbsent(new Typeable(asking.caller.compoundId(), asking.time.at().toLocalDate()),
                about -> GateStore.numbersAbout(database, about.compoundId, about.day));
        var matching = numbers.stream().filter(number -> codes.isTyped(written, number, asking.time.at())).toList();
        return matching.size() == 1 ? new ShownCode.Fresh(matching.getFirst()) : new ShownCode.Forged();
    }

    private List<Scanned> scanWave(List<Member> wave) {
        var answers = new ArrayList<@Nullable Scanned>(Collections.nCopies(wave.size(), null));
        var open = IntStream.range(0, wave.size()).boxed().toList();
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            if (attempt > COLLISIONS) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
            }
            var asked = open;
            var answered = scanOnce(asked.stream().map(wave::get).toList());
            answered.forEach((place, scanned) -> answers.set(asked.get(place), scanned));
            open = IntStream.range(0, asked.size()).filter(place -> !answered.containsKey(place)).mapToObj(asked::get).toList();
        }
        return answers.stream().map(Objects::requireNonNull).toList();
    }

    /** The answers by the places of their members; those who have none were overtaken by somebody else. */
    private Map<Integer, Scanned> scanOnce(List<Member> members) {
        var shown = members.stream().map(this::shown).toList();
        var answers = new HashMap<Integer, Scanned>();
        var judged = new HashMap<Integer, Judged>();
        for (var seen : read(shown)) {
            var found = seen.found();
            var member = members.get(found.place());
            if (found.earlier() != null) {
                answers.put(found.place(), wentThroughAfterAll(member, found.earlier()) ? scanWave(List.of(member.afterAll())).getFirst()
                        : new Scanned(found.earlier(), found.earlierHousehold(), found.earlierColour(), Set.of()));
                continue;
            }
            switch (seen.fate()) {
                case KEPT -> answers.put(found.place(), borneOut(judge(member, found.pass()), shown.get(found.place())));
                case READ -> judged.put(found.place(), judge(member, found.pass()));
                case OVERTAKEN -> { }
            }
        }
        if (keep(List.copyOf(judged.values()))) {
            judged.forEach((place, each) -> answers.put(place, each.answer));
        }
        return answers;
    }

    /** Refused here, and the answer was lost; the gate then decided by itself and let them through: that is news of its own. */
    private static boolean wentThroughAfterAll(Member member, GateScan refused) {
        return Boolean.TRUE.equals(member.asking.wish.admitted) && !refused.moved();
    }

    /** One round trip, in which most are kept; only where it collides with another list is it read alone. */
    private List<Seen> read(List<Shown> list) {
        return database.inOneStatement(tx -> {
            var seen = ScanStore.scan(tx, list);
            seen.stream().filter(each -> each.fate() == Fate.KEPT)
                    .forEach(each -> tx.changes(list.get(each.found().place()).asked().compoundId()));
            return seen;
        }).orElseGet(() -> GateStore.find(database, list.stream().map(Shown::asked).toList()).stream()
                .map(found -> new Seen(found, Fate.READ)).toList());
    }

    private Shown shown(Member member) {
        var scan = member.scan();
        var values = policies.of(member.asking.caller.compoundId());
        var foreseen = Foresight.of(scan, values, values.amount(PolicyName.FEVER_ABOVE)).orElse(null);
        var keeping = foreseen == null ? null
                : new Keeping(kept(member.asking, null, scan, foreseen.decision()), foreseen.decision().effect(), null, null);
        return new Shown(member.asked(), Foresight.cardSerial(member.code), foreseen, keeping);
    }

    /** What is decided of a scan by what was read, with what is to be kept of it. */
    private record Judged(Member member, @Nullable FoundPass pass, Decision decision, Keeping keeping, Scanned answer) {
    }

    private Judged judge(Member member, @Nullable FoundPass pass) {
        var asking = member.asking;
        var values = policies.of(asking.caller.compoundId());
        var scan = member.scan();
        var facts = pass == null ? null : facts(pass, pass.conditions().suspendedBy(values, scan.at()));
        var decision = GatePolicy.decide(scan, facts, values.amount(PolicyName.FEVER_ABOVE));
        var warnings = EnumSet.noneOf(GateWarning.class);
        warnings.addAll(decision.warnings());
        if (asking.time.clockWrong()) {
            warnings.add(GateWarning.CLOCK_WRONG);
        }
        var kept = kept(asking, pass, scan, decision);
        var keeping = new Keeping(kept, decision.effect(), pass == null ? null : pass.version(), pass == null ? null : pass.state());
        return new Judged(member, pass, decision, keeping,
                new Scanned(kept, pass == null ? null : pass.household(), pass == null ? null : pass.colour(), warnings));
    }

    private static Scanned borneOut(Judged actual, Shown shown) {
        if (shown.foreseen() == null || !shown.foreseen().isBorneOutBy(actual.decision)) {
            throw new IllegalStateException("a scan was kept as " + shown.foreseen() + " and should have been " + actual.decision);
        }
        return actual.answer;
    }

    /** False where somebody else was faster: then nothing of it was kept. */
    private boolean keep(List<Judged> judged) {
        judged.forEach(this::tellHealth);
        try {
            keepTogether(judged.stream().map(Judged::keeping).toList());
            return true;
        } catch (Collision collision) {
            return false;
        }
    }

    /** Before the scan is kept: whoever is told that it was, may rely on the alert. */
    private void tellHealth(Judged judged) {
        var caller = judged.member.asking.caller;
        var scan = judged.member.scan();
        var pass = judged.pass;
        if (pass != null && GatePolicy.isFever(scan, policies.of(caller.compoundId()).amount(PolicyName.FEVER_ABOVE))
                && !(scan.code() instanceof ShownCode.Stale)) {
            Await.on(health.measuredAtGate(caller, Scope.ofCompounds(List.of(caller.compoundId())), pass.residentId(),
                    Objects.requireNonNull(scan.temperatureTenths()), scan.at()));
        }
    }

    private static GateScan kept(Asking asking, @Nullable FoundPass pass, Scan scan, Decision decision) {
        var caller = asking.caller;
        return new GateScan(caller.compoundId(), asking.wish.nonce, scan.gateId(), scan.direction(), scan.at(), asking.time.receivedAt(), asking.isOffline(),
                pass == null ? null : pass.passId(), pass == null ? null : pass.residentId(), pass == null ? null : pass.householdId(),
                pass == null ? null : pass.buildingId(), scan.temperatureTenths(), scan.mask(), decision.allowed(), decision.reason(),
                decision.moved(), decision.conflict().orElse(null), caller.compoundId(), caller.accountId());
    }

    static GateFacts facts(FoundPass pass, Set<String> suspendedBy) {
        var reasons = suspendedBy.stream().map(slug -> GateReason.ofSlug(slug).orElseThrow()).collect(Collectors.toSet());
        return new GateFacts(pass.passId(), pass.residentId(), pass.householdId(), pass.buildingId(), pass.household(), pass.colour(),
                standing(pass.state()), pass.validFrom(), pass.leaveBy(), pass.validUntil(), pass.cardSerial(), pass.version(), reasons,
                pass.lastIn(), pass.slotGateId());
    }

    static PassStanding standing(String state) {
        return switch (state) {
            case "APPROVED" -> PassStanding.APPROVED;
            case "EXPIRED" -> PassStanding.UNUSED;
            case "OUT", "OVERDUE" -> PassStanding.OUT;
            case "RETURNED" -> PassStanding.RETURNED;
            case "CANCELLED" -> PassStanding.TAKEN_BACK;
            case "PENDING", "REJECTED" -> PassStanding.CLOSED;
            default -> throw new IllegalStateException("a pass has no state " + state);
        };
    }

    private void keepTogether(List<Keeping> keeping) {
        if (keeping.isEmpty()) {
            return;
        }
        database.transact(tx -> {
            if (GateStore.keep(tx, keeping) < keeping.size()) {
                throw new Collision();
            }
            keeping.stream().filter(each -> each.effect() != Effect.NONE).forEach(each -> tx.changes(each.scan().compoundId()));
            Outbox.put(tx, clock.now(), keeping.stream().map(Keeping::scan).filter(scan -> scan.conflict() != null).map(GateActions::conflict)
                    .distinct().toList());
            return keeping.size();
        });
    }

    /** The office hears of the first of a gate in an hour; the others stand beside it. */
    private static Message conflict(GateScan scan) {
        var hour = scan.scannedAt().toLocalDate() + "T" + scan.scannedAt().getHour();
        return Message.of(scan.compoundId(), "gate-conflict/%s/%s".formatted(scan.gateId(), hour), MessageTemplate.GATE_CONFLICT,
                new Recipient.HoldersOfCompound(Role.OFFICE));
    }
}
