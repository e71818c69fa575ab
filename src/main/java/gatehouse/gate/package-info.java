/**
 * The gate 门岗: who goes out and comes in (进出), visitors (访客) and emergency vehicles.
 *
 * <p>Owns {@code visit}, {@code visit_event} and {@code emergency_entry}; reads {@code household} and {@code gate}, and asks health
 * for the {@link gatehouse.health.VisitStanding} of a household.
 *
 * <p>Promises: a visitor's code cannot be guessed and is held by no table; whoever is turned back is on record with the reason; a
 * guard acts at their own gates only and reads no ID number; an emergency vehicle waits for nobody's papers.
 */
@NullMarked
package gatehouse.gate;

import org.jspecify.annotations.NullMarked;
