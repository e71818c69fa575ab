package gatehouse.gate;

import gatehouse.gate.EmergencyEntry.Papers;
import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs of emergency vehicles: in at once, papers later, out again. */
final class EmergencyActions {
    private final Database database;
    private final BusinessClock clock;

    EmergencyActions(Database database, BusinessClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A vehicle that is let in; {@code nonce} where the device made one, {@code enteredAt} where it happened without network. */
    record Admission(UUID gateId, EmergencyService service, @Nullable UUID nonce, ToldTime enteredAt) {
    }

    /** The same nonce again is the same vehicle. */
    Answer admit(Caller caller, Scope scope, Once<EmergencyEntry> once, Admission wish) {
        var time = DeviceTime.of(wish.enteredAt, clock.now());
        var id = Ids.next();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, wish.gateId);
            var kept = EmergencyStore.insert(tx, caller.compoundId(), id, wish, time, caller.accountId());
            tx.changes(caller.compoundId());
            return EmergencyStore.find(tx, scope, kept).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        });
    }

    /**
     * What a list shows; absent conditions let everything through.
     *
     * @param open         only those whose papers are missing or who are still inside
     * @param unregistered only those whose papers are missing
     */
    record Filter(boolean open, boolean unregistered, @Nullable LocalDate date) {
    }

    Page<EmergencyEntry> list(Scope scope, Filter filter, Page.Request page) {
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(EmergencyStore.entries(database, scope, filter, page, before), page, entry -> entry.id().toString());
    }

    /** Writes the papers, once; {@code NOT_ALLOWED_NOW} where they are written. */
    Answer register(Caller caller, Scope scope, Once<EmergencyEntry> once, UUID id, Papers papers) {
        var now = clock.now();
        demandText("/organisation", papers.organisation());
        demandText("/purpose", papers.purpose());
        return database.transact(once, tx -> {
            var entry = EmergencyStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!EmergencyStore.register(tx, entry, papers, now, caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            tx.changes(entry.compoundId());
            return EmergencyStore.find(tx, scope, id).orElseThrow();
        });
    }

    /** Told of again by the same device, which never heard the answer, it is the same leaving. */
    Answer leave(Caller caller, Scope scope, Once<EmergencyEntry> once, UUID id, UUID gateId, ToldTime leftAt) {
        var told = DeviceTime.of(leftAt, clock.now());
        return database.transact(once, tx -> {
            OnDuty.demand(caller, gateId);
            var entry = EmergencyStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var at = told.at().isBefore(entry.enteredAt()) ? entry.enteredAt() : told.at();
            boolean again = leftAt.at() != null && entry.leftAt() != null && (entry.leftAt().isEqual(at) || told.isAgain(entry.leftAt()));
            if (!again && !EmergencyStore.leave(tx, entry, gateId, at, told.offline(), caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            return EmergencyStore.find(tx, scope, id).orElseThrow();
        });
    }

    private static void demandText(String pointer, String text) {
        if (text.isBlank()) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
    }
}
