package gatehouse.kernel;

import io.vertx.sqlclient.SqlConnection;

/** An open transaction, handed to stores. It lives on the virtual thread that opened it and ends with the body that got it. */
public final class Tx implements Statements {
    private final SqlConnection connection;

    Tx(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public Sql sql(String text) {
        return new Sql(connection, text);
    }
}
