package gatehouse.ticket;

import gatehouse.kernel.Role;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What the clock finds to do with tickets; every query goes by an index of open tickets, however many are closed. */
final class TicketClockStore {
    private static final String RUNNING = "state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'REOPENED')";

    private TicketClockStore() {
    }

    record Key(UUID compoundId, UUID id) {
    }

    /** By which rules and calendar tickets were computed. */
    record Stamp(UUID compoundId, int policyVersion, int calendarVersion) {
    }

    static List<Key> pausesOver(Statements where, OffsetDateTime now, int limit) {
        return where.sql("select compound_id, id from ticket where resume_at <= $1 order by resume_at limit $2").bind(now).bind(limit)
                .list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id")));
    }

    static List<Stamp> stamps(Statements where) {
        return where.sql("""
                select distinct compound_id, policy_version, calendar_version from ticket
                where state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED')""")
                .list(row -> new Stamp(row.getUUID("compound_id"), row.getInteger("policy_version"), row.getInteger("calendar_version")));
    }

    static List<Key> stamped(Statements where, Stamp stamp) {
        return where.sql("""
                select compound_id, id from ticket
                where compound_id = $1 and policy_version = $2 and calendar_version = $3
                  and state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED') order by id""")
                .bind(stamp.compoundId).bind(stamp.policyVersion).bind(stamp.calendarVersion)
                .list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id")));
    }

    /** Of all compounds: urgent repairs that nobody has begun and that the office has not agreed to. */
    static List<Ticket> urgentRepairs(Statements where) {
        return where.sql(TicketStore.TICKETS + " " + """
                t.state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'WAITING', 'REOPENED') and t.kind = 'REPAIR' and t.consent <> 'GIVEN'
                  and (t.urgency <> 'NORMAL' or t.level = 'EMERGENCY' or t.consent = 'NEEDED')""").list(TicketStore::ticket);
    }

    /** Past a deadline, and not known to be. */
    static List<Key> late(Statements where, OffsetDateTime now, int limit) {
        return where.sql("select compound_id, id from ticket where escalates_at is null and " + RUNNING + """
                 and (done_due_at < $1 or on_site_at is null and on_site_due_at < $1) order by id limit $2""").bind(now).bind(limit)
                .list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id")));
    }

    /** The first breach stays as it is; the chain begins at its foot. */
    static void late(Tx tx, Ticket ticket, Breach breach, OffsetDateTime since) {
        tx.sql("""
                update ticket set breached_at = coalesce(breached_at, $3), breach = coalesce(breach, $4), escalated_to = 0, escalates_at = $3
                where compound_id = $1 and id = $2""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(since).bind(breach.name()).update();
    }

    /** It is late no more. */
    static void calm(Tx tx, Ticket ticket) {
        tx.sql("update ticket set escalates_at = null where compound_id = $1 and id = $2").bind(ticket.compoundId()).bind(ticket.id()).update();
    }

    /** Late ones whose next step up the chain has come. */
    static List<Key> climbing(Statements where, OffsetDateTime now, int limit) {
        return where.sql("select compound_id, id from ticket where escalated_to < 3 and escalates_at <= $1 and " + RUNNING
                + " order by escalates_at limit $2").bind(now).bind(limit).list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id")));
    }

    /** @param nextAt when it goes on to the next rung, where it is still late then */
    static void escalated(Tx tx, Ticket ticket, int rung, OffsetDateTime nextAt) {
        tx.sql("update ticket set escalated_to = $3, escalates_at = $4 where compound_id = $1 and id = $2")
                .bind(ticket.compoundId()).bind(ticket.id()).bind((short) rung).bind(nextAt).update();
    }

    /** Whether anybody holds that role over the whole compound. */
    static boolean hasHolder(Statements where, UUID compound, Role role) {
        return where.sql("""
                select 1 from role_grant g
                join compound c on c.id = $1 join community m on m.id = c.community_id
                join account a on a.compound_id = g.compound_id and a.id = g.account_id and a.disabled_at is null
                where g.role = $2 and (g.reach = 'EVERYTHING' or g.reach_id in (c.id, m.id, m.subdistrict_id)) limit 1""")
                .bind(compound).bind(role.name()).exists();
    }

    static List<UUID> compoundsWithFinished(Statements where) {
        return where.sql("select distinct compound_id from ticket where state in ('DONE', 'CONFIRMED')").list(row -> row.getUUID("compound_id"));
    }

    /** Waiting for their reporter since {@code since} or longer. */
    static List<Key> finished(Statements where, UUID compound, OffsetDateTime since, int limit) {
        return where.sql("""
                select compound_id, id from ticket
                where compound_id = $1 and (state = 'DONE' and done_at <= $2 or state = 'CONFIRMED' and confirmed_at <= $2) order by id limit $3""")
                .bind(compound).bind(since).bind(limit).list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id")));
    }
}
