package gatehouse.identity;

import gatehouse.identity.IdentityStore.Key;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Codes for lost passwords, one per account. */
final class ResetStore {

    record Issue(UUID id, byte[] codeHash, OffsetDateTime at, UUID by, OffsetDateTime expiresAt) {
    }

    record Open(byte[] codeHash, OffsetDateTime expiresAt, int failures) {
    }

    /** The one before is worth nothing any more, nor is the password. */
    void issue(Tx tx, Key account, Issue issue) {
        tx.sql("""
                insert into password_reset (compound_id, account_id, id, code_hash, issued_at, issued_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (compound_id, account_id) do update set id = excluded.id, code_hash = excluded.code_hash, issued_at = excluded.issued_at,
                    issued_by = excluded.issued_by, expires_at = excluded.expires_at, failures = 0""")
                .bind(account.compoundId()).bind(account.id()).bind(issue.id).bind(Buffer.buffer(issue.codeHash)).bind(issue.at).bind(issue.by)
                .bind(issue.expiresAt).update();
        tx.sql("update account set password_hash = null, version = version + 1 where compound_id = $1 and id = $2")
                .bind(account.compoundId()).bind(account.id()).update();
    }

    /** Locked until the transaction ends, so that a code is used once and every wrong one counts. */
    Optional<Open> lock(Tx tx, Key account) {
        return tx.sql("select code_hash, expires_at, failures from password_reset where compound_id = $1 and account_id = $2 for update")
                .bind(account.compoundId()).bind(account.id())
                .first(row -> new Open(row.getBuffer("code_hash").getBytes(), row.getOffsetDateTime("expires_at"), row.getInteger("failures")));
    }

    void countFailure(Tx tx, Key account) {
        tx.sql("update password_reset set failures = failures + 1 where compound_id = $1 and account_id = $2")
                .bind(account.compoundId()).bind(account.id()).update();
    }

    void use(Tx tx, Key account, String passwordHash) {
        tx.sql("delete from password_reset where compound_id = $1 and account_id = $2").bind(account.compoundId()).bind(account.id()).update();
        tx.sql("update account set password_hash = $3 where compound_id = $1 and id = $2")
                .bind(account.compoundId()).bind(account.id()).bind(passwordHash).update();
    }

    int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from password_reset where expires_at < $1").bind(before).update();
    }
}
