package gatehouse.notify;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The messages that wait for their delivery: put in with their cause, taken out by the {@link OutboxPump}. */
public final class Outbox {
    /** Tells the pumps of every instance that there is something to do. */
    static final String CHANNEL = "outbox";
    /** Divides the arguments of a message while a list of messages travels to the database; {@link Message} lets none through. */
    static final String SEPARATOR = "\u001f";

    private Outbox() {
    }

    /** A message in this instance's hands until its claim runs out. */
    record Claimed(UUID id, UUID compoundId, MessageTemplate template, List<String> argumentsChinese, List<String> argumentsEnglish,
                   UUID subjectId, Addressing addressing, int attempt, OffsetDateTime createdAt) {
    }

    /** A {@link Recipient} as it is kept. */
    record Addressing(String kind, String role, UUID compoundId, UUID id) {
        static Addressing of(Message message) {
            var compound = message.compoundId();
            return switch (message.recipient()) {
                case Recipient.Account(var home, var account) -> new Addressing("ACCOUNT", null, home, account);
                case Recipient.Household(var household) -> new Addressing("HOUSEHOLD", null, compound, household);
                case Recipient.HoldersOfBuilding(var role, var building) ->
                        new Addressing("HOLDERS_OF_BUILDING", role.name(), compound, building);
                case Recipient.HoldersOfCompound(var role) -> new Addressing("HOLDERS_OF_COMPOUND", role.name(), compound, compound);
            };
        }
    }

    /**
     * Puts messages into the outbox, in the transaction of their cause; those whose dedupe key was used before are left out.
     *
     * @param now the business clock's, as the cause read it
     * @return how many went in
     */
    public static int put(Tx tx, OffsetDateTime now, List<Message> messages) {
        if (messages.isEmpty()) {
            return 0;
        }
        var addressings = messages.stream().map(Addressing::of).toList();
        int added = tx.sql("""
                insert into outbox_message (compound_id, id, dedupe_key, template, arguments_chinese, arguments_english, subject_id,
                    recipient_kind, recipient_role, recipient_compound_id, recipient_id, state, next_attempt_at, created_at)
                select compound_id, id, dedupe_key, template, string_to_array(chinese, $12), string_to_array(english, $12), subject_id,
                    recipient_kind, recipient_role, recipient_compound_id, recipient_id, 'WAITING', now(), $13
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[],
                    $10::uuid[], $11::uuid[]) as m (compound_id, id, dedupe_key, template, chinese, english, subject_id,
                    recipient_kind, recipient_role, recipient_compound_id, recipient_id)
                order by compound_id, dedupe_key
                on conflict (compound_id, dedupe_key) do nothing""")
                .bind(column(messages, Message::compoundId, UUID[]::new))
                .bind(column(messages, message -> Ids.next(), UUID[]::new))
                .bind(column(messages, Message::dedupeKey, String[]::new))
                .bind(column(messages, message -> message.template().name(), String[]::new))
                .bind(column(messages, message -> String.join(SEPARATOR, message.argumentsChinese()), String[]::new))
                .bind(column(messages, message -> String.join(SEPARATOR, message.argumentsEnglish()), String[]::new))
                .bind(column(messages, message -> message.subjectId().orElse(null), UUID[]::new))
                .bind(column(addressings, Addressing::kind, String[]::new))
                .bind(column(addressings, Addressing::role, String[]::new))
                .bind(column(addressings, Addressing::compoundId, UUID[]::new))
                .bind(column(addressings, Addressing::id, UUID[]::new))
                .bind(SEPARATOR).bind(now)
                .update();
        if (added > 0) {
            Notifications.send(tx, CHANNEL, "");
        }
        return added;
    }

    public static int put(Tx tx, OffsetDateTime now, Message message) {
        return put(tx, now, List.of(message));
    }

    /** Takes at most {@code limit} due messages for {@code lease}; no other pump gets them before that is over. */
    static List<Claimed> claim(Tx tx, int limit, Duration lease) {
        return tx.sql("""
                with due as (
                    select compound_id, id from outbox_message
                    where state = 'WAITING' and next_attempt_at <= now() and template = any($3)
                    order by next_attempt_at limit $1 for update skip locked)
                update outbox_message m set attempts = m.attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond'
                from due where m.compound_id = due.compound_id and m.id = due.id
                returning m.id, m.compound_id, m.template, m.arguments_chinese, m.arguments_english, m.subject_id, m.recipient_kind,
                    m.recipient_role, m.recipient_compound_id, m.recipient_id, m.attempts, m.created_at""")
                .bind(limit).bind((double) lease.toMillis()).bind(MessageTemplate.names())
                .list(Outbox::claimed);
    }

    private static Claimed claimed(Row row) {
        return new Claimed(row.getUUID("id"), row.getUUID("compound_id"), MessageTemplate.valueOf(row.getString("template")),
                List.of(row.getArrayOfStrings("arguments_chinese")), List.of(row.getArrayOfStrings("arguments_english")),
                row.getUUID("subject_id"), new Addressing(row.getString("recipient_kind"), row.getString("recipient_role"),
                row.getUUID("recipient_compound_id"), row.getUUID("recipient_id")), row.getInteger("attempts"),
                row.getOffsetDateTime("created_at"));
    }

    static int sent(Tx tx, List<Claimed> messages) {
        return tx.sql("""
                update outbox_message m set state = 'SENT', settled_at = now(), last_fault = null
                from unnest($1::uuid[], $2::uuid[]) as d (compound_id, id)
                where m.compound_id = d.compound_id and m.id = d.id and m.state = 'WAITING'""")
                .bind(column(messages, Claimed::compoundId, UUID[]::new)).bind(column(messages, Claimed::id, UUID[]::new))
                .update();
    }

    /** Puts messages of the same number of attempts off, or parks them for good; only where no other pump has claimed them since. */
    static int failed(Tx tx, List<Claimed> messages, boolean forGood, Duration pause, String fault) {
        return tx.sql("""
                update outbox_message m set state = case when $3 then 'PARKED' else 'WAITING' end,
                    settled_at = case when $3 then now() end, next_attempt_at = now() + $4 * interval '1 millisecond', last_fault = $5
                from unnest($1::uuid[], $2::uuid[]) as f (compound_id, id)
                where m.compound_id = f.compound_id and m.id = f.id and m.attempts = $6 and m.state = 'WAITING'""")
                .bind(column(messages, Claimed::compoundId, UUID[]::new)).bind(column(messages, Claimed::id, UUID[]::new))
                .bind(forGood).bind((double) pause.toMillis()).bind(fault).bind(messages.getFirst().attempt())
                .update();
    }

    /** Forgets what was sent more than 30 days ago; until then its dedupe key holds. */
    static int sweep(Tx tx) {
        return tx.sql("delete from outbox_message where state = 'SENT' and settled_at < now() - interval '30 days'").update();
    }

    static <T, C> C[] column(List<T> rows, Function<T, C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
