package gatehouse.kernel;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.TransactionRollbackException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells a database that is gone or full from one that objects, so that callers get a 503 for the first and nobody ever reads SQL. */
final class DatabaseFault {
    private static final Set<String> WORTH_A_RETRY = Set.of("40001", "40P01");
    private static final String KEY_TAKEN = "23505";
    /** Connection, resources, operator intervention (shutdown, starting up), and read-only after a failover. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57");
    private static final String READ_ONLY_TRANSACTION = "25006";

    private DatabaseFault() {
    }

    static Throwable translate(Throwable fault) {
        return switch (fault) {
            case PgException pg when isUnavailable(pg.getSqlState()) -> Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            case PgException pg -> pg;
            case TransactionRollbackException swallowed -> swallowed;
            case ClosedConnectionException closed -> Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            case IOException io -> Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            case VertxException pool when String.valueOf(pool.getMessage()).contains("wait queue") ->
                    Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
            case VertxException bug when isWrongParameter(bug) -> new IllegalArgumentException("a parameter does not fit its statement");
            case VertxException other -> Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            case TimeoutException late -> Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            default -> fault;
        };
    }

    /** The client's own message quotes the value, which may be somebody's phone number. */
    private static boolean isWrongParameter(VertxException fault) {
        var message = String.valueOf(fault.getMessage());
        return message.startsWith("Parameter at position") || message.startsWith("The number of parameters");
    }

    private static boolean isUnavailable(String sqlState) {
        return sqlState != null && (UNAVAILABLE_CLASSES.contains(sqlState.substring(0, 2)) || READ_ONLY_TRANSACTION.equals(sqlState));
    }

    static boolean isWorthARetry(Throwable fault) {
        return fault instanceof PgException pg && pg.getSqlState() != null && WORTH_A_RETRY.contains(pg.getSqlState());
    }

    /** Others wrote at the same moment, and were first. */
    static boolean isCollision(Throwable fault) {
        return isWorthARetry(fault) || fault instanceof PgException pg && KEY_TAKEN.equals(pg.getSqlState());
    }
}
