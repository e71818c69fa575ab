/** Bad examples for the house rules. */
@NullMarked
package gatehouse.architecture.bad.kernel;

import org.jspecify.annotations.NullMarked;
