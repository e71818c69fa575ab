package gatehouse.wechat;

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

/** Messages on their way to WeChat. */
final class MessageStore {
    static final String CHANNEL = "wechat-message";
    private static final String SEPARATOR = "\u001f";

    /** How a message's way ended; the words of the table. */
    enum Fate { WAITING, SENT, NO_CONSENT, REFUSED, UNCERTAIN, TOO_OLD, UNNEEDED }

    /** What may have to be sent to one person. */
    record Wanted(Addressee person, UUID id, SubscribeTemplate template, List<String> words, Lead lead, OffsetDateTime createdAt) {
    }

    /** In this instance's hands until its claim runs out. {@code doubts}: sends of which nobody knows, this one included. */
    record Claimed(UUID id, Addressee person, String appId, String templateId, List<String> fields, List<String> words, String page, int doubts,
                   int attempt, OffsetDateTime createdAt) {
        Told told() {
            return new Told(person, id);
        }
    }

    /** Where a person is reached: as WeChat knows them, sealed. */
    record Reached(byte[] openidHash, byte[] openidSealed) {
    }

    /** Those for whom there is a person in that mini program and an open consent go in, each once; answers which. */
    List<Told> add(Tx tx, List<Wanted> wanted) {
        var added = tx.sql("""
                insert into wechat_message (compound_id, account_id, message_id, app_id, template_id, fields, words, page, bulk, state, next_attempt_at, created_at)
                select w.compound_id, w.account_id, w.message_id, w.app_id, w.template_id, string_to_array(w.fields, $9), string_to_array(w.words, $9),
                    w.page, w.bulk, 'WAITING', now(), w.created_at
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $10::text[], $11::boolean[])
                    as w (compound_id, account_id, message_id, app_id, template_id, fields, words, created_at, page, bulk)
                where exists (select from wechat_login l where l.compound_id = w.compound_id and l.account_id = w.account_id and l.app_id = w.app_id)
                    and exists (select from wechat_credit c where c.compound_id = w.compound_id and c.account_id = w.account_id
                        and c.app_id = w.app_id and c.template_id = w.template_id and c.spent_at is null and c.void_at is null)
                order by 1, 2, 3
                on conflict (compound_id, account_id, message_id) do nothing
                returning compound_id, account_id, message_id""")
                .bind(column(wanted, each -> each.person.homeCompoundId(), UUID[]::new))
                .bind(column(wanted, each -> each.person.accountId(), UUID[]::new))
                .bind(column(wanted, Wanted::id, UUID[]::new))
                .bind(column(wanted, each -> each.template.appId(), String[]::new))
                .bind(column(wanted, each -> each.template.id(), String[]::new))
                .bind(column(wanted, each -> String.join(SEPARATOR, each.template.fields()), String[]::new))
                .bind(column(wanted, each -> String.join(SEPARATOR, each.words), String[]::new))
                .bind(column(wanted, Wanted::createdAt, OffsetDateTime[]::new))
                .bind(SEPARATOR)
                .bind(column(wanted, each -> each.lead.page(), String[]::new)).bind(column(wanted, each -> each.lead.bulk(), Boolean[]::new))
                .list(row -> new Told(new Addressee(row.getUUID("compound_id"), row.getUUID("account_id")), row.getUUID("message_id")));
        if (!added.isEmpty()) {
            Notifications.send(tx, CHANNEL, "");
        }
        return added;
    }

    private static <T> T[] column(List<Wanted> rows, Function<Wanted, T> field, IntFunction<T[]> array) {
        return rows.stream().map(field).toArray(array);
    }

    /** Takes at most {@code limit} that are due, of these apps, for {@code lease}; what goes to everybody at once comes last. Each is in doubt until its fate is written down. */
    List<Claimed> claim(Tx tx, List<String> appIds, int limit, Duration lease) {
        return tx.sql("""
                with due as (
                    select compound_id, account_id, message_id from wechat_message
                    where state = 'WAITING' and next_attempt_at <= now() and app_id = any($1)
                    order by bulk, next_attempt_at limit $2 for update skip locked)
                update wechat_message m set attempts = m.attempts + 1, doubts = m.doubts + 1, next_attempt_at = now() + $3 * interval '1 millisecond'
                from due where m.compound_id = due.compound_id and m.account_id = due.account_id and m.message_id = due.message_id
                returning m.*""")
                .bind(appIds.toArray(String[]::new)).bind(limit).bind((double) lease.toMillis()).list(MessageStore::claimed);
    }

    private static Claimed claimed(Row row) {
        return new Claimed(row.getUUID("message_id"), new Addressee(row.getUUID("compound_id"), row.getUUID("account_id")), row.getString("app_id"),
                row.getString("template_id"), List.of(row.getArrayOfStrings("fields")), List.of(row.getArrayOfStrings("words")),
                row.getString("page"), row.getInteger("doubts"), row.getInteger("attempts"), row.getOffsetDateTime("created_at"));
    }

    Optional<Reached> reached(Tx tx, Claimed message) {
        return tx.sql("select openid_hash, openid_sealed from wechat_login where compound_id = $1 and account_id = $2 and app_id = $3")
                .bind(message.person.homeCompoundId()).bind(message.person.accountId()).bind(message.appId)
                .first(row -> new Reached(row.getBuffer(0).getBytes(), row.getBuffer(1).getBytes()));
    }

    /** Only where no other instance has claimed it since. */
    boolean settle(Tx tx, Claimed message, Fate state, int number) {
        return tx.sql("""
                update wechat_message set state = $5, settled_at = now(), last_number = $6
                where compound_id = $1 and account_id = $2 and message_id = $3 and attempts = $4 and state = 'WAITING'""")
                .bind(message.person.homeCompoundId()).bind(message.person.accountId()).bind(message.id).bind(message.attempt)
                .bind(state.name()).bind(number).update() == 1;
    }

    /** Tried again later; {@code notSent} where it surely was not, so that the doubt is taken back. */
    boolean putOff(Tx tx, Claimed message, boolean notSent, Duration pause, int number) {
        return tx.sql("""
                update wechat_message set doubts = doubts - case when $5 then 1 else 0 end, next_attempt_at = now() + $6 * interval '1 millisecond',
                    last_number = $7
                where compound_id = $1 and account_id = $2 and message_id = $3 and attempts = $4 and state = 'WAITING'""")
                .bind(message.person.homeCompoundId()).bind(message.person.accountId()).bind(message.id).bind(message.attempt)
                .bind(notSent).bind((double) pause.toMillis()).bind(number).update() == 1;
    }

    /** Forgets what was settled a month ago. */
    int sweep(Tx tx) {
        return tx.sql("delete from wechat_message where state <> 'WAITING' and settled_at < now() - interval '30 days'").update();
    }
}
