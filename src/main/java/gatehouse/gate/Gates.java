package gatehouse.gate;

import gatehouse.audit.AuditLog;
import gatehouse.health.HealthActions;
import gatehouse.http.Contract;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.outing.PassCodes;
import gatehouse.registry.PersonalData;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The feature, put together: its routes and its jobs. */
public final class Gates {
    private final LedgerActions ledger;
    private final VisitRetention retention;
    private final List<Endpoint> endpoints;
    private final TicketVisits ticketVisits;

    /** What a gate stands on. */
    public record Ground(Database database, BusinessClock clock, KeyRing keys, Executor virtualThreads, Contract contract, PersonalData personalData,
                         Policies policies, PassCodes codes, HealthActions health, AuditLog audit) {
    }

    public Gates(Ground ground) {
        var database = ground.database;
        var clock = ground.clock;
        var policies = ground.policies;
        this.ledger = new LedgerActions(database, clock, policies);
        this.retention = new VisitRetention(database, clock, policies, ground.audit);
        var scans = new GateActions(database, clock, ground.virtualThreads, policies, ground.codes, ground.health);
        var gates = new GateRoutes(scans, ledger, new KitActions(database, clock, policies, ground.codes), ground.contract);
        var visits = new VisitRoutes(new VisitActions(database, clock, ground.keys, ground.personalData, policies));
        this.ticketVisits = new TicketVisits(clock, ground.keys, ground.personalData);
        this.endpoints = Stream.of(gates.endpoints(), visits.endpoints(), new EmergencyRoutes(new EmergencyActions(database, clock)).endpoints(),
                new ConflictRoutes(new ConflictActions(database, clock, ground.audit)).endpoints())
                .flatMap(List::stream).toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** For tickets, whose workers come from outside. */
    public TicketVisits ticketVisits() {
        return ticketVisits;
    }

    public GateJobs jobs() {
        return new GateJobs(ledger, retention);
    }
}
