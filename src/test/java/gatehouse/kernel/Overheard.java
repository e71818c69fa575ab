package gatehouse.kernel;

import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** The text of a store's statement, without running it: a benchmark gives another client the very same. */
public final class Overheard {
    private static final class Heard extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Heard(String text) {
            super(text, null, false, false);
        }
    }

    private Overheard() {
    }

    /** The first statement that {@code store} runs. */
    public static String statement(Consumer<Tx> store) {
        var connection = (SqlConnection) Proxy.newProxyInstance(SqlConnection.class.getClassLoader(), new Class<?>[] {SqlConnection.class},
                (proxy, method, arguments) -> {
                    throw new Heard((String) arguments[0]);
                });
        try {
            store.accept(new Tx(connection));
        } catch (Heard heard) {
            return heard.getMessage();
        }
        throw new IllegalStateException("it ran no statement");
    }
}
