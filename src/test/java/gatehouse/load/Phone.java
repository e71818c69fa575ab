package gatehouse.load;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Sends a request again and again until it is answered with more than "later", and notes how it was put off. */
final class Phone {
    private static final int PAUSE_MILLIS = 40;

    private final IntSupplier port;
    private final AtomicInteger again = new AtomicInteger();
    private final Queue<String> rude = new ConcurrentLinkedQueue<>();

    Phone(IntSupplier port) {
        this.port = port;
    }

    /** The request must bear a key or a nonce, so that it does no harm when it comes twice. */
    Line.Reply untilAnswered(String path, List<String> headers, String body) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            if (attempt > 1) {
                again.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
            try (var line = new Line(port.getAsInt())) {
                var reply = line.post(path, headers, body);
                if (reply.status() != 503) {
                    return reply;
                }
                if (reply.headers().stream().noneMatch(header -> header.startsWith("retry-after:"))) {
                    rude.add("503 without Retry-After: " + path);
                }
            } catch (IOException gone) {
                // killed or cut; it is sent again
                continue;
            }
        }
    }

    int sentAgain() {
        return again.get();
    }

    /** 503 that do not say when to come again, as sentences. */
    List<String> rude() {
        return List.copyOf(rude);
    }
}
