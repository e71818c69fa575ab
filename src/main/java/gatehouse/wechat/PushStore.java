package gatehouse.wechat;

import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What WeChat told, once each. */
final class PushStore {
    /** No statement of this transaction takes longer, nor waits longer for another's row. */
    void hurry(Tx tx, Duration most) {
        tx.sql("select set_config('statement_timeout', $1, true)").bind(Long.toString(most.toMillis())).exists();
    }

    /** False where it was told before. */
    boolean isNew(Tx tx, String appId, byte[] contentHash, String event, OffsetDateTime now) {
        return tx.sql("insert into wechat_push (app_id, content_hash, event, received_at) values ($1, $2, $3, $4) on conflict do nothing")
                .bind(appId).bind(Buffer.buffer(contentHash)).bind(event).bind(now).update() == 1;
    }

    Optional<Addressee> person(Tx tx, String appId, byte[] openidHash) {
        return tx.sql("select compound_id, account_id from wechat_login where app_id = $1 and openid_hash = $2").bind(appId).bind(Buffer.buffer(openidHash))
                .first(row -> new Addressee(row.getUUID(0), row.getUUID(1)));
    }

    int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from wechat_push where received_at < $1").bind(before).update();
    }
}
