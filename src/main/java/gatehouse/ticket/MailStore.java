package gatehouse.ticket;

import gatehouse.kernel.Page;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of tickets' mailboxes. Who wrote one is kept, and read by no query of this store. */
final class MailStore {
    private MailStore() {
    }

    record Letter(UUID id, MailSide side, String text, OffsetDateTime sentAt) {
    }

    /** Oldest first. */
    static List<Letter> list(Statements where, Ticket ticket, Page.Request page, @Nullable UUID after) {
        return where.sql("""
                select id, side, text, sent_at from ticket_message
                where compound_id = $1 and ticket_id = $2 and ($3::uuid is null or id > $3) order by id limit $4""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(after).bind(page.rows())
                .list(row -> new Letter(row.getUUID("id"), MailSide.valueOf(row.getString("side")), row.getString("text"), row.getOffsetDateTime("sent_at")));
    }

    static void insert(Tx tx, Ticket ticket, Letter letter, UUID byCompound, UUID byAccount) {
        tx.sql("""
                insert into ticket_message (compound_id, ticket_id, id, side, text, sent_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(letter.id).bind(letter.side.name()).bind(letter.text).bind(letter.sentAt)
                .bind(byCompound).bind(byAccount).update();
    }
}
