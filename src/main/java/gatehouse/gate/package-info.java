/**
 * The gate 门岗: who goes out and comes in (进出), visitors (访客) and emergency vehicles.
 *
 * <p>Owns {@code gate_scan}, {@code gate_conflict_review}, {@code visit}, {@code visit_event} and {@code emergency_entry}; reads {@code household}, {@code gate} and what passes
 * are judged by, and writes the states {@code OUT} and {@code RETURNED} of {@code outing_pass} with their events, in the statement that keeps a
 * scan. Asks outing for {@link gatehouse.outing.PassCodes} and {@link gatehouse.outing.PassConditions}, health for the
 * {@link gatehouse.health.VisitStanding} of a household.
 *
 * <p>A scan walks: {@link gatehouse.gate.GateRoutes} → {@link gatehouse.gate.GateActions} (the code is read by computing alone; whatever arrives
 * meanwhile is one list) → one statement that reads → {@link gatehouse.gate.GatePolicy} → one that writes → commit → answer.
 *
 * <p>Promises: a pass goes out once, however many gates scan it at once; the same nonce is one scan; every scan is kept, also a refused one; who
 * went through at a gate without network is a movement, marked where the rules say otherwise; a fever opens its alert before the scan is
 * answered; a visitor's code cannot be guessed and is held by no table; a guard acts at their own gates only, and reads no resident's name,
 * no ID number and no diagnosis in words; an emergency vehicle waits for nobody's papers; what a
 * gate without network writes down arrives once, with its time; who a visitor was is forgotten when the compound's days are over.
 */
@NullMarked
package gatehouse.gate;

import org.jspecify.annotations.NullMarked;
