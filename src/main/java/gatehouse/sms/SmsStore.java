package gatehouse.sms;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.LadderStore.Told;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Short messages on their way. */
final class SmsStore {
    static final String CHANNEL = "sms-message";
    private static final String SEPARATOR = "\u001f";

    /** What may have to be sent to one person. */
    record Wanted(Addressee person, UUID messageId, String template, List<String> arguments, String words, OffsetDateTime createdAt) {
    }

    /** In this instance's hands until its claim runs out. {@code doubts}: sends of which nobody knows, this one included; {@code tries}: those that failed. */
    record Claimed(Told told, UUID deliveryId, String template, List<String> arguments, String words, SmsFate state, int doubts, int attempt, int tries, int asks,
                   OffsetDateTime createdAt, boolean weChatUnderway) {
    }

    /** Each goes in once; answers which did. */
    List<Told> add(Tx tx, List<Wanted> wanted) {
        var added = tx.sql("""
                insert into sms_message (compound_id, account_id, message_id, delivery_id, template, arguments, words, state, next_attempt_at, created_at)
                select w.compound_id, w.account_id, w.message_id, w.delivery_id, w.template, string_to_array(w.arguments, $9), w.words, 'WAITING', now(),
                    w.created_at
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
                    as w (compound_id, account_id, message_id, delivery_id, template, arguments, words, created_at)
                order by 1, 2, 3
                on conflict (compound_id, account_id, message_id) do nothing
                returning compound_id, account_id, message_id""")
                .bind(column(wanted, each -> each.person.homeCompoundId(), UUID[]::new))
                .bind(column(wanted, each -> each.person.accountId(), UUID[]::new))
                .bind(column(wanted, Wanted::messageId, UUID[]::new))
                .bind(column(wanted, each -> Ids.next(), UUID[]::new))
                .bind(column(wanted, Wanted::template, String[]::new))
                .bind(column(wanted, each -> String.join(SEPARATOR, each.arguments), String[]::new))
                .bind(column(wanted, Wanted::words, String[]::new))
                .bind(column(wanted, Wanted::createdAt, OffsetDateTime[]::new))
                .bind(SEPARATOR).list(SmsStore::told);
        if (!added.isEmpty()) {
            Notifications.send(tx, CHANNEL, "");
        }
        return added;
    }

    private static <T> T[] column(List<Wanted> rows, Function<Wanted, T> field, IntFunction<T[]> array) {
        return rows.stream().map(field).toArray(array);
    }

    private static Told told(Row row) {
        return new Told(new Addressee(row.getUUID("compound_id"), row.getUUID("account_id")), row.getUUID("message_id"));
    }

    /** Takes at most {@code limit} that are due for {@code lease}. What waits is in doubt until its fate is written down. */
    List<Claimed> claim(Tx tx, int limit, Duration lease) {
        return tx.sql("""
                with due as (
                    select compound_id, account_id, message_id from sms_message
                    where state in ('WAITING', 'ACCEPTED') and next_attempt_at <= now()
                    order by next_attempt_at limit $1 for update skip locked)
                update sms_message m set attempts = m.attempts + 1, doubts = m.doubts + case m.state when 'WAITING' then 1 else 0 end,
                    next_attempt_at = now() + $2 * interval '1 millisecond'
                from due left join notification n on n.compound_id = due.compound_id and n.account_id = due.account_id and n.id = due.message_id
                where m.compound_id = due.compound_id and m.account_id = due.account_id and m.message_id = due.message_id
                returning m.*, coalesce(n.wechat = 'UNDERWAY', false) as wechat_underway""")
                .bind(limit).bind((double) lease.toMillis()).list(SmsStore::claimed);
    }

    private static Claimed claimed(Row row) {
        return new Claimed(told(row), row.getUUID("delivery_id"), row.getString("template"), List.of(row.getArrayOfStrings("arguments")),
                row.getString("words"), SmsFate.valueOf(row.getString("state")), row.getInteger("doubts"), row.getInteger("attempts"), row.getInteger("tries"), row.getInteger("asks"),
                row.getOffsetDateTime("created_at"), row.getBoolean("wechat_underway"));
    }

    /** The sealed number of an account that is still in use. */
    Optional<byte[]> phone(Tx tx, Addressee person) {
        return tx.sql("select phone_sealed from account where compound_id = $1 and id = $2 and disabled_at is null and phone_sealed is not null")
                .bind(person.homeCompoundId()).bind(person.accountId()).first(row -> row.getBuffer(0).getBytes());
    }

    /** Only where no other instance has claimed it since; an accepted one is looked at again after {@code pause}. */
    boolean settle(Tx tx, Claimed message, SmsFate fate, Duration pause, String code) {
        return tx.sql("""
                update sms_message set state = $5, settled_at = case when $6 then now() end, last_code = $7,
                    next_attempt_at = now() + $8 * interval '1 millisecond'
                where compound_id = $1 and account_id = $2 and message_id = $3 and attempts = $4 and state in ('WAITING', 'ACCEPTED')""")
                .bind(message.told.person().homeCompoundId()).bind(message.told.person().accountId()).bind(message.told.messageId()).bind(message.attempt)
                .bind(fate.name()).bind(fate.isEnd()).bind(code).bind((double) pause.toMillis()).update() == 1;
    }

    /** Nothing was tried: looked at again later. */
    boolean lookAgain(Tx tx, Claimed message, Duration pause) {
        return tx.sql("""
                update sms_message set doubts = doubts - case state when 'WAITING' then 1 else 0 end, next_attempt_at = now() + $5 * interval '1 millisecond'
                where compound_id = $1 and account_id = $2 and message_id = $3 and attempts = $4 and state in ('WAITING', 'ACCEPTED')""")
                .bind(message.told.person().homeCompoundId()).bind(message.told.person().accountId()).bind(message.told.messageId()).bind(message.attempt)
                .bind((double) pause.toMillis()).update() == 1;
    }

    /** Tried or asked again later; {@code notSent} where it surely was not, so that the doubt is taken back. */
    boolean putOff(Tx tx, Claimed message, boolean notSent, Duration pause, String code) {
        return tx.sql("""
                update sms_message set doubts = doubts - case when $5 and state = 'WAITING' then 1 else 0 end,
                    tries = tries + case state when 'WAITING' then 1 else 0 end, asks = asks + case state when 'ACCEPTED' then 1 else 0 end,
                    next_attempt_at = now() + $6 * interval '1 millisecond', last_code = $7
                where compound_id = $1 and account_id = $2 and message_id = $3 and attempts = $4 and state in ('WAITING', 'ACCEPTED')""")
                .bind(message.told.person().homeCompoundId()).bind(message.told.person().accountId()).bind(message.told.messageId()).bind(message.attempt)
                .bind(notSent).bind((double) pause.toMillis()).bind(code).update() == 1;
    }

    /** Forgets what was settled a month ago. */
    int sweep(Tx tx) {
        return tx.sql("delete from sms_message where settled_at < now() - interval '30 days'").update();
    }
}
