package gatehouse.identity;

import gatehouse.identity.IdentityStore.Key;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Whose a person of a mini program is, and who waits to be somebody's. */
final class WeChatStore {
    /** A person of a mini program as kept: found by a keyed hash, read only to send to. */
    record Person(String appId, byte[] openidHash, byte[] openidSealed) {
    }

    /** Bound until {@code tx} ends: whoever unbinds them waits, and then ends the session that was opened meanwhile. */
    Optional<Key> accountOf(Tx tx, Person person) {
        return tx.sql("select compound_id, account_id from wechat_login where app_id = $1 and openid_hash = $2 for key share")
                .bind(person.appId).bind(Buffer.buffer(person.openidHash)).first(row -> new Key(row.getUUID(0), row.getUUID(1)));
    }

    void await(Tx tx, byte[] tokenHash, Person person, OffsetDateTime expiresAt) {
        tx.sql("insert into wechat_binding (token_hash, app_id, openid_hash, openid_sealed, expires_at) values ($1, $2, $3, $4, $5)")
                .bind(Buffer.buffer(tokenHash)).bind(person.appId).bind(Buffer.buffer(person.openidHash)).bind(Buffer.buffer(person.openidSealed))
                .bind(expiresAt).update();
    }

    Optional<Person> waiting(Statements in, byte[] tokenHash, OffsetDateTime now) {
        return in.sql("select app_id, openid_hash, openid_sealed from wechat_binding where token_hash = $1 and expires_at > $2")
                .bind(Buffer.buffer(tokenHash)).bind(now).first(WeChatStore::person);
    }

    /** Uses the token up; of two at once one finds it. */
    Optional<Person> take(Tx tx, byte[] tokenHash, OffsetDateTime now) {
        return tx.sql("delete from wechat_binding where token_hash = $1 and expires_at > $2 returning app_id, openid_hash, openid_sealed")
                .bind(Buffer.buffer(tokenHash)).bind(now).first(WeChatStore::person);
    }

    /** Frees a person from an account that opens nothing any more, so that they can be somebody again. */
    void releaseFromNobodys(Tx tx, Person person) {
        tx.sql("""
                delete from wechat_login l where l.app_id = $1 and l.openid_hash = $2
                    and not exists (select from role_grant g where g.compound_id = l.compound_id and g.account_id = l.account_id)""")
                .bind(person.appId).bind(Buffer.buffer(person.openidHash)).update();
    }

    /** Whoever was bound to that account in that mini program before is not any more. False where the person is another account's. */
    boolean bind(Tx tx, Person person, Key account, OffsetDateTime now) {
        tx.sql("delete from wechat_login where compound_id = $1 and account_id = $2 and app_id = $3 and openid_hash <> $4")
                .bind(account.compoundId()).bind(account.id()).bind(person.appId).bind(Buffer.buffer(person.openidHash)).update();
        return tx.sql("""
                insert into wechat_login (app_id, openid_hash, openid_sealed, compound_id, account_id, bound_at)
                values ($1, $2, $3, $4, $5, $6)
                on conflict (app_id, openid_hash) do update set bound_at = excluded.bound_at
                    where wechat_login.compound_id = excluded.compound_id and wechat_login.account_id = excluded.account_id""")
                .bind(person.appId).bind(Buffer.buffer(person.openidHash)).bind(Buffer.buffer(person.openidSealed))
                .bind(account.compoundId()).bind(account.id()).bind(now).update() == 1;
    }

    void unbind(Tx tx, Key account) {
        tx.sql("delete from wechat_login where compound_id = $1 and account_id = $2").bind(account.compoundId()).bind(account.id()).update();
    }

    /** The account of a phone that opens something, locked against being bound twice at once. */
    Optional<Key> accountOfPhone(Tx tx, List<byte[]> phoneHashes) {
        return tx.sql("""
                select a.compound_id, a.id from account_login l join account a on a.compound_id = l.compound_id and a.id = l.account_id
                where l.phone_hash = any($1)
                    and exists (select from role_grant g where g.compound_id = a.compound_id and g.account_id = a.id)
                limit 1 for update of a""")
                .bind(phoneHashes.stream().map(Buffer::buffer).toArray(Buffer[]::new)).first(row -> new Key(row.getUUID(0), row.getUUID(1)));
    }

    int sweep(Tx tx, OffsetDateTime now) {
        return tx.sql("delete from wechat_binding where expires_at < $1").bind(now).update();
    }

    private static Person person(Row row) {
        return new Person(row.getString("app_id"), row.getBuffer("openid_hash").getBytes(), row.getBuffer("openid_sealed").getBytes());
    }
}
