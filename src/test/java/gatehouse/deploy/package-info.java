/** What stands around the product in a real compound: nginx, several instances, and their being exchanged while people use them. */
@NullMarked
package gatehouse.deploy;

import org.jspecify.annotations.NullMarked;
