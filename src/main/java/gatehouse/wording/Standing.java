package gatehouse.wording;

import org.jspecify.annotations.Nullable;

/** How words stand that are not simply shown; {@code answer}: why they were refused. */
public record Standing(WordingState state, @Nullable String answer) {
}
