package gatehouse.gate;

import gatehouse.kernel.BusinessClock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When something happened at a gate and when the server heard of it.
 *
 * @param offline it has waited for the network
 */
record DeviceTime(OffsetDateTime at, OffsetDateTime receivedAt, boolean offline) {
    /** A device's clock may be ahead by so much; beyond it the server's is believed. */
    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    /** @param told by the device; null where it happens now */
    static DeviceTime of(@Nullable OffsetDateTime told, OffsetDateTime now) {
        if (told == null || told.isAfter(now.plus(AHEAD))) {
            return new DeviceTime(now, now, false);
        }
        var at = told.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
        return new DeviceTime(at, now, at.isBefore(now.minus(AT_ONCE)));
    }
}
