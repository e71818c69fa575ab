package gatehouse.identity;

import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sessions; the reading of many at once is on the way of every request. */
final class SessionStore {
    private final Database database;

    enum EndReason { LOGOUT, REUSE, ACCOUNT_CHANGED }

    /** A session by its key. */
    record Key(UUID compoundId, UUID id) {
    }

    /** A session and its account as they are at this moment. */
    record Live(boolean ended, OffsetDateTime expiresAt, int accountVersion, boolean disabled) {
    }

    record Stored(UUID accountId, byte[] presentHash, Optional<byte[]> previousHash, SessionPolicy.Course course) {
        SessionPolicy.Shown shown(RefreshToken token) {
            var hash = token.hash();
            if (MessageDigest.isEqual(hash, presentHash)) {
                return SessionPolicy.Shown.PRESENT;
            }
            boolean previous = previousHash.isPresent() && MessageDigest.isEqual(hash, previousHash.get());
            return previous ? SessionPolicy.Shown.PREVIOUS : SessionPolicy.Shown.OLDER;
        }
    }

    SessionStore(Database database) {
        this.database = database;
    }

    /** The living state of these sessions by id; what is missing does not exist. One statement, whatever their number. */
    Map<UUID, Live> live(List<Key> keys) {
        var found = new HashMap<UUID, Live>(keys.size() * 2);
        database.sql("""
                select s.id, s.ended_at is not null as ended, s.expires_at, a.version, a.disabled_at is not null as disabled
                from unnest($1::uuid[], $2::uuid[]) asked (compound_id, id)
                join session s on s.compound_id = asked.compound_id and s.id = asked.id
                join account a on a.compound_id = s.compound_id and a.id = s.account_id""")
                .bind(keys.stream().map(Key::compoundId).toArray(UUID[]::new)).bind(keys.stream().map(Key::id).toArray(UUID[]::new))
                .list(row -> found.put(row.getUUID(0),
                        new Live(row.getBoolean(1), row.getOffsetDateTime(2), row.getInteger(3), row.getBoolean(4))));
        return found;
    }

    void open(Tx tx, RefreshToken token, Profile account, OffsetDateTime now) {
        tx.sql("""
                insert into session (compound_id, id, account_id, account_version, refresh_hash, rotated_at, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $6, $7)""")
                .bind(token.compoundId()).bind(token.sessionId()).bind(account.id()).bind(account.version())
                .bind(Buffer.buffer(token.hash())).bind(now).bind(now.plus(SessionPolicy.LIFETIME)).update();
    }

    /** Locked until the transaction ends, so that of two refreshes at once one sees what the other did. */
    Optional<Stored> lock(Tx tx, UUID compound, UUID session) {
        return tx.sql("""
                select account_id, refresh_hash, previous_refresh_hash, rotated_at, expires_at, ended_at is not null as ended
                from session where compound_id = $1 and id = $2 for update""")
                .bind(compound).bind(session)
                .first(row -> new Stored(row.getUUID("account_id"), row.getBuffer("refresh_hash").getBytes(),
                        Optional.ofNullable(row.getBuffer("previous_refresh_hash")).map(Buffer::getBytes),
                        new SessionPolicy.Course(row.getOffsetDateTime("rotated_at"), row.getOffsetDateTime("expires_at"), row.getBoolean("ended"))));
    }

    /** Makes {@code next} the session's token where {@code present} still is; the session lives on from now. */
    boolean rotate(Tx tx, RefreshToken present, RefreshToken next, int accountVersion, OffsetDateTime now) {
        return tx.sql("""
                update session set previous_refresh_hash = refresh_hash, refresh_hash = $4, rotated_at = $5, expires_at = $6, account_version = $7
                where compound_id = $1 and id = $2 and refresh_hash = $3 and ended_at is null""")
                .bind(present.compoundId()).bind(present.sessionId()).bind(Buffer.buffer(present.hash()))
                .bind(Buffer.buffer(next.hash())).bind(now).bind(now.plus(SessionPolicy.LIFETIME)).bind(accountVersion)
                .update() == 1;
    }

    void end(Tx tx, UUID compound, UUID session, EndReason reason, OffsetDateTime now) {
        tx.sql("update session set ended_at = $3, end_reason = $4 where compound_id = $1 and id = $2 and ended_at is null")
                .bind(compound).bind(session).bind(now).bind(reason.name()).update();
    }

    void endOthers(Tx tx, UUID compound, UUID account, UUID kept, OffsetDateTime now) {
        tx.sql("""
                update session set ended_at = $4, end_reason = 'ACCOUNT_CHANGED'
                where compound_id = $1 and account_id = $2 and id <> $3 and ended_at is null""")
                .bind(compound).bind(account).bind(kept).bind(now).update();
    }

    void endAll(Tx tx, UUID compound, UUID account, OffsetDateTime now) {
        tx.sql("""
                update session set ended_at = $3, end_reason = 'ACCOUNT_CHANGED'
                where compound_id = $1 and account_id = $2 and ended_at is null""")
                .bind(compound).bind(account).bind(now).update();
    }

    int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from session where expires_at < $1 or ended_at < $1").bind(before).update();
    }
}
