/**
 * The process: its configuration, the order in which it starts, and how it stops. Knows every feature; no feature knows it.
 *
 * <p>Promises: a wrong configuration names every fault at once; a failed start says one clear thing and exits with a code other than 0;
 * SIGTERM lets running requests finish and stops everything that was started, in the reverse order, within 10 seconds.
 */
@NullMarked
package gatehouse;

import org.jspecify.annotations.NullMarked;
