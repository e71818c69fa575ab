package gatehouse.registry;

import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.HouseholdMoves.Move;
import gatehouse.registry.RosterMatching.Change;
import gatehouse.registry.RosterMatching.Entry;
import gatehouse.registry.RosterMatching.Outcome;
import gatehouse.registry.RosterMatching.Registered;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Importing a roster. Its promise: an import takes effect wholly, in one transaction, or not at all; imports of one compound
 * follow each other; the same file again changes nothing.
 */
final class RosterActions {

    /** Rows in one statement: large enough to be few, small enough to stay far below the limit of a statement's time. */
    private static final int CHUNK_ROWS = 2_000;
    private static final int MANY_LINES = 1_000;
    private static final Duration WAIT_FOR_OTHER_IMPORTS = Duration.ofSeconds(25);
    private static final Duration LOST_AFTER = Duration.ofMinutes(10);

    private final Database database;
    private final BusinessClock clock;
    private final PersonalData personalData;
    private final AuditLog audit;
    private final HouseholdMoves moves;
    private final RosterStore store;
    /** Reading is computing, and on virtual threads one large file would hold up everybody: one file at a time. */
    private final ExecutorService reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("roster-reader").factory());
    /** Each holds a file in memory and then a connection; more wait, holding neither. */
    private final Semaphore places = new Semaphore(4);

    RosterActions(Database database, BusinessClock clock, PersonalData personalData, AuditLog audit, HouseholdMoves moves) {
        this.database = database;
        this.clock = clock;
        this.personalData = personalData;
        this.audit = audit;
        this.moves = moves;
        this.store = new RosterStore(personalData);
    }

    /** @param id of the import, by which its progress can be asked for while it runs */
    record Upload(UUID compoundId, Caller caller, UUID id, boolean dryRun, byte[] content) {}

    private record ReadRoster(int lines, List<RosterRejection> ofHeading, RosterJudgement judgement) {}

    /** @throws Problem {@link ProblemType#UNREADABLE_FILE} where the file as a whole cannot be taken */
    Answer importRoster(Scope scope, Upload upload, Once<RosterReport> once) {
        if (!scope.seesWholeCompound(upload.compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        takePlace();
        try {
            return importRead(upload, onReader(upload.content), once);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(WAIT_FOR_OTHER_IMPORTS.toSeconds(), TimeUnit.SECONDS)) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 10);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    /** Its repetition while it runs waits for the same answer, and is not the one that says how the import went. */
    private Answer importRead(Upload upload, ReadRoster roster, Once<RosterReport> once) {
        var progress = RosterProgress.beginning(upload.compoundId, upload.id, upload.dryRun, roster.lines, clock.now());
        boolean begun = RosterStore.begin(database, progress, upload.caller.accountId());
        Answer answer;
        try {
            answer = database.transact(once, tx -> apply(tx, upload, progress, roster));
        } catch (RuntimeException failed) {
            if (begun) {
                RosterStore.fail(database, progress, clock.now());
            }
            throw failed;
        }
        if (!upload.dryRun && roster.lines >= MANY_LINES) {
            RosterStore.refreshStatistics(database);
        }
        return answer;
    }

    RosterProgress progress(Scope scope, UUID id) {
        return RosterStore.progress(database, scope, id, clock.now().minus(LOST_AFTER))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private ReadRoster onReader(byte[] content) {
        try {
            return reader.submit(() -> read(content)).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RosterUnreadable unreadable ? unreadable.problem() : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    private ReadRoster read(byte[] content) throws RosterUnreadable {
        var rows = new ArrayList<RosterRow>();
        List<RosterRejection> ofHeading = RosterFile.read(content, rows::add);
        RosterJudgement judgement = RosterPolicy.judge(rows, clock.today());
        return new ReadRoster(rows.size(), ofHeading, judgement);
    }

    /** By the key of the rows that they are compared with. */
    private List<Entry> entries(Tx tx, UUID compound, RosterJudgement judgement) {
        var hashes = personalData.hashes(tx, compound);
        return judgement.accepted().stream().map(line -> new Entry(line,
                line.idNumber().map(number -> HexFormat.of().formatHex(hashes.of(number))),
                line.phone().map(phone -> HexFormat.of().formatHex(hashes.of(phone))))).toList();
    }

    private RosterReport apply(Tx tx, Upload upload, RosterProgress progress, ReadRoster roster) {
        UUID compound = progress.compoundId();
        waitForOtherImports(tx, compound);
        RosterStore.planEachStatementAnew(tx);
        var lines = entries(tx, compound, roster.judgement);
        Map<UUID, Registered> registered = new LinkedHashMap<>();
        inChunks(lines, chunk -> RosterStore.registered(tx, compound, chunk).forEach(each -> registered.put(each.id(), each)));
        Outcome outcome = RosterMatching.match(lines, registered.values());
        var report = RosterReport.of(outcome, roster.ofHeading, roster.judgement.rejected());
        List<Left> left = progress.dryRun() ? List.of()
                : write(tx, progress, upload.caller, outcome, roster.lines - outcome.created().size() - outcome.changed().size());
        var now = clock.now();
        RosterStore.finish(tx, progress, report, now);
        if (!progress.dryRun()) {
            var entries = new ArrayList<AuditEntry>();
            left.forEach(each -> entries.add(RegistryTrail.householdLeft(compound, each.move, each.account, upload.caller, now)));
            entries.add(RegistryTrail.rosterImported(progress, roster.lines, report, upload.content, upload.caller, now));
            audit.append(tx, entries);
        }
        return report;
    }

    /** Somebody with an account whom the roster puts elsewhere. */
    private record Left(Move move, UUID account) {}

    /** Answers whose accounts moved along. */
    private List<Left> write(Tx tx, RosterProgress progress, Caller caller, Outcome outcome, int linesDone) {
        UUID compound = progress.compoundId();
        tx.changes(compound);
        var now = clock.now();
        var watched = new Watched(progress, linesDone);
        inChunks(outcome.changed(), chunk -> RosterStore.releasePhones(tx, compound, chunk));
        var left = new ArrayList<Left>();
        inChunks(outcome.changed(), chunk -> {
            var places = RosterStore.places(tx, compound, labels(chunk, Change::entry), now);
            var moving = chunk.stream().filter(change -> !change.before().household().equals(change.entry().household())).toList();
            var homes = RosterStore.householdsOf(tx, compound, moving.stream().map(change -> change.before().id()).toList());
            store.update(tx, compound, chunk, places, now);
            RosterStore.carryCare(tx, compound, moving.stream().map(change -> change.before().id()).toList());
            left.addAll(follow(tx, compound, moving.stream().map(change -> new Move(change.before().id(), homes.get(change.before().id()),
                    places.get(change.entry().household()).household())).toList(), caller, now));
            watched.add(chunk.size());
        });
        inChunks(outcome.created(), chunk -> {
            store.create(tx, compound, chunk, RosterStore.places(tx, compound, labels(chunk, Function.identity()), now), now);
            watched.add(chunk.size());
        });
        return left;
    }

    private List<Left> follow(Tx tx, UUID compound, List<Move> moving, Caller caller, OffsetDateTime now) {
        if (moving.isEmpty()) {
            return List.of();
        }
        RegistryStore.leaveHomes(tx, compound, moving, now);
        var accounts = moves.moved(tx, compound, moving, caller, now);
        return moving.stream().filter(move -> accounts.containsKey(move.residentId())).map(move -> new Left(move, accounts.get(move.residentId()))).toList();
    }

    private static <T> List<HouseholdLabel> labels(List<T> chunk, Function<T, Entry> entry) {
        return chunk.stream().map(each -> entry.apply(each).line().household()).distinct().toList();
    }

    /** Progress is told on a connection of its own, because nobody sees into the import's transaction. */
    private final class Watched {
        private final RosterProgress progress;
        private int linesDone;

        Watched(RosterProgress progress, int linesDone) {
            this.progress = progress;
            this.linesDone = linesDone;
        }

        void add(int lines) {
            linesDone += lines;
            RosterStore.advance(database, progress, linesDone);
        }
    }

    private void waitForOtherImports(Tx tx, UUID compound) {
        long deadline = System.nanoTime() + WAIT_FOR_OTHER_IMPORTS.toNanos();
        while (!RosterStore.lock(tx, compound)) {
            if (System.nanoTime() > deadline) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 10);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static <T> void inChunks(List<T> all, Consumer<List<T>> body) {
        for (int from = 0; from < all.size(); from += CHUNK_ROWS) {
            body.accept(all.subList(from, Math.min(all.size(), from + CHUNK_ROWS)));
        }
    }
}
