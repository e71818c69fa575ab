/** Bad examples for the house rules. */
@NullMarked
package gatehouse.architecture.bad.registry;

import org.jspecify.annotations.NullMarked;
