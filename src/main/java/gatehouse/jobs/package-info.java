/**
 * What is done by the clock (定时任务): a timetable, and a runner that claims each run in the database.
 *
 * <p>Owns {@code job_run} and {@code job_known}. A feature gives {@link gatehouse.jobs.Job}s; the rule that makes something late is
 * in the feature's policy as well, a job only marks and tells. A run is claimed by one row, so restarts and further instances never
 * fire twice; a missed hour is caught up as far back as the job says; a run whose owner died is taken over.
 */
@NullMarked
package gatehouse.jobs;

import org.jspecify.annotations.NullMarked;
