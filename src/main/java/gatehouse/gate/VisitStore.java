package gatehouse.gate;

import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of visits. */
final class VisitStore {
    private static final String VISITS = """
            select v.*, coalesce(h.label, v.ticket_number) as household
            from visit v left join household h on h.compound_id = v.compound_id and h.id = v.household_id
            where (v.household_id is null and v.compound_id = any($2) or""" + Scope.seesSinceHome("v.invited_at") + ") ";

    private VisitStore() {
    }

    /** A visitor's secrets as they are kept. */
    record Sealed(byte[] codeHash, byte[] phone, byte @Nullable [] idNumber) {
    }

    /**
     * An event of a visit.
     *
     * @param check where somebody was looked at
     * @param nonce made by the device; null where none was
     */
    record Entry(UUID id, VisitEvent event, @Nullable String reason, @Nullable UUID gateId, VisitPolicy.@Nullable Check check, DeviceTime time,
                 @Nullable UUID nonce, @Nullable VisitReason conflict, UUID byCompoundId, UUID byAccountId) {
    }

    /** What was answered to a nonce before. */
    record Told(UUID visitId, VisitReason reason, boolean moved, @Nullable VisitReason conflict) {
    }

    /**
     * What a list shows; absent conditions let everything through.
     *
     * @param atGate only those who are inside and those who may still come
     */
    record Filter(@Nullable VisitState state, @Nullable LocalDate date, boolean atGate) {
    }

    /** The building of a household; the household is held, so that nobody else counts its visits meanwhile. */
    static Optional<UUID> lockHousehold(Tx tx, Scope scope, UUID householdId) {
        return tx.sql("select h.building_id from household h where h.id = $5 and" + Scope.SEES_HOUSEHOLD + "for no key update")
                .within(scope).bind(householdId).first(row -> row.getUUID("building_id"));
    }

    /** Whether the household's building or unit is sealed. */
    static boolean isSealed(Tx tx, UUID compoundId, UUID householdId) {
        return tx.sql("""
                select 1 from household h join control_level l on l.compound_id = h.compound_id and l.place_id in (h.building_id, h.unit_id)
                where h.compound_id = $1 and h.id = $2 and l.level = 'SEALED' limit 1""")
                .bind(compoundId).bind(householdId).exists();
    }

    static int countOf(Tx tx, UUID compoundId, UUID householdId, LocalDate day) {
        return tx.sql("""
                select count(*)::integer as visits from visit
                where compound_id = $1 and household_id = $2 and visit_date = $3 and state <> 'CANCELLED'""")
                .bind(compoundId).bind(householdId).bind(day).only(row -> row.getInteger("visits"));
    }

    static void insert(Tx tx, Visit visit, Sealed sealed) {
        insert(tx, visit, sealed, null);
    }

    /** What a worker from outside comes for. */
    record TicketRef(UUID id, String number) {
    }

    static void insert(Tx tx, Visit visit, Sealed sealed, @Nullable TicketRef ticket) {
        tx.sql("""
                insert into visit (compound_id, id, household_id, building_id, code_key, code_hash, visitor_name, phone_sealed, phone_masked,
                    id_number_sealed, id_number_masked, plate, region_code, purpose, expected_at, visit_date, state, invited_at, ticket_id, ticket_number)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)""")
                .bind(visit.compoundId()).bind(visit.id()).bind(visit.householdId()).bind(visit.buildingId()).bind(visit.codeKey())
                .bind(Buffer.buffer(sealed.codeHash)).bind(visit.visitorName()).bind(Buffer.buffer(sealed.phone)).bind(visit.phoneMasked())
                .bind(sealed.idNumber == null ? null : Buffer.buffer(sealed.idNumber)).bind(visit.idNumberMasked()).bind(visit.plate())
                .bind(visit.regionCode()).bind(visit.purpose()).bind(visit.expectedAt()).bind(visit.expectedAt().toLocalDate())
                .bind(visit.state().name()).bind(visit.invitedAt()).bind(ticket == null ? null : ticket.id)
                .bind(ticket == null ? null : ticket.number).update();
    }

