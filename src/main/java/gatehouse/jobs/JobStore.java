package gatehouse.jobs;

import gatehouse.jobs.DailySchedule.Due;
import gatehouse.kernel.Database;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Claims of runs. Leases go by the database's clock, one for all instances; the hours themselves by the business clock. */
final class JobStore {
    /** Stands where a compound would, for a job that is done once for all. */
    static final UUID ALL_COMPOUNDS = new UUID(0, 0);
    private static final UUID NOBODY = new UUID(0, 0);

    private JobStore() {
    }

    /** What became of the wish to run something. */
    sealed interface Claim {
        /** It is ours to run. */
        record Ours(int attempt) implements Claim {
        }

        /** Somebody runs it, or a failed attempt rests. */
        record Busy() implements Claim {
        }

        /** It was done, or given up. */
        record Settled() implements Claim {
        }
    }

    record Compound(UUID id, OffsetDateTime createdAt) {
    }

    static Claim claim(Database database, UUID compound, Due due, UUID owner, Duration lease) {
        return database.<Claim>transact(tx -> key(tx.sql("""
                insert into job_run as r (compound_id, job, business_date, slot, owner, attempt, lease_until, claimed_at)
                values ($1, $2, $3, $4, $5, 1, now() + $6 * interval '1 millisecond', now())
                on conflict (compound_id, job, business_date, slot) do update
                    set owner = excluded.owner, attempt = r.attempt + 1, lease_until = excluded.lease_until, claimed_at = now()
                    where r.finished_at is null and r.gave_up_at is null and r.lease_until < now()
                returning attempt"""), compound, due)
                .bind(owner).bind((double) lease.toMillis())
                .<Claim>first(row -> new Claim.Ours(row.getInteger("attempt")))
                .orElseGet(() -> isSettled(tx, compound, due) ? new Claim.Settled() : new Claim.Busy()));
    }

    private static boolean isSettled(Tx tx, UUID compound, Due due) {
        return key(tx.sql("""
                select 1 from job_run where compound_id = $1 and job = $2 and business_date = $3 and slot = $4
                    and (finished_at is not null or gave_up_at is not null)"""), compound, due).exists();
    }

    private static Sql key(Sql sql, UUID compound, Due due) {
        return sql.bind(compound).bind(due.job()).bind(due.businessDate()).bind(due.slot());
    }

    private static Sql key(Sql sql, JobRun run) {
        return key(sql, run.compoundId().orElse(ALL_COMPOUNDS), run.due()).bind(run.owner()).bind(run.attempt());
    }

    /** False where the run is no longer ours. */
    static boolean finish(Tx tx, JobRun run) {
        return key(tx.sql("""
                update job_run set finished_at = now(), last_fault = null
                where compound_id = $1 and job = $2 and business_date = $3 and slot = $4 and owner = $5 and attempt = $6
                    and finished_at is null and gave_up_at is null"""), run).update() == 1;
    }

    /** Lets a failed run rest for {@code pause}, or gives it up for good. Nobody owns a resting run. */
    static void failed(Tx tx, JobRun run, boolean forGood, Duration pause, String fault) {
        key(tx.sql("""
                update job_run set owner = $10, lease_until = now() + $8 * interval '1 millisecond',
                    gave_up_at = case when $7 then now() end, last_fault = $9
                where compound_id = $1 and job = $2 and business_date = $3 and slot = $4 and owner = $5 and attempt = $6
                    and finished_at is null and gave_up_at is null"""), run)
                .bind(forGood).bind((double) pause.toMillis()).bind(fault).bind(NOBODY)
                .update();
    }

    /** Tells that this instance is alive: what it runs stays its own. */
    static void prolong(Tx tx, UUID owner, Duration lease) {
        tx.sql("""
                update job_run set lease_until = now() + $2 * interval '1 millisecond'
                where owner = $1 and finished_at is null and gave_up_at is null""")
                .bind(owner).bind((double) lease.toMillis()).update();
    }

    /** Since when each of these jobs is known, noting {@code now} for the new ones. */
    static Map<String, OffsetDateTime> knownSince(Database database, List<String> jobs, OffsetDateTime now) {
        return database.transact(tx -> {
            var names = jobs.toArray(String[]::new);
            tx.sql("""
                    insert into job_known (job, known_since) select name, $2 from unnest($1::text[]) as j (name) order by name
                    on conflict do nothing""").bind(names).bind(now).update();
            var since = new HashMap<String, OffsetDateTime>();
            tx.sql("select job, known_since from job_known where job = any($1)").bind(names)
                    .list(row -> since.put(row.getString("job"), row.getOffsetDateTime("known_since")));
            return since;
        });
    }

    static List<Compound> compounds(Statements db) {
        return db.sql("select id, created_at from compound order by id")
                .list(row -> new Compound(row.getUUID("id"), row.getOffsetDateTime("created_at")));
    }

    /** Forgets runs of more than 90 days ago, longer than any job looks back. */
    static int sweep(Tx tx) {
        return tx.sql("delete from job_run where business_date < current_date - 90").update();
    }
}
