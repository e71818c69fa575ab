package gatehouse.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is the place where the following page begins, null on the last. */
public record Page<T>(List<T> items, @Nullable String next) {

    /** What a caller asked for: at most {@code limit} items that come after {@code after} (null: from the beginning). */
    public record Request(int limit, @Nullable String after) {
        /** How many rows to select: one more than is shown, to learn whether there is a next page. */
        public int rows() {
            return limit + 1;
        }
    }

    /** Cuts {@code rows} (selected by {@link Request#rows}) to a page; {@code place} is a row's key in the list's order. */
    public static <T> Page<T> cut(List<T> rows, Request request, Function<T, String> place) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        var shown = rows.subList(0, request.limit());
        return new Page<>(shown, place.apply(shown.getLast()));
    }

    public <R> Page<R> map(Function<T, R> mapper) {
        var mapped = new ArrayList<R>(items.size());
        items.forEach(item -> mapped.add(mapper.apply(item)));
        return new Page<>(mapped, next);
    }
}
