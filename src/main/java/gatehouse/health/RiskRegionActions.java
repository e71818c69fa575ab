package gatehouse.health;

import gatehouse.audit.AuditLog;
import gatehouse.health.RiskListPolicy.Merged;
import gatehouse.health.RiskListTable.Line;
import gatehouse.health.RiskListTable.Read;
import gatehouse.health.RiskListTable.Rejection;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The verbs of the risk list. */
final class RiskRegionActions {
    private static final int REGIONS_MAX = 2_000;

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;
    /** Reading is computing, and on virtual threads one large file would hold up everybody: one file at a time. */
    private final ExecutorService reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("risk-list-reader").factory());

    RiskRegionActions(Database database, BusinessClock clock, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
    }

    /** For everybody of the compound: whoever declares a journey must know what is listed. */
    List<RiskRegion> list(Scope scope, UUID compoundId) {
        if (!Arrays.asList(scope.compounds()).contains(compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return RiskRegionStore.current(database, scope, compoundId);
    }

    /** Puts this list in the place of the present one; what stays the same keeps its history, what is gone is kept as taken off. */
    List<RiskRegion> replace(Caller caller, Scope scope, UUID compoundId, List<RiskRegion> wanted) {
        if (!scope.seesWholeCompound(compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var errors = faults(wanted);
        if (!errors.isEmpty()) {
            throw Problem.badInput(errors);
        }
        return database.transact(tx -> {
            write(tx, caller, compoundId, locked(tx, scope, compoundId), wanted);
            return RiskRegionStore.current(tx, scope, compoundId);
        });
    }

    /** What an import did, or would do; {@code listed}: how many are on the list then. */
    record Imported(int listed, Merged merged, List<Rejection> rejected) {
    }

    /** Adds the lines of a file to the list; see {@link RiskListPolicy#merge}. Bad lines never stop the good ones. */
    Answer importList(Caller caller, Scope scope, Upload upload, Once<Imported> once) {
        if (!scope.seesWholeCompound(upload.compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var read = onReader(upload.content);
        return database.transact(once, tx -> {
            var present = locked(tx, scope, upload.compoundId);
            var merged = RiskListPolicy.merge(present, read.lines().stream().map(Line::region).toList());
            if (merged.list().size() > REGIONS_MAX) {
                ProblemType.Worded words = language -> FieldFault.TOO_MANY_ITEMS.text(language, REGIONS_MAX);
                throw Problem.of(ProblemType.UNREADABLE_FILE, words);
            }
            if (!upload.dryRun) {
                write(tx, caller, upload.compoundId, present, merged.list());
            }
            var rejected = new ArrayList<>(read.rejected());
            merged.repeated().forEach(place -> rejected.add(Rejection.repeated(read.lines().get(place))));
            rejected.sort(Comparator.comparingInt(Rejection::line));
            return new Imported(merged.list().size(), merged, rejected);
        });
    }

    record Upload(UUID compoundId, boolean dryRun, byte[] content) {
    }

    private Read onReader(byte[] content) {
        try {
            return reader.submit(() -> RiskListTable.read(content)).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Problem problem ? problem : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    /** The present list, on which one change waits for the other. */
    private static List<RiskRegion> locked(Tx tx, Scope scope, UUID compoundId) {
        if (!RiskRegionStore.lockList(tx, compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return RiskRegionStore.current(tx, scope, compoundId);
    }

    private void write(Tx tx, Caller caller, UUID compoundId, List<RiskRegion> present, List<RiskRegion> wanted) {
        var now = clock.now();
        var takenOff = present.stream().filter(each -> !wanted.contains(each)).toList();
        var added = wanted.stream().filter(each -> !present.contains(each)).toList();
        RiskRegionStore.take(tx, compoundId, takenOff, now, caller.accountId());
        RiskRegionStore.put(tx, compoundId, added, now, caller.accountId());
        if (!takenOff.isEmpty() || !added.isEmpty()) {
            audit.append(tx, HealthTrail.riskListReplaced(compoundId, present.size(), takenOff.size(), added.size(), caller, now));
        }
    }

    private static List<FieldError> faults(List<RiskRegion> wanted) {
        var errors = new ArrayList<FieldError>();
        var seen = new HashSet<RiskRegion>();
        for (int i = 0; i < wanted.size(); i++) {
            var region = wanted.get(i);
            if (!RegionPolicy.isRegionCode(region.code())) {
                errors.add(new FieldError("/items/" + i + "/regionCode", FieldFault.NOT_A_REGION, List.of()));
            }
            if (region.name().isEmpty()) {
                errors.add(new FieldError("/items/" + i + "/regionName", FieldFault.REQUIRED, List.of()));
            }
            var to = region.to();
            if (to != null && to.isBefore(region.from())) {
                errors.add(new FieldError("/items/" + i + "/to", FieldFault.TOO_SMALL, List.of(region.from())));
            }
            if (!seen.add(region)) {
                errors.add(new FieldError("/items/" + i, FieldFault.REPEATED_ITEMS, List.of()));
            }
        }
        return errors;
    }
}
