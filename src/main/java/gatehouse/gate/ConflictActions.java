package gatehouse.gate;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.gate.Conflict.Finding;
import gatehouse.gate.ConflictStore.Waiting;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.TimePlace;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the office still has to look into at the gates. */
final class ConflictActions {
    private final Database database;
    private final BusinessClock clock;
    private final AuditLog log;

    ConflictActions(Database database, BusinessClock clock, AuditLog log) {
        this.database = database;
        this.clock = clock;
        this.log = log;
    }

    record Tasks(Waiting conflicts, Waiting missingPapers) {
    }

    Tasks tasks(Scope scope) {
        return new Tasks(ConflictStore.waiting(database, scope), ConflictStore.missingPapers(database, scope));
    }

    Page<Conflict> list(Scope scope, boolean open, Page.Request page) {
        return Page.cut(ConflictStore.conflicts(database, scope, open, page, TimePlace.of(page.after())), page,
                each -> new TimePlace(each.at(), each.id()).text());
    }

    /** Writes down what became clear, once; {@code NOT_ALLOWED_NOW} where somebody has. */
    Answer review(Caller caller, Scope scope, Once<Conflict> once, UUID id, Finding finding, String written) {
        var now = clock.now();
        var note = written.strip();
        if (note.isEmpty()) {
            throw Problem.badField("/note", FieldFault.REQUIRED);
        }
        return database.transact(once, tx -> {
            var conflict = ConflictStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!ConflictStore.review(tx, conflict, finding, note, now, caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            tx.changes(conflict.compoundId());
            log.append(tx, AuditEntry.of(conflict.compoundId(), now, AuditEntry.Actor.of(caller, conflict.compoundId(), List.of(Role.OFFICE)),
                    AuditAction.GATE_CONFLICT_REVIEWED, "movement", conflict.id(), Map.of("finding", finding.name())));
            return ConflictStore.find(tx, scope, id).orElseThrow();
        });
    }
}
