package gatehouse.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits until nobody comes through the door any more. That nothing is heard is no sign by itself: a door that gets no processor hears
 * nothing either, while requests lie unread before it. So it knocks at itself: what lay there before a knock was read when the knock is
 * answered. And as long as a knock takes, so slow are those outside; they are given the time of several.
 */
final class Farewell {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int KNOCKS_OF_QUIET = 10;
    private static final int QUIETS_AT_MOST = 10;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PAUSE_MILLIS = 30;
    private static final byte[] KNOCK = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final int port;
    private final int loops;
    private final BooleanSupplier isEverybodyAnswered;
    private final LongSupplier arrivals;
    private final long begin = System.nanoTime();
    private long slowestKnock;

    /**
     * Of a door that listens at that address on so many event loops.
     *
     * @param arrivals how many came until now, without probes
     */
    Farewell(String host, int port, int loops, BooleanSupplier isEverybodyAnswered, LongSupplier arrivals) {
        this.host = host;
        this.port = port;
        this.loops = loops;
        this.isEverybodyAnswered = isEverybodyAnswered;
        this.arrivals = arrivals;
    }

    /** Until it is quiet, three seconds at most; on a machine that is slow by its own knocks, ten. */
    void await() {
        long quietSince = begin;
        long seen = arrivals.getAsLong();
        while (System.nanoTime() - begin < Math.min(LONGEST_NANOS, QUIETS_AT_MOST * quiet())) {
            long knocked = System.nanoTime();
            boolean heard = knock();
            slowestKnock = Math.max(slowestKnock, System.nanoTime() - knocked);
            if (!heard || !isEverybodyAnswered.getAsBoolean() || arrivals.getAsLong() != seen) {
                seen = arrivals.getAsLong();
                quietSince = System.nanoTime();
            } else if (knocked - quietSince >= quiet()) {
                return;
            }
            if (!paused()) {
                return;
            }
        }
    }

    private long quiet() {
        return Math.max(QUIET_NANOS, KNOCKS_OF_QUIET * slowestKnock);
    }

    /** New connections go to the loops in turn, so that each hears one. */
    private boolean knock() {
        for (int loop = 0; loop < loops; loop++) {
            try (var socket = new Socket()) {
                var address = InetAddress.getByName(host);
                int patience = Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(LONGEST_NANOS));
                socket.connect(new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port), patience);
                socket.setSoTimeout(patience);
                socket.getOutputStream().write(KNOCK);
                if (socket.getInputStream().read() < 0) {
                    return false;
                }
            } catch (IOException unheard) {
                return false;
            }
        }
        return true;
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
