package gatehouse;

import gatehouse.audit.AuditJobs;
import gatehouse.audit.AuditLog;
import gatehouse.audit.AuditRoutes;
import gatehouse.audit.Retention;
import gatehouse.delivery.Deliveries;
import gatehouse.delivery.ParcelFigures;
import gatehouse.delivery.ParcelForms;
import gatehouse.demonstration.Demonstration;
import gatehouse.disclosure.DisclosureRoutes;
import gatehouse.disclosure.Disclosures;
import gatehouse.disclosure.HealthLooks;
import gatehouse.door.DoorFigures;
import gatehouse.door.Doors;
import gatehouse.forms.FormActions;
import gatehouse.forms.FormJobs;
import gatehouse.forms.FormRoutes;
import gatehouse.gate.GateFigures;
import gatehouse.gate.GateForms;
import gatehouse.gate.Gates;
import gatehouse.health.AlertActions;
import gatehouse.health.AlertRoutes;
import gatehouse.health.DayActions;
import gatehouse.health.HealthActions;
import gatehouse.health.HealthFigures;
import gatehouse.health.HealthForms;
import gatehouse.health.HealthJobs;
import gatehouse.health.HealthRoutes;
import gatehouse.health.KnockRoutes;
import gatehouse.health.ObservationActions;
import gatehouse.health.ObservationRoutes;
import gatehouse.health.RiskRegionRoutes;
import gatehouse.health.TravelRoutes;
import gatehouse.health.TrendActions;
import gatehouse.health.TrendRoutes;
import gatehouse.http.Authenticator;
import gatehouse.http.Caller;
import gatehouse.http.Contract;
import gatehouse.http.Endpoint;
import gatehouse.identity.FirstAdministrator;
import gatehouse.identity.Identity;
import gatehouse.jobs.DailySchedule;
import gatehouse.jobs.Job;
import gatehouse.jobs.JobRun;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Changes;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.KeyRotation;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Tx;
import gatehouse.monitor.MonitorRoutes;
import gatehouse.notify.Channel;
import gatehouse.notify.NotifyActions;
import gatehouse.notify.NotifyJobs;
import gatehouse.notify.NotifyRoutes;
import gatehouse.outing.OutingFigures;
import gatehouse.outing.Outings;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoJobs;
import gatehouse.registry.ControlLevelRoutes;
import gatehouse.registry.HouseholdMoves;
import gatehouse.registry.OrganisationRoutes;
import gatehouse.registry.PersonalData;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.RegistryDirectory;
import gatehouse.registry.RegistryRoutes;
import gatehouse.sms.ShortMessages;
import gatehouse.sms.SmsAccount;
import gatehouse.ticket.TicketFigures;
import gatehouse.ticket.TicketForms;
import gatehouse.ticket.Tickets;
import gatehouse.wechat.WeChat;
import gatehouse.wording.Wordings;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The features of the house, put together on the kernel. */
final class Features implements AutoCloseable {
    private final WeChat weChat;
    private final ShortMessages sms;
    private final Wordings wordings;
    private final Identity identity;
    private final Demonstration demonstration;
    private final Outings outings;
    private final Deliveries deliveries;
    private final Doors doors;
    private final PhotoActions photos;
    private final List<Endpoint> endpoints;
    private final List<Job> jobs;
    private final AuditJobs auditJobs;
    private final MonitorRoutes monitor;

    /** What every feature may stand on; {@code kept}: for reading anew what is kept in memory, with connections that no transaction holds. */
    record Ground(Database database, Database sessions, Database kept, BusinessClock clock, KeyRing keys, Notifications notifications, Changes changes,
                  Executor virtualThreads, Contract contract, Supplier<URI> publicUrl, Path dataDirectory, WeChat.Setup weChat, Optional<SmsAccount> sms,
                  Optional<String> textWords) {
    }

