package gatehouse.http;

import io.vertx.core.Future;

/** Tells who a bearer token belongs to, now; fails with a {@code NOT_LOGGED_IN} problem otherwise. Runs on the event loop. */
@FunctionalInterface
public interface Authenticator {
    Future<Caller> callerOf(String bearerToken);
}
