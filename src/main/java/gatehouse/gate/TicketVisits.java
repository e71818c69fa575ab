package gatehouse.gate;

import gatehouse.gate.VisitStore.Entry;
import gatehouse.gate.VisitStore.Sealed;
import gatehouse.gate.VisitStore.TicketRef;
import gatehouse.health.VisitStanding;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.IdNumber;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.PolicyValues;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workers from outside as visitors of a ticket: the gate treats them like those whom a household invited, by name, code and temperature. */
public final class TicketVisits {
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;

    TicketVisits(BusinessClock clock, KeyRing keys, PersonalData personalData) {
        this.clock = clock;
        this.keys = keys;
        this.personalData = personalData;
    }

    /** Who comes. */
    public record Worker(String name, String phone, @Nullable String idNumber, @Nullable String plate, @Nullable String regionCode,
                         OffsetDateTime expectedAt) {
    }

    /** What they come for; {@code householdId} and {@code buildingId}: the home that it is about, absent for what all share. */
    public record Errand(UUID compoundId, UUID ticketId, String ticketNumber, @Nullable UUID householdId, @Nullable UUID buildingId) {
    }

    /**
     * Somebody who is expected, as the table of idempotency keys may hold it: their code is computed for each answer.
     *
     * @param codeKey the key by which it is
     */
    public record Registered(UUID visitId, String codeKey, OffsetDateTime validFrom, OffsetDateTime validUntil) {
    }

    /** What they show at the gate; {@code NOT_ALLOWED_NOW} where its key has left the ring. */
    public String code(Registered registered) {
        return VisitCode.of(keys, registered.codeKey, registered.visitId).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW)).printed();
    }

    /**
     * Fails with a bad field, {@code VISITORS_NOT_ADMITTED} by the control level, or {@code REGION_LISTED}. Counts for no household's number of visits.
     *
     * @param values the compound's, read before the transaction
     */
    public Registered register(Tx tx, Caller caller, PolicyValues values, Errand errand, Worker worker) {
        var now = clock.now();
        var id = Ids.next();
        var rules = VisitRules.of(values);
        var phone = PhoneNumber.parse(worker.phone).toOptional().orElseThrow(() -> Problem.badField("/phone", FieldFault.NOT_A_PHONE));
        var idNumber = worker.idNumber == null ? null : IdNumber.parse(worker.idNumber, now.toLocalDate()).toOptional()
                .orElseThrow(() -> Problem.badField("/idNumber", FieldFault.NOT_AN_ID_NUMBER));
        var expectedAt = worker.expectedAt.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
        demandAdmitted(tx, errand, worker, rules, expectedAt, now);
        var code = VisitCode.of(keys, keys.currentId(), id).orElseThrow();
        var visit = new Visit(errand.compoundId, id, errand.householdId, errand.householdId == null ? null : errand.buildingId, errand.ticketNumber,
                keys.currentId(), VisitActions.text("/name", worker.name), phone.masked(), idNumber == null ? null : idNumber.masked(),
                VisitActions.plate(worker.plate), worker.regionCode, errand.ticketNumber, expectedAt, VisitState.EXPECTED, now, null, null);
        VisitStore.insert(tx, visit, new Sealed(code.hash(keys), personalData.seal(phone, VisitActions.TABLE, id),
                idNumber == null ? null : personalData.seal(idNumber, VisitActions.TABLE, id)), new TicketRef(errand.ticketId, errand.ticketNumber));
        VisitStore.append(tx, visit, new Entry(Ids.next(), VisitEvent.INVITE, null, null, null, DeviceTime.of(ToldTime.NOTHING, now), null, null,
                caller.compoundId(), caller.accountId()));
        return new Registered(id, visit.codeKey(), VisitPolicy.validFrom(expectedAt, rules), VisitPolicy.validUntil(expectedAt, rules));
    }

    /** That somebody came for these tickets stays; to whose home is forgotten with the tickets. */
    public static void forgetHomes(Tx tx, UUID compound, List<UUID> tickets) {
        VisitStore.forgetHomes(tx, compound, tickets);
    }

    private static void demandAdmitted(Tx tx, Errand errand, Worker worker, VisitRules rules, OffsetDateTime expectedAt, OffsetDateTime now) {
        VisitActions.demandRegion(worker.regionCode);
        var standing = VisitStanding.ofRegion(tx, errand.compoundId, worker.regionCode, expectedAt.toLocalDate());
        VisitActions.demandAccepted(VisitPolicy.invite(new VisitPolicy.InviteFacts(expectedAt, 0, false, standing.regionListed(), standing.regionTooWide()),
                rules, now));
    }
}
