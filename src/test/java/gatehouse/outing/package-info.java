@NullMarked
package gatehouse.outing;

import org.jspecify.annotations.NullMarked;
