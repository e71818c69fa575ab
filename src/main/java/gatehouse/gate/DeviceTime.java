package gatehouse.gate;

import gatehouse.kernel.BusinessClock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * When something happened at a gate and when the server heard of it; see decision 0051.
 *
 * @param offline    it has waited for the network
 * @param clockWrong the device's clock is so wrong that what it told was put right
 */
record DeviceTime(OffsetDateTime at, OffsetDateTime receivedAt, boolean offline, boolean clockWrong) {
    /** A device's clock may be wrong by so much, and a request on its way for so long, before anybody is told to set it. */
    private static final Duration TOLERATED = Duration.ofMinutes(2);
    /** What has waited for longer is believed as it is told. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    /**
     * How long ago it happened is believed of a device, but not that it has not happened yet. A clock that is wrong by a minute and a half matters
     * as well: codes are good for less.
     */
    static DeviceTime of(ToldTime told, OffsetDateTime now) {
        if (told.at() == null) {
            return new DeviceTime(now, now, false, false);
        }
        boolean datesItself = told.sentAt() != null && Duration.between(told.at(), told.sentAt()).abs().compareTo(LONGEST_WAIT) < 0;
        var behind = datesItself ? Duration.between(told.sentAt(), now) : Duration.ZERO;
        boolean wrong = behind.abs().compareTo(TOLERATED) > 0;
        var at = told.at().plus(behind).atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime().truncatedTo(ChronoUnit.MICROS);
        if (at.isAfter(now)) {
            return new DeviceTime(now, now, false, wrong || at.isAfter(now.plus(TOLERATED)));
        }
        return new DeviceTime(at, now, at.isBefore(now.minus(AT_ONCE)), wrong);
    }

    /** Something shows that it cannot have happened before now. */
    DeviceTime live() {
        return new DeviceTime(receivedAt, receivedAt, false, true);
    }

    /** Whether that is the time of the same thing, told of once more: what was put right is not put right to the second. */
    boolean isAgain(OffsetDateTime earlier) {
        return Duration.between(earlier, at).abs().compareTo(AT_ONCE) < 0;
    }
}
