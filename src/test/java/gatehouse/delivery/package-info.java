@NullMarked
package gatehouse.delivery;

import org.jspecify.annotations.NullMarked;
