/**
 * Outing passes 出入证: permission for one outing (一次出行), within a slot (出行时段) of a gate (门岗), shown as a code that changes every
 * 30 seconds or printed on a card.
 *
 * <p>Owns {@code outing_pass}, {@code outing_pass_event}, {@code outing_request}, {@code outing_slot}, {@code outing_gate_day},
 * {@code outing_quota_day}, {@code outing_wait} and {@code outing_buyer}; reads {@code resident}, {@code household} and {@code control_level}, and asks health for the
 * {@link gatehouse.health.HealthStanding} of people.
 *
 * <p>A request walks: {@link gatehouse.outing.OutingRoutes} → {@link gatehouse.outing.OutingIntake} (whatever arrives meanwhile is one
 * list and one transaction) → {@link gatehouse.outing.OutingPolicy} → {@link gatehouse.outing.OutingStore} → commit → answer. Staff's
 * verbs and the family's cancelling are in {@link gatehouse.outing.OutingActions}.
 *
 * <p>Promises: a household has at most one supplies outing within the days of its quota, whatever is asked at once; a slot is never
 * oversold; a pass is answered after its commit; a child gets none; a medical outing is never refused but for its slot; every
 * request is kept with the facts that it was judged by; a pass's history is only appended; a code holds nothing of a person.
 */
@NullMarked
package gatehouse.outing;

import org.jspecify.annotations.NullMarked;