    Features(Ground ground) {
        var database = ground.database;
        var clock = ground.clock;
        var personalData = new PersonalData(ground.keys);
        var audit = new AuditLog(ground.keys);
        var policies = new Policies(database, ground.kept, clock, ground.notifications);
        var directory = new RegistryDirectory(ground.kept, ground.notifications);
        weChat = new WeChat(database, clock, ground.keys, ground.weChat);
        sms = new ShortMessages(database, clock, personalData, ground.sms);
        wordings = new Wordings(database, clock, weChat, ground.textWords);
        wordings.listen(ground.notifications, ground.virtualThreads);
        identity = new Identity(new Identity.Ground(database, ground.sessions, clock, ground.keys, personalData, directory, policies, ground.publicUrl,
                ground.virtualThreads, audit, weChat));
        demonstration = new Demonstration(database, clock, personalData, identity.accounts()::hashPassword);
        var alerts = new AlertActions(database, clock, audit);
        var day = new DayActions(database, clock, policies);
        auditJobs = new AuditJobs(database, clock, audit, ground.dataDirectory, new AuditBell(database, clock), new AuditJobs.KeptDays(
                compound -> policies.of(compound).amount(PolicyName.AUDIT_DETAILS_KEPT),
                compound -> policies.of(compound).amount(PolicyName.DISCLOSURE_REASONS_KEPT)));
        var trend = new TrendActions(database, clock, policies);
        photos = new PhotoActions(database, clock, ground.keys);
        outings = new Outings(database, clock, ground.virtualThreads, policies, ground.keys, audit);
        var health = new HealthActions(database, clock, ground.virtualThreads, policies);
        var gates = new Gates(new Gates.Ground(database, clock, ground.keys, ground.virtualThreads, ground.contract, personalData, policies,
                outings.codes(), health, audit));
        var disclosures = new Disclosures(policies, audit, personalData);
        var tickets = new Tickets(database, clock, policies, audit, disclosures, photos, gates.ticketVisits(), wordings);
        deliveries = new Deliveries(new Deliveries.Ground(database, clock, ground.keys, policies, audit, photos, ground.publicUrl,
                ground.virtualThreads, identity.scenes(), Doors::takeAlong));
        doors = new Doors(new Doors.Ground(database, clock, policies, audit, photos, deliveries.parcels(), wordings));
        var forms = new FormActions(database, clock, policies, audit,
                Stream.of(HealthForms.ALL, GateForms.ALL, TicketForms.ALL, ParcelForms.ALL).flatMap(List::stream).toList());
        var retention = new Retention(database, clock, audit);
        var keptForDays = Retentions.of(policies, forms);
        jobs = Timetable.of(database, () -> retention.apply(keptForDays), new KeyRotation(database, clock, ground.keys, SealedColumns.ALL, SealedColumns.SEARCHED), identity.jobs(),
                new HealthJobs(alerts, day, trend), outings.jobs(), gates.jobs(), deliveries.jobs(), tickets.jobs(), new FormJobs(forms), new NotifyJobs(database), weChat, sms, auditJobs, new PhotoJobs(database, clock), doors,
                wordings);
        monitor = new MonitorRoutes(database, clock, ground.changes, ground.virtualThreads, List.of(new HealthFigures(policies, clock), new GateFigures(clock),
                new OutingFigures(clock), new DoorFigures(clock, policies), new TicketFigures(), new ParcelFigures()));
        var looks = new HealthLooks(database, clock);
        endpoints = Stream.of(
                identity.routes(this::endpoints, doors::withheld, deliveries.courierScenes()).endpoints(),
                new RegistryRoutes(database, clock, personalData, policies, audit, this::moved).endpoints(),
                new ControlLevelRoutes(database, clock, audit).endpoints(),
                new OrganisationRoutes(database, clock, directory).endpoints(),
                new HealthRoutes(health, day, ground.contract, looks).endpoints(),
                new KnockRoutes(database, clock, policies, audit).endpoints(),
                new AlertRoutes(alerts, looks).endpoints(),
                new RiskRegionRoutes(database, clock, audit).endpoints(),
                new TravelRoutes(database, clock, policies, audit, looks).endpoints(),
                new ObservationRoutes(new ObservationActions(database, clock, policies, audit), looks).endpoints(),
                gates.endpoints(),
                outings.endpoints(),
                deliveries.endpoints(),
                doors.endpoints(),
                tickets.endpoints(),
                monitor.endpoints(),
                new TrendRoutes(trend, clock).endpoints(),
                new FormRoutes(forms, clock).endpoints(),
                new NotifyRoutes(new NotifyActions(database, clock, audit)).endpoints(),
                weChat.endpoints(),
                sms.endpoints(),
                wordings.endpoints(),
                new AuditRoutes(database, audit, ground.dataDirectory).endpoints(),
                new DisclosureRoutes(database, clock, personalData, disclosures).endpoints())
                .flatMap(List::stream).toList();
    }

    /** Whoever moves leaves no pass behind and takes their account along. */
    private Map<UUID, UUID> moved(Tx tx, UUID compound, List<HouseholdMoves.Move> moves, Caller caller, OffsetDateTime now) {
        outings.moves().moved(tx, compound, moves, caller, now);
        return identity.moves().moved(tx, compound, moves, caller, now);
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    Demonstration demonstration() {
        return demonstration;
    }

    /** Makes the data of the demonstration where there are none at all. */
    void demonstrate() {
        if (demonstration.makeWhereEmpty()) {
            deliveries.demonstration().fill();
            doors.demonstration().fill();
        }
    }

    AuditJobs auditJobs() {
        return auditJobs;
    }

    WeChat weChat() {
        return weChat;
    }

    ShortMessages sms() {
        return sms;
    }

    /** Where messages go besides the inbox, in the order of the ladder. */
    List<Channel> channels() {
        return Stream.concat(Stream.of(weChat.channel()), sms.channels().stream()).toList();
    }

    /** What the features do by the clock. */
    List<Job> jobs() {
        return jobs;
    }

    /** Lets go of everything that is due now, whatever hour it is. */
    void forget(OffsetDateTime now) {
        jobs.stream().filter(job -> Timetable.FORGETTING.contains(job.name())).forEach(job -> job.body().accept(
                new JobRun(Optional.empty(), new DailySchedule.Due(job.name(), now.toLocalDate(), now.toLocalTime(), now), Ids.next(), 1)));
    }

    Authenticator authenticator() {
        return identity.authenticator();
    }

    FirstAdministrator firstAdministrator() {
        return identity.firstAdministrator();
    }

    @Override
    public void close() {
        monitor.close();
        outings.close();
        photos.close();
        identity.close();
        wordings.close();
        weChat.close();
        sms.close();
    }
}
