/**
 * Health reports 健康上报: two rounds a day (测温, 9:00 and 15:00), own and proxy reports (代报), corrections, missing lists.
 *
 * <p>Owns the tables {@code health_report}, {@code health_report_version}, {@code health_alert}; reads {@code resident} and
 * {@code household}. Promises: an acknowledged report is committed; there is one current report per resident, date and round;
 * a correction keeps what it replaced; a fever (发热) or listed symptom opens an alert in the report's own commit.
 */
@NullMarked
package gatehouse.health;

import org.jspecify.annotations.NullMarked;
