package gatehouse.wechat;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** The ledger of consents: one accept is one send. */
final class CreditStore {
    /** Nobody is sent more of one kind without having come back to the mini program. */
    static final int MOST_OPEN = 20;

    /** Adds a consent, up to {@link #MOST_OPEN} open ones. */
    void accept(Tx tx, Addressee person, String appId, String templateId, OffsetDateTime now) {
        // one at a time for each person, so that two lists at once do not go beyond the most
        tx.sql("select 1 from account where compound_id = $1 and id = $2 for no key update").bind(person.homeCompoundId()).bind(person.accountId()).exists();
        tx.sql("""
                insert into wechat_credit (compound_id, account_id, id, app_id, template_id, accepted_at)
                select $1, $2, $3, $4, $5, $6
                where (select count(*) from wechat_credit where compound_id = $1 and account_id = $2 and app_id = $4
                    and template_id = $5 and spent_at is null and void_at is null) < $7""")
                .bind(person.homeCompoundId()).bind(person.accountId()).bind(Ids.next()).bind(appId).bind(templateId).bind(now)
                .bind((long) MOST_OPEN).update();
    }

    /** Open consents by template. */
    Map<String, Integer> open(Statements in, Addressee person, String appId) {
        var found = new HashMap<String, Integer>();
        in.sql("""
                select template_id, count(*)::int as open from wechat_credit
                where compound_id = $1 and account_id = $2 and app_id = $3 and spent_at is null and void_at is null group by template_id""")
                .bind(person.homeCompoundId()).bind(person.accountId()).bind(appId)
                .list(row -> found.put(row.getString("template_id"), row.getInteger("open")));
        return found;
    }

    /** Spends the oldest consent on that message, once however often it is tried; false where there is none. */
    boolean spend(Tx tx, MessageStore.Claimed message, OffsetDateTime now) {
        boolean spentBefore = tx.sql("""
                select 1 from wechat_credit where compound_id = $1 and account_id = $2 and app_id = $3 and template_id = $4 and spent_for = $5
                    and void_at is null""")
                .bind(message.person().homeCompoundId()).bind(message.person().accountId()).bind(message.appId()).bind(message.templateId())
                .bind(message.id()).exists();
        return spentBefore || tx.sql("""
                update wechat_credit set spent_at = $6, spent_for = $5
                where compound_id = $1 and id = (
                    select id from wechat_credit where compound_id = $1 and account_id = $2 and app_id = $3 and template_id = $4
                        and spent_at is null and void_at is null
                    order by accepted_at, id limit 1 for update skip locked)""")
                .bind(message.person().homeCompoundId()).bind(message.person().accountId()).bind(message.appId()).bind(message.templateId())
                .bind(message.id()).bind(now).update() == 1;
    }

    /** Gives back what was spent on a message that surely was not sent. */
    void giveBack(Tx tx, MessageStore.Claimed message) {
        tx.sql("update wechat_credit set spent_at = null, spent_for = null where compound_id = $1 and account_id = $2 and spent_for = $3 and void_at is null")
                .bind(message.person().homeCompoundId()).bind(message.person().accountId()).bind(message.id()).update();
    }

    /** WeChat knows of no consent: whatever is open of that template is void. */
    void zero(Tx tx, Addressee person, String appId, String templateId, OffsetDateTime now) {
        tx.sql("""
                update wechat_credit set void_at = $5
                where compound_id = $1 and account_id = $2 and app_id = $3 and template_id = $4 and spent_at is null and void_at is null""")
                .bind(person.homeCompoundId()).bind(person.accountId()).bind(appId).bind(templateId).bind(now).update();
    }

    /** Forgets what was spent or void by then; an open one stays, however old. */
    int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from wechat_credit where (spent_at is not null or void_at is not null) and coalesce(spent_at, void_at) < $1").bind(before).update();
    }
}
