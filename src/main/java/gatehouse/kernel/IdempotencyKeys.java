package gatehouse.kernel;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of idempotency keys: claimed before the effect, kept with its answer in the same transaction. */
public final class IdempotencyKeys {
    private IdempotencyKeys() {
    }

    /** False where the key is taken. Waits for a transaction that is about to take it, so fifty at once make one effect. */
    static boolean claim(Tx tx, IdempotencyKey key) {
        return tx.sql("""
                insert into idempotency_key (compound_id, account_id, key, request_hash, created_at)
                values ($1, $2, $3, $4, now())
                on conflict do nothing""")
                .bind(key.compoundId()).bind(key.accountId()).bind(key.key()).bind(Buffer.buffer(key.requestHash()))
                .update() == 1;
    }

    static void keep(Tx tx, IdempotencyKey key, Answer answer) {
        tx.sql("update idempotency_key set status = $4, answer = $5 where compound_id = $1 and account_id = $2 and key = $3")
                .bind(key.compoundId()).bind(key.accountId()).bind(key.key()).bind(answer.status()).bind(answer.json())
                .update();
    }

    static Answer replay(Tx tx, IdempotencyKey key) {
        return tx.sql("""
                select request_hash, status, answer from idempotency_key
                where compound_id = $1 and account_id = $2 and key = $3""")
                .bind(key.compoundId()).bind(key.accountId()).bind(key.key())
                .only(row -> answerFor(key, row.getBuffer("request_hash"), row.getInteger("status"), row.getString("answer")));
    }

    /**
     * For batches: the answers already given to some of these keys, by key. A key that was used for another request maps to a
     * {@link Problem} in the caller's hands, so values are either {@link Answer} or {@link Problem}.
     */
    public static Map<IdempotencyKey, Object> answered(Tx tx, List<IdempotencyKey> keys) {
        var found = new HashMap<IdempotencyKey, Object>();
        if (keys.isEmpty()) {
            return found;
        }
        var byKey = new HashMap<UUID, List<IdempotencyKey>>();
        keys.forEach(key -> byKey.computeIfAbsent(key.key(), k -> new java.util.ArrayList<>()).add(key));
        tx.sql("""
                select compound_id, account_id, key, request_hash, status, answer from idempotency_key
                where (compound_id, account_id, key) in (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]))""")
                .bind(column(keys, IdempotencyKey::compoundId)).bind(column(keys, IdempotencyKey::accountId))
                .bind(column(keys, IdempotencyKey::key))
                .list(row -> {
                    for (var key : byKey.get(row.getUUID("key"))) {
                        if (key.accountId().equals(row.getUUID("account_id")) && key.compoundId().equals(row.getUUID("compound_id"))) {
                            found.put(key, answerOrProblem(key, row.getBuffer("request_hash"), row.getInteger("status"),
                                    row.getString("answer")));
                        }
                    }
                    return row;
                });
        return found;
    }

    /** For batches: keeps all answers at once; false where one of the keys was taken meanwhile (the batch must then be undone). */
    public static boolean keepAll(Tx tx, List<IdempotencyKey> keys, List<Answer> answers) {
        if (keys.isEmpty()) {
            return true;
        }
        var hashes = keys.stream().map(key -> Buffer.buffer(key.requestHash())).toArray(Buffer[]::new);
        return tx.sql("""
                insert into idempotency_key (compound_id, account_id, key, request_hash, status, answer, created_at)
                select *, now() from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::smallint[], $6::text[])
                order by 1, 2, 3
                on conflict do nothing""")
                .bind(column(keys, IdempotencyKey::compoundId)).bind(column(keys, IdempotencyKey::accountId))
                .bind(column(keys, IdempotencyKey::key)).bind(hashes)
                .bind(answers.stream().map(answer -> (short) answer.status()).toArray(Short[]::new))
                .bind(answers.stream().map(Answer::json).toArray(String[]::new))
                .update() == keys.size();
    }

    /** Forgets what is older than two days, by the database's own clock, which also stamped it. For a job. */
    public static int sweep(Tx tx) {
        return tx.sql("delete from idempotency_key where created_at < now() - interval '48 hours'").update();
    }

    private static UUID[] column(List<IdempotencyKey> keys, java.util.function.Function<IdempotencyKey, UUID> field) {
        return keys.stream().map(field).toArray(UUID[]::new);
    }

    private static Answer answerFor(IdempotencyKey key, Buffer hash, int status, String json) {
        if (!Arrays.equals(hash.getBytes(), key.requestHash())) {
            throw Problem.of(ProblemType.KEY_REUSED);
        }
        return new Answer(status, json, true);
    }

    private static Object answerOrProblem(IdempotencyKey key, Buffer hash, int status, String json) {
        try {
            return answerFor(key, hash, status, json);
        } catch (Problem reused) {
            return reused;
        }
    }
}
