package gatehouse.notify;

import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages that were tried too often. */
final class ParkedStore {
    private ParkedStore() {
    }

    /** {@code fault}: what the last attempt failed by; {@code role} where it was for the holders of one. */
    record Parked(UUID id, UUID compoundId, String compound, MessageTemplate template, String recipientKind, @Nullable String role, String fault,
                  int attempts, OffsetDateTime createdAt, OffsetDateTime parkedAt) {
    }

    /** Newest first. */
    static List<Parked> list(Statements database, Scope scope, Page.Request page, @Nullable UUID before) {
        return database.sql("""
                select m.id, m.compound_id, c.name as compound, m.template, m.recipient_kind, m.recipient_role, coalesce(m.last_fault, '') as fault,
                    m.attempts, m.created_at, m.settled_at
                from outbox_message m join compound c on c.id = m.compound_id
                where m.compound_id = any($1) and m.state = 'PARKED' and m.template = any($2) and ($3::uuid is null or m.id < $3)
                order by m.id desc limit $4""")
                .bind(scope.wholeCompounds()).bind(MessageTemplate.names()).bind(before).bind(page.rows())
                .list(row -> new Parked(row.getUUID("id"), row.getUUID("compound_id"), row.getString("compound"),
                        MessageTemplate.valueOf(row.getString("template")), row.getString("recipient_kind"), row.getString("recipient_role"),
                        row.getString("fault"), row.getInteger("attempts"), row.getOffsetDateTime("created_at"), row.getOffsetDateTime("settled_at")));
    }

    /** A message that was parked until now. */
    record Settled(UUID compoundId, String template) {
    }

    /** Tried again from the beginning; empty where no such message is parked. */
    static Optional<Settled> retry(Tx tx, Scope scope, UUID id) {
        var found = tx.sql("""
                update outbox_message set state = 'WAITING', attempts = 0, settled_at = null, next_attempt_at = now()
                where compound_id = any($1) and id = $2 and state = 'PARKED' returning compound_id, template""")
                .bind(scope.wholeCompounds()).bind(id).first(ParkedStore::settled);
        if (found.isPresent()) {
            Notifications.send(tx, Outbox.CHANNEL, "");
        }
        return found;
    }

    private static Settled settled(Row row) {
        return new Settled(row.getUUID("compound_id"), row.getString("template"));
    }

    /** Settled without being sent; kept like a sent one for a while, so that its dedupe key holds. */
    static Optional<Settled> drop(Tx tx, Scope scope, UUID id) {
        return tx.sql("""
                update outbox_message set state = 'SENT', settled_at = now(), last_fault = 'dropped'
                where compound_id = any($1) and id = $2 and state = 'PARKED' returning compound_id, template""")
                .bind(scope.wholeCompounds()).bind(id).first(ParkedStore::settled);
    }
}
