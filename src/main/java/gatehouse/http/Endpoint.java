package gatehouse.http;

import io.vertx.core.Future;
import java.util.function.Function;

/** One operation of the contract, who may call it, and the method that does it. */
public record Endpoint(String operationId, Allow allow, Handling handling) {

    /** How an endpoint's method wants to be run. */
    public sealed interface Handling {
        /** On a virtual thread of its own, written straight down; it may wait for the database. */
        record StraightDown(Function<Request, Reply> method) implements Handling {
        }

        /** On the event loop; it must not wait, and answers later. For hot reads and for what goes through a batcher. */
        record Hot(Function<Request, Future<Reply>> method) implements Handling {
        }

        /** Answers with events for as long as both sides like. The method only says where they come from, and must not wait. */
        record Streaming(Function<Request, Sse.Source> method) implements Handling {
        }
    }

    public static Endpoint of(String operationId, Allow allow, Function<Request, Reply> method) {
        return new Endpoint(operationId, allow, new Handling.StraightDown(method));
    }

    public static Endpoint hot(String operationId, Allow allow, Function<Request, Future<Reply>> method) {
        return new Endpoint(operationId, allow, new Handling.Hot(method));
    }

    public static Endpoint streaming(String operationId, Allow allow, Function<Request, Sse.Source> method) {
        return new Endpoint(operationId, allow, new Handling.Streaming(method));
    }
}
