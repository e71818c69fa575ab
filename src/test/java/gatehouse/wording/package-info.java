/** Words that other residents read. */
@NullMarked
package gatehouse.wording;

import org.jspecify.annotations.NullMarked;
