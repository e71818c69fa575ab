package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its parameters, bound one at a time in the order of {@code $1, $2 …} (binding a list of arrays at once would
 * spread the last array), then run: straight down ({@link #list}, {@link #first}, {@link #update}) or as a Future on an event loop.
 */
public final class Sql {
    private final SqlClient client;
    private final String text;
    private final Tuple parameters = Tuple.tuple();

    Sql(SqlClient client, String text) {
        this.client = client;
        this.text = text;
    }

    public Sql bind(@Nullable Object value) {
        parameters.addValue(value);
        return this;
    }

    /** Binds a scope as the next four parameters; see {@link Scope#SEES_HOUSEHOLD}. */
    public Sql within(Scope scope) {
        return bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(scope.households());
    }

    public <T> List<T> list(Function<Row, T> mapper) {
        var rows = Await.on(execute());
        var result = new ArrayList<T>(rows.size());
        for (var row : rows) {
            result.add(mapper.apply(row));
        }
        return result;
    }

    public <T> Optional<T> first(Function<Row, T> mapper) {
        var rows = Await.on(execute()).iterator();
        return rows.hasNext() ? Optional.of(mapper.apply(rows.next())) : Optional.empty();
    }

    /** The one row that there must be, for instance of an aggregate. */
    public <T> T only(Function<Row, T> mapper) {
        return first(mapper).orElseThrow(() -> new IllegalStateException("a row was expected"));
    }

    /** Runs an insert, update or delete; answers the number of rows. */
    public int update() {
        return Await.on(execute().map(SqlResult::rowCount));
    }

    public boolean exists() {
        return Await.on(execute()).size() > 0;
    }

    /** The rows as a Future, for hot reads on an event loop. */
    public Future<RowSet<Row>> execute() {
        return client.preparedQuery(text).execute(parameters).recover(fault -> Future.failedFuture(DatabaseFault.translate(fault)));
    }
}
