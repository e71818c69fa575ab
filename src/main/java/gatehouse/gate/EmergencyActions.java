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

    Answer admit(Caller caller, Scope scope, Once<EmergencyEntry> once, UUID gateId, EmergencyService service) {
        var now = clock.now();
        var id = Ids.next();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, gateId);
            EmergencyStore.insert(tx, caller.compoundId(), id, gateId, service, now, caller.accountId());
            return EmergencyStore.find(tx, scope, id).orElseThrow();
        });
    }

    Page<EmergencyEntry> list(Scope scope, boolean open, @Nullable LocalDate date, Page.Request page) {
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(EmergencyStore.entries(database, scope, open, date, page, before), page, entry -> entry.id().toString());
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
            return EmergencyStore.find(tx, scope, id).orElseThrow();
        });
    }

    Answer leave(Caller caller, Scope scope, Once<EmergencyEntry> once, UUID id, UUID gateId) {
        var now = clock.now();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, gateId);
            var entry = EmergencyStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!EmergencyStore.leave(tx, entry, gateId, now)) {
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
