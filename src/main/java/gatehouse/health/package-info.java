/**
 * Health reports 健康上报: two rounds a day (测温, 9:00 and 15:00), own and proxy reports (代报), corrections, missing lists; and
 * alerts (发热预警), worked from the report to their end.
 *
 * <p>Also the risk list (中高风险地区), travel declarations (旅居史) and home observation (居家观察): one open per person, released by
 * staff on its date only, with all tests negative; who is under it is read by their own household, the office, the health centre and
 * the grid worker of the building, and by nobody else.
 *
 * <p>Owns {@code risk_region}, {@code travel_declaration}, {@code travel_stay}, {@code travel_test}, {@code observation}, {@code observation_event}, and the tables {@code health_report}, {@code health_report_version}, {@code health_alert}, {@code health_alert_step},
 * {@code health_alert_report}, {@code health_day_mark}, {@code health_round_count}, {@code health_knock}; reads {@code resident} and {@code household}. Promises: an acknowledged report is committed; there is
 * one current report per resident, date and round; a correction keeps what it replaced; a fever (发热) or listed symptom opens an
 * alert in the report's own commit, or joins the one that is not closed; steps and joined reports of an alert are only ever appended;
 * what nobody acknowledges in time goes to the health centre (卫生服务中心) and the subdistrict (街道) by the clock; an alert ends only
 * when a person closes it. By the clock, each once a day and compound, at the hours of its policy: what is due in observations (今日待办), reminders (催报), the cut-off with
 * its counts (截止), the call list (电话名单). Whom no reminder reached is on the list of doors (上门名单).
 */
@NullMarked
package gatehouse.health;

import org.jspecify.annotations.NullMarked;
