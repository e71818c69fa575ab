/** Bad examples for the house rules. */
@NullMarked
package gatehouse.architecture.bad.http;

import org.jspecify.annotations.NullMarked;
