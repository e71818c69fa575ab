package gatehouse.ticket;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Which pictures belong to which ticket. */
final class TicketPhotoStore {
    private TicketPhotoStore() {
    }

    record Shot(UUID id, MailSide side, OffsetDateTime addedAt) {
    }

    /** Oldest first. */
    static List<Shot> list(Statements where, Ticket ticket) {
        return where.sql("select photo_id, side, added_at from ticket_photo where compound_id = $1 and ticket_id = $2 order by added_at, photo_id")
                .bind(ticket.compoundId()).bind(ticket.id())
                .list(row -> new Shot(row.getUUID("photo_id"), MailSide.valueOf(row.getString("side")), row.getOffsetDateTime("added_at")));
    }

    static void insert(Tx tx, Ticket ticket, Shot shot) {
        tx.sql("insert into ticket_photo (compound_id, ticket_id, photo_id, side, added_at) values ($1, $2, $3, $4, $5)")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(shot.id).bind(shot.side.name()).bind(shot.addedAt).update();
    }
}
