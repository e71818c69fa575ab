package gatehouse.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of long bodies (pictures, tables) may be in memory at once, over all calls together: counted as it arrives, given back when the call
 * is answered. Short bodies, which every call has, are not counted.
 */
final class LongBodies {
    /** Four of the longest pictures, or many of the usual ones. */
    static final long MOST_BYTES = 48L << 20;
    private static final int SHORT_BYTES = 64 * 1024;

    private final long mostBytes;
    private final AtomicLong held = new AtomicLong();

    LongBodies(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Share share() {
        return new Share();
    }

    /** What one call holds. Used on its event loop; given back from any thread, once. */
    final class Share {
        private long read;
        private long counted;
        private boolean over;

        /** False where there is no room for that many bytes more. */
        synchronized boolean grow(int bytes) {
            read += bytes;
            long more = Math.max(0, read - SHORT_BYTES) - counted;
            if (over || held.addAndGet(more) > mostBytes) {
                held.addAndGet(over ? 0 : -more);
                return false;
            }
            counted += more;
            return true;
        }

        synchronized void giveBack() {
            over = true;
            held.addAndGet(-counted);
            counted = 0;
        }
    }
}
