package gatehouse;

import gatehouse.audit.AuditJobs;
import gatehouse.delivery.DeliveryJobs;
import gatehouse.door.Doors;
import gatehouse.forms.FormJobs;
import gatehouse.gate.GateJobs;
import gatehouse.health.HealthJobs;
import gatehouse.identity.IdentityJobs;
import gatehouse.jobs.Job;
import gatehouse.jobs.JobRunner;
import gatehouse.jobs.When;
import gatehouse.kernel.Database;
import gatehouse.kernel.IdempotencyKeys;
import gatehouse.kernel.KeyRotation;
import gatehouse.notify.NotifyJobs;
import gatehouse.outing.OutingJobs;
import gatehouse.photo.PhotoJobs;
import gatehouse.sms.ShortMessages;
import gatehouse.ticket.TicketJobs;
import gatehouse.wechat.WeChat;
import gatehouse.wording.Wordings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is done by the clock, and when. The bodies are the features'; the hours stand here, where one can read them together. */
final class Timetable {
    private static final Duration ONE_RUN_IS_ENOUGH = Duration.ofMinutes(1);
    private static final Duration UNTIL_NOON = Duration.ofHours(9);

    /** What only lets go of what is due: also done after a restore, before anybody is let in. */
    static final Set<String> FORGETTING = Set.of("forget-parcels", "forget-tickets", "forget-visitors", "apply-audit-retention", "apply-retention", "sweep-photos",
            "sweep-outing-requests", "sweep-idempotency-keys", "sweep-identity", "sweep-wechat", "sweep-sms", "sweep-outbox", "sweep-job-runs");

    private Timetable() {
    }

    static List<Job> of(Database database, Runnable retention, KeyRotation keys, IdentityJobs identity, HealthJobs health, OutingJobs outing, GateJobs gate, DeliveryJobs delivery,
                        TicketJobs tickets, FormJobs forms, NotifyJobs notify, WeChat weChat, ShortMessages sms, AuditJobs audit, PhotoJobs photos, Doors doors, Wordings wordings) {
        return List.of(
                // each run does all that is due, so an hour missed by more is made up by the next
                Job.onceForAll("escalate-alerts", When.every(1), run -> health.escalateOverdueAlerts()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // the hours of reminders, cut-off and call list are each compound's own, by its policy
                Job.onceForAll("keep-health-day", When.every(1), run -> health.keepTheDay()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // what a night missed is counted the next, and meanwhile read from the reports
                Job.onceForAll("count-temperatures", When.daily(0, 20), run -> health.countTemperatures()).caughtUpWithin(Duration.ofHours(23)),
                Job.onceForAll("mark-late-passes", When.every(1), run -> outing.markLate()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                Job.onceForAll("chase-overdue", When.every(1), run -> gate.chaseOverdue()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                Job.onceForAll("keep-waiting-lines", When.every(1), run -> outing.keepLines()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                Job.onceForAll("keep-door-rounds", When.every(1), run -> doors.keepRounds()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // what a restart or a silent WeChat left unasked
                Job.onceForAll("check-words", When.every(1), run -> wordings.check()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // the hours of reminders and of the way back are each compound's own
                Job.onceForAll("keep-shelves", When.every(1), run -> delivery.keepShelves()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                Job.onceForAll("forget-parcels", When.daily(3, 10), run -> delivery.forget()),
                Job.onceForAll("sweep-outing-requests", When.daily(3, 30), run -> outing.sweepRequests()),
                Job.onceForAll("keep-ticket-time", When.every(1), run -> tickets.keepTime()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // each compound's forms are frozen at the hour of its policy
                Job.onceForAll("freeze-forms", When.every(1), run -> forms.freezeWhatIsDue()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                // one cheap question, unless a key is being rotated
                Job.onceForAll("reseal", When.every(5), run -> keys.walk()).caughtUpWithin(ONE_RUN_IS_ENOUGH),
                Job.onceForAll("sweep-idempotency-keys", When.every(60), run -> database.transact(IdempotencyKeys::sweep)),
                Job.onceForAll("sweep-identity", When.every(60), run -> identity.sweep()),
                Job.onceForAll("watch-audit", When.daily(0, 10), run -> audit.watch()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("apply-audit-retention", When.daily(2, 30), run -> audit.applyRetention()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("apply-retention", When.daily(2, 35), run -> retention.run()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("sweep-photos", When.daily(3, 20), run -> photos.sweep()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("forget-visitors", When.daily(2, 40), run -> gate.forgetVisitors()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("forget-tickets", When.daily(2, 50), run -> tickets.forget()).caughtUpWithin(UNTIL_NOON),
                Job.onceForAll("sweep-job-runs", When.daily(3, 40), run -> JobRunner.sweep(database)),
                Job.onceForAll("sweep-wechat", When.daily(3, 55), run -> weChat.sweep()),
                Job.onceForAll("sweep-sms", When.daily(3, 55), run -> sms.sweep()),
                Job.onceForAll("sweep-outbox", When.daily(3, 50), run -> notify.sweep()));
    }
}
