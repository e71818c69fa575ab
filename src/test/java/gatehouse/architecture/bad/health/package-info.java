/** Bad examples for the house rules. */
@NullMarked
package gatehouse.architecture.bad.health;

import org.jspecify.annotations.NullMarked;
