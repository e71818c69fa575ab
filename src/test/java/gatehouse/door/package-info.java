@NullMarked
package gatehouse.door;

import org.jspecify.annotations.NullMarked;
