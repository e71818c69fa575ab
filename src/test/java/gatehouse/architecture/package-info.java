/** The house's rules as tests, and for each rule something in {@code bad} that breaks it, so that every rule is seen red in every run. */
@NullMarked
package gatehouse.architecture;

import org.jspecify.annotations.NullMarked;
