package gatehouse;

import gatehouse.identity.IdentityJobs;
import gatehouse.jobs.Job;
import gatehouse.jobs.JobRunner;
import gatehouse.jobs.When;
import gatehouse.kernel.Database;
import gatehouse.kernel.IdempotencyKeys;
import gatehouse.notify.NotifyJobs;
import java.util.List;

/** What is done by the clock, and when. The bodies are the features'; the hours stand here, where one can read them together. */
final class Timetable {
    private Timetable() {
    }

    static List<Job> of(Database database, IdentityJobs identity, NotifyJobs notify) {
        return List.of(
                Job.onceForAll("sweep-idempotency-keys", When.every(60), run -> database.transact(IdempotencyKeys::sweep)),
                Job.onceForAll("sweep-identity", When.every(60), run -> identity.sweep()),
                Job.onceForAll("sweep-job-runs", When.daily(3, 40), run -> JobRunner.sweep(database)),
                Job.onceForAll("sweep-outbox", When.daily(3, 50), run -> notify.sweep()));
    }
}
