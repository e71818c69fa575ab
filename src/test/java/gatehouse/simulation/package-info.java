/**
 * Whole days of the field, played through the API against two instances by a clock that is moved: what everybody did is counted beside
 * the product, in plain Java that shares nothing with it, and compared with what the product says.
 */
@NullMarked
package gatehouse.simulation;

import org.jspecify.annotations.NullMarked;