    static void append(Tx tx, Visit visit, Entry entry) {
        var check = entry.check;
        tx.sql("""
                insert into visit_event (compound_id, visit_id, id, event, reason, gate_id, temperature_tenths, mask, health_code, event_at,
                    by_compound_id, by_account_id, received_at, offline, nonce, conflict)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""")
                .bind(visit.compoundId()).bind(visit.id()).bind(entry.id).bind(entry.event.name()).bind(entry.reason).bind(entry.gateId)
                .bind(check == null ? null : (short) check.temperatureTenths()).bind(check == null ? null : check.mask())
                .bind(check == null ? null : check.healthCode().name()).bind(entry.time.at()).bind(entry.byCompoundId).bind(entry.byAccountId)
                .bind(entry.time.receivedAt()).bind(entry.time.offline()).bind(entry.nonce)
                .bind(entry.conflict == null ? null : entry.conflict.slug()).update();
    }

    /** What was kept under that nonce. */
    static Optional<Told> told(Tx tx, UUID compoundId, UUID nonce) {
        return tx.sql("select visit_id, event, reason, conflict from visit_event where compound_id = $1 and nonce = $2").bind(compoundId).bind(nonce)
                .first(row -> {
                    var reason = row.getString("reason");
                    var conflict = row.getString("conflict");
                    return new Told(row.getUUID("visit_id"), reason == null ? VisitReason.OK : VisitReason.ofSlug(reason),
                            VisitEvent.valueOf(row.getString("event")) != VisitEvent.TURN_BACK, conflict == null ? null : VisitReason.ofSlug(conflict));
                });
    }

    /** Where and when they were seen leaving after that, though nobody had seen them come. */
    static Optional<Leaving> leavingAfter(Tx tx, Visit visit, OffsetDateTime at) {
        return tx.sql("""
                select event_at, gate_id from visit_event where compound_id = $1 and visit_id = $2 and event = 'LEAVE' and event_at >= $3
                order by event_at, id limit 1""")
                .bind(visit.compoundId()).bind(visit.id()).bind(at)
                .first(row -> new Leaving(row.getOffsetDateTime("event_at"), row.getUUID("gate_id")));
    }

    record Leaving(OffsetDateTime at, UUID gateId) {
    }

    /** The household of a label such as {@code 3-2-1402}. */
    static Optional<UUID> householdOf(Statements where, UUID compoundId, String label) {
        return where.sql("select id from household where compound_id = $1 and label = $2").bind(compoundId).bind(label)
                .first(row -> row.getUUID("id"));
    }

