package gatehouse.wechat;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The access token of each app, one row for all instances. Claims go by the database's clock, since they outlive a crash. */
final class TokenStore {
    /** {@code version} goes up with each token. */
    record Row(long version, Optional<byte[]> sealed, OffsetDateTime expiresAt) {
    }

    Optional<Row> read(Statements in, String appId) {
        return in.sql("select version, token_sealed, expires_at from wechat_token where app_id = $1").bind(appId)
                .first(row -> new Row(row.getLong("version"), Optional.ofNullable(row.getBuffer("token_sealed")).map(Buffer::getBytes),
                        row.getOffsetDateTime("expires_at")));
    }

    void make(Tx tx, String appId, OffsetDateTime now) {
        tx.sql("insert into wechat_token (app_id, version, expires_at) values ($1, 0, $2) on conflict do nothing").bind(appId).bind(now).update();
    }

    /** True for the one that may fetch the token after that version. */
    boolean claim(Tx tx, String appId, long version) {
        return tx.sql("""
                update wechat_token set claimed_until = now() + interval '10 seconds'
                where app_id = $1 and version = $2 and (claimed_until is null or claimed_until <= now())""")
                .bind(appId).bind(version).update() == 1;
    }

    /** The same, by force; and not where one did so since {@code notSince}, even in vain. */
    boolean claimByForce(Tx tx, String appId, long version, OffsetDateTime now, OffsetDateTime notSince) {
        return tx.sql("""
                update wechat_token set claimed_until = now() + interval '10 seconds', forced_at = $3
                where app_id = $1 and version = $2 and (claimed_until is null or claimed_until <= now())
                    and (forced_at is null or forced_at <= $4)""")
                .bind(appId).bind(version).bind(now).bind(notSince).update() == 1;
    }

    /** Whether somebody is about to replace that version. */
    boolean isClaimed(Statements in, String appId, long version) {
        return in.sql("select 1 from wechat_token where app_id = $1 and (version > $2 or claimed_until > now())").bind(appId).bind(version).exists();
    }

    /** False where another has put a newer one there. */
    boolean replace(Tx tx, String appId, long version, byte[] sealed, OffsetDateTime expiresAt) {
        return tx.sql("""
                update wechat_token set version = version + 1, token_sealed = $3, expires_at = $4, claimed_until = null
                where app_id = $1 and version = $2""")
                .bind(appId).bind(version).bind(Buffer.buffer(sealed)).bind(expiresAt).update() == 1;
    }

    void giveUp(Tx tx, String appId, long version) {
        tx.sql("update wechat_token set claimed_until = null where app_id = $1 and version = $2").bind(appId).bind(version).update();
    }
}
