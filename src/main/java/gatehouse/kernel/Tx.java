package gatehouse.kernel;

import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** An open transaction, handed to stores. It lives on the virtual thread that opened it and ends with the body that got it. */
public final class Tx implements Statements {
    private final SqlConnection connection;
    private final Set<UUID> changed = new HashSet<>();
    private int statementsLeft;

    Tx(SqlConnection connection) {
        this(connection, Integer.MAX_VALUE);
    }

    private Tx(SqlConnection connection, int statements) {
        this.connection = connection;
        this.statementsLeft = statements;
    }

    /** One that has not been begun and ends with its only statement. */
    static Tx ofOneStatement(SqlConnection connection) {
        return new Tx(connection, 1);
    }

    @Override
    public Sql sql(String text) {
        if (statementsLeft-- == 0) {
            throw new IllegalStateException("a transaction of one statement has no second");
        }
        return new Sql(connection, text);
    }

    /** With this commit the figures of that compound are not what they were: whoever watches them is told after it, see {@link Changes}. */
    public void changes(UUID compoundId) {
        changed.add(compoundId);
    }

    Set<UUID> changed() {
        return changed;
    }
}
