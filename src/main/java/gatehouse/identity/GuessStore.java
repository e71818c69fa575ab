package gatehouse.identity;

import gatehouse.identity.GuessPolicy.Counter;
import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Counters of failed guesses, shared by all instances. */
final class GuessStore {
    /** The counter, locked until the transaction ends; a fresh one where there was none. */
    Counter lock(Tx tx, Subject subject, byte[] hash, OffsetDateTime now) {
        return tx.sql("""
                insert into guess_counter (subject, subject_hash, failures, first_failed_at, last_failed_at) values ($1, $2, 0, $3, $3)
                on conflict (subject, subject_hash) do update set failures = guess_counter.failures
                returning failures, first_failed_at, last_failed_at""")
                .bind(subject.name()).bind(Buffer.buffer(hash)).bind(now)
                .only(row -> new Counter(row.getInteger("failures"), row.getOffsetDateTime("first_failed_at"),
                        row.getOffsetDateTime("last_failed_at")));
    }

    void keep(Tx tx, Subject subject, byte[] hash, Counter counter) {
        tx.sql("""
                update guess_counter set failures = $3, first_failed_at = $4, last_failed_at = $5
                where subject = $1 and subject_hash = $2""")
                .bind(subject.name()).bind(Buffer.buffer(hash)).bind(counter.failures()).bind(counter.firstFailedAt())
                .bind(counter.lastFailedAt()).update();
    }

    void forget(Tx tx, Subject subject, byte[] hash) {
        tx.sql("delete from guess_counter where subject = $1 and subject_hash = $2")
                .bind(subject.name()).bind(Buffer.buffer(hash)).update();
    }

    void forgiveOne(Tx tx, Subject subject, byte[] hash) {
        tx.sql("update guess_counter set failures = failures - 1 where subject = $1 and subject_hash = $2 and failures > 0")
                .bind(subject.name()).bind(Buffer.buffer(hash)).update();
    }

    /** To the day, because sessions go on every quarter of an hour. */
    void rememberSource(Tx tx, UUID compound, UUID account, byte[] sourceHash, OffsetDateTime now) {
        tx.sql("""
                insert into known_source (compound_id, account_id, source_hash, last_good_at) values ($1, $2, $3, $4)
                on conflict (compound_id, account_id, source_hash) do update set last_good_at = excluded.last_good_at
                    where known_source.last_good_at < excluded.last_good_at - interval '1 day'""")
                .bind(compound).bind(account).bind(Buffer.buffer(sourceHash)).bind(now).update();
    }

    int sweepCounters(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from guess_counter where last_failed_at < $1").bind(before).update();
    }

    int sweepSources(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from known_source where last_good_at < $1").bind(before).update();
    }
}
