package gatehouse.ticket;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Tickets whose days are over; an index of those that are not forgotten yet answers, however many are. */
final class TicketRetentionStore {
    private TicketRetentionStore() {
    }

    /** Compounds that have closed tickets which they still know. */
    static List<UUID> compounds(Statements where) {
        return where.sql("""
                select c.id from compound c where exists (
                    select 1 from ticket t where t.compound_id = c.id and t.forgotten_at is null and t.state in ('CLOSED', 'CANCELLED', 'MERGED'))
                order by c.id""").list(row -> row.getUUID("id"));
    }

    /** Closed before then, oldest first, held until the transaction ends; what another instance holds is left to it. */
    static List<UUID> due(Tx tx, UUID compound, OffsetDateTime closedBefore, int atMost) {
        return tx.sql("""
                select id from ticket
                where compound_id = $1 and closed_at < $2 and forgotten_at is null and state in ('CLOSED', 'CANCELLED', 'MERGED')
                order by closed_at limit $3 for no key update skip locked""").bind(compound).bind(closedBefore).bind(atMost)
                .list(row -> row.getUUID("id"));
    }

    static List<UUID> photos(Tx tx, UUID compound, List<UUID> tickets) {
        return tx.sql("delete from ticket_photo where compound_id = $1 and ticket_id = any($2) returning photo_id").bind(compound).bind(array(tickets))
                .list(row -> row.getUUID("photo_id"));
    }

    /** All that was written of them and by which residents; what months are counted by stays. Answers how many words of mailboxes went. */
    static int forget(Tx tx, UUID compound, List<UUID> tickets, OffsetDateTime now) {
        var ids = array(tickets);
        tx.sql("""
                update ticket set description = '', place_text = '', contact_at = null, household_id = null, reporter_account_id = null,
                    reporter_resident_id = null, rating_words = null, forgotten_at = $3
                where compound_id = $1 and id = any($2)""").bind(compound).bind(ids).bind(now).update();
        tx.sql("""
                update ticket_event set note = null,
                    by_compound_id = case when actor in ('REPORTER', 'RESIDENT') then null else by_compound_id end,
                    by_account_id = case when actor in ('REPORTER', 'RESIDENT') then null else by_account_id end
                where compound_id = $1 and ticket_id = any($2)""").bind(compound).bind(ids).update();
        tx.sql("delete from ticket_follower where compound_id = $1 and ticket_id = any($2)").bind(compound).bind(ids).update();
        return tx.sql("delete from ticket_message where compound_id = $1 and ticket_id = any($2)").bind(compound).bind(ids).update();
    }

    private static UUID[] array(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
