/**
 * What every feature stands on and no feature owns: the clock, the database, batches, problems, ids and scopes.
 *
 * <p>Nothing in here knows a feature, HTTP or JSON.
 */
@NullMarked
package gatehouse.kernel;

import org.jspecify.annotations.NullMarked;
