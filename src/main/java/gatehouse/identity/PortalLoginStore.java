package gatehouse.identity;

import gatehouse.identity.IdentityStore.Key;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Browsers that wait for a phone. Each step is one conditional statement, so that of two at once one takes it. */
final class PortalLoginStore {
    /** What is known of the browser that asks; its address as a keyed hash. */
    record Asking(Portal portal, BrowserKind browser, SystemKind system, byte[] sourceHash, int number, List<Integer> numbers,
                  OffsetDateTime askedAt, OffsetDateTime expiresAt) {
    }

    record Standing(PortalLoginState state, OffsetDateTime expiresAt) {
    }

    /** Who confirmed it, in which session, and with which version of the account. */
    record Confirmed(Key account, UUID sessionId, int accountVersion) {
    }

    void open(Tx tx, byte[] secretHash, byte[] sceneHash, Asking asking) {
        tx.sql("""
                insert into portal_login (secret_hash, scene_hash, portal, browser, system, source_hash, number, numbers, state, asked_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, 'WAITING', $9, $10)""")
                .bind(Buffer.buffer(secretHash)).bind(Buffer.buffer(sceneHash)).bind(asking.portal.name()).bind(asking.browser.name())
                .bind(asking.system.name()).bind(Buffer.buffer(asking.sourceHash)).bind(asking.number).bind(asking.numbers.toArray(Integer[]::new))
                .bind(asking.askedAt).bind(asking.expiresAt).update();
    }

    Optional<Standing> standing(Statements in, byte[] secretHash) {
        return in.sql("select state, expires_at from portal_login where secret_hash = $1").bind(Buffer.buffer(secretHash))
                .first(row -> new Standing(PortalLoginState.valueOf(row.getString("state")), row.getOffsetDateTime("expires_at")));
    }

    /** Takes it for that account, unless another's phone was first. Scanned again by the same person it stays theirs. */
    Optional<Asking> scan(Tx tx, byte[] sceneHash, Key account, OffsetDateTime now) {
        return tx.sql("""
                update portal_login set state = 'SCANNED', compound_id = $2, account_id = $3
                where scene_hash = $1 and expires_at > $4
                    and (state = 'WAITING' or state = 'SCANNED' and compound_id = $2 and account_id = $3)
                returning portal, browser, system, source_hash, number, numbers, asked_at, expires_at""")
                .bind(Buffer.buffer(sceneHash)).bind(account.compoundId()).bind(account.id()).bind(now.plus(PortalLoginPolicy.TO_FETCH))
                .first(row -> new Asking(Portal.valueOf(row.getString("portal")), BrowserKind.valueOf(row.getString("browser")),
                        SystemKind.valueOf(row.getString("system")), row.getBuffer("source_hash").getBytes(), row.getInteger("number"),
                        Arrays.asList(row.getArrayOfIntegers("numbers")), row.getOffsetDateTime("asked_at"), row.getOffsetDateTime("expires_at")));
    }

    /** The number that the browser shows, where that account has scanned it and not decided; locked until the transaction ends. */
    Optional<Integer> lockNumber(Tx tx, byte[] sceneHash, Key account, OffsetDateTime now) {
        return tx.sql("""
                select number from portal_login
                where scene_hash = $1 and state = 'SCANNED' and compound_id = $2 and account_id = $3 and expires_at > $4 for update""")
                .bind(Buffer.buffer(sceneHash)).bind(account.compoundId()).bind(account.id()).bind(now.plus(PortalLoginPolicy.TO_FETCH))
                .first(row -> row.getInteger(0));
    }

    boolean confirm(Tx tx, byte[] sceneHash, Confirmed by) {
        return tx.sql("""
                update portal_login set state = 'CONFIRMED', session_id = $4, account_version = $5
                where scene_hash = $1 and state = 'SCANNED' and compound_id = $2 and account_id = $3""")
                .bind(Buffer.buffer(sceneHash)).bind(by.account.compoundId()).bind(by.account.id()).bind(by.sessionId).bind(by.accountVersion)
                .update() == 1;
    }

    /** Also what was confirmed and not fetched yet. */
    boolean refuse(Tx tx, byte[] sceneHash, Key account) {
        return tx.sql("""
                update portal_login set state = 'REFUSED'
                where scene_hash = $1 and state in ('SCANNED', 'CONFIRMED') and compound_id = $2 and account_id = $3""")
                .bind(Buffer.buffer(sceneHash)).bind(account.compoundId()).bind(account.id()).update() == 1;
    }

    /** Uses it up; of two browsers at once one finds it. */
    Optional<Confirmed> take(Tx tx, byte[] secretHash, OffsetDateTime now) {
        return tx.sql("""
                update portal_login set state = 'USED' where secret_hash = $1 and state = 'CONFIRMED' and expires_at > $2
                returning compound_id, account_id, session_id, account_version""")
                .bind(Buffer.buffer(secretHash)).bind(now)
                .first(row -> new Confirmed(new Key(row.getUUID("compound_id"), row.getUUID("account_id")), row.getUUID("session_id"),
                        row.getInteger("account_version")));
    }

    int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from portal_login where expires_at < $1").bind(before).update();
    }
}
