package gatehouse.kernel;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids made in the application: time-ordered (UUID version 7), with 74 random bits so that none can be guessed. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {
    }

    /** A new id. Its time part only keeps index pages warm; no rule reads it, so it is not taken from the business clock. */
    public static UUID next() {
        long millis = System.currentTimeMillis();
        long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
