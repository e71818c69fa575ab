package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its parameters, bound one at a time in the order of {@code $1, $2 …} (binding a list of arrays at once would
 * spread the last array), then run: straight down ({@link #list}, {@link #first}, {@link #update}) or as a Future on an event loop.
 */
public final class Sql {
    private final SqlClient client;
    private final String text;
    private final Tuple parameters;

    Sql(SqlClient client, String text) {
        this(client, text, Tuple.tuple());
    }

    private Sql(SqlClient client, String text, Tuple parameters) {
        this.client = client;
        this.text = text;
        this.parameters = parameters;
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

    /**
     * Hands over the rows of a select one by one, read by a cursor {@code batchRows} at a time, so that never more of them than that
     * are in memory; only within a transaction.
     */
    public void each(int batchRows, Consumer<Row> reader) {
        if (!(client instanceof SqlConnection connection)) {
            throw new IllegalStateException("a cursor lives within a transaction");
        }
        var statement = Await.on(translated(connection.prepare(text)));
        var cursor = statement.cursor(parameters);
        try {
            do {
                Await.on(translated(cursor.read(batchRows))).forEach(reader);
            } while (cursor.hasMore());
        } finally {
            // Where the connection is lost there is nothing left to close.
            cursor.close();
            statement.close();
        }
    }

    /** How many rows this select would give. */
    public long count() {
        return new Sql(client, "select count(*) as rows from (" + text + ") as counted", parameters).only(row -> row.getLong("rows"));
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
        return translated(client.preparedQuery(text).execute(parameters));
    }

    private static <T> Future<T> translated(Future<T> future) {
        return future.recover(fault -> Future.failedFuture(DatabaseFault.translate(fault)));
    }
}