    /** The visit, held until the transaction ends. */
    static Optional<Visit> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(VISITS + "and v.id = $5 for no key update of v").within(scope).bind(id).first(VisitStore::visit);
    }

    static Optional<Visit> ofCode(Statements where, Scope scope, byte[] codeHash) {
        return where.sql(VISITS + "and v.code_hash = $5").within(scope).bind(Buffer.buffer(codeHash)).first(VisitStore::visit);
    }

    static void enter(Tx tx, Visit visit, UUID gateId, OffsetDateTime at) {
        tx.sql("update visit set state = 'INSIDE', entered_at = $3, entered_gate_id = $4 where compound_id = $1 and id = $2"
                + " and state in ('EXPECTED', 'CANCELLED')")
                .bind(visit.compoundId()).bind(visit.id()).bind(at).bind(gateId).update();
    }

    static void leave(Tx tx, Visit visit, UUID gateId, OffsetDateTime at) {
        tx.sql("update visit set state = 'LEFT', left_at = $3, left_gate_id = $4 where compound_id = $1 and id = $2 and state = 'INSIDE'")
                .bind(visit.compoundId()).bind(visit.id()).bind(at).bind(gateId).update();
    }

    static void cancel(Tx tx, Visit visit) {
        tx.sql("update visit set state = 'CANCELLED' where compound_id = $1 and id = $2 and state = 'EXPECTED'")
                .bind(visit.compoundId()).bind(visit.id()).update();
    }

    /** Where somebody comes from, as the guard has now heard. */
    static void correctRegion(Tx tx, Visit visit) {
        tx.sql("update visit set region_code = $3 where compound_id = $1 and id = $2").bind(visit.compoundId()).bind(visit.id())
                .bind(visit.regionCode()).update();
    }

    /**
     * Visits within the scope, the newest invitation first.
     *
     * @param expiredBefore who was expected before this and has not come is EXPIRED
     */
    static List<Visit> visits(Statements where, Scope scope, Filter filter, OffsetDateTime expiredBefore, Page.Request page, @Nullable UUID before) {
        return where.sql(VISITS + """
                  and ($5::text is null or $5 = case when v.state = 'EXPECTED' and v.expected_at < $9 then 'EXPIRED' else v.state end)
                  and ($6::date is null or v.visit_date = $6 or ($7 and v.state = 'INSIDE'))
                  and (not $7 or v.state = 'INSIDE' or (v.state = 'EXPECTED' and v.expected_at >= $9)) and ($8::uuid is null or v.id < $8)
                order by v.id desc limit $10""")
                .within(scope).bind(filter.state == null ? null : filter.state.name()).bind(filter.date).bind(filter.atGate).bind(before)
                .bind(expiredBefore).bind(page.rows()).list(VisitStore::visit);
    }

    /** Compounds that still know some visitor. */
    static List<UUID> compoundsWithVisitors(Statements where) {
        return where.sql("select c.id from compound c where exists (select 1 from visit v where v.compound_id = c.id and v.forgotten_at is null) order by c.id")
                .list(row -> row.getUUID("id"));
    }

    /** Forgets who came before that day, also what was noted about them; answers how many, at most so many as are asked for. */
    static int forget(Tx tx, UUID compoundId, LocalDate before, OffsetDateTime now, int atMost) {
        return tx.sql("""
                with due as (
                    select id from visit where compound_id = $1 and visit_date < $2 and forgotten_at is null
                    order by visit_date, id limit $4 for no key update skip locked
                ), said as (
                    update visit_event set reason = null where compound_id = $1 and event = 'CANCEL' and reason is not null
                        and visit_id in (select id from due)
                ), noted as (
                    update gate_conflict_review r set note = '' from visit_event e
                    where r.compound_id = $1 and e.compound_id = $1 and e.id = r.conflict_id and e.visit_id in (select id from due)
                )
                update visit set visitor_name = '', phone_sealed = null, phone_masked = '', id_number_sealed = null, id_number_masked = null, plate = null,
                    purpose = '', forgotten_at = $3
                where compound_id = $1 and id in (select id from due)""")
                .bind(compoundId).bind(before).bind(now).bind(atMost).update();
    }

    static void forgetHomes(Tx tx, UUID compoundId, List<UUID> tickets) {
        tx.sql("update visit set household_id = null, building_id = null where compound_id = $1 and ticket_id = any($2)")
                .bind(compoundId).bind(tickets.toArray(UUID[]::new)).update();
    }

    private static Visit visit(Row row) {
        return new Visit(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getString("household"), row.getString("code_key"), row.getString("visitor_name"), row.getString("phone_masked"),
                row.getString("id_number_masked"), row.getString("plate"), row.getString("region_code"), row.getString("purpose"),
                row.getOffsetDateTime("expected_at"), VisitState.valueOf(row.getString("state")), row.getOffsetDateTime("invited_at"),
                row.getOffsetDateTime("entered_at"), row.getOffsetDateTime("left_at"));
    }
}
