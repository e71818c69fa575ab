package gatehouse.health;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** At which doors the grid worker knocks: pure functions. */
final class KnockPolicy {
    /** WeChat and SMS have this long after the last reminder; then what has not arrived counts as not arrived. */
    static final Duration LADDER_HAS = Duration.ofMinutes(10);

    private KnockPolicy() {
    }

    /**
     * What of a day a missing report is looked for in. Before the last reminder had its time there is no door to knock at: until then
     * households without an account are called like others, from the list of who is missing.
     */
    record Window(boolean morningDue, boolean afternoonDue, boolean ladderOver) {
    }

    static Window window(DayRules rules, OffsetDateTime now) {
        var time = now.toLocalTime();
        return new Window(!time.isBefore(rules.morningAt()), !time.isBefore(rules.afternoonAt()), !time.isBefore(ladderOverAt(rules)));
    }

    /** From when on there are doors to knock at; a reminder just before midnight has until midnight. */
    static LocalTime ladderOverAt(DayRules rules) {
        return rules.lastReminderAt().isAfter(LocalTime.MAX.minus(LADDER_HAS)) ? LocalTime.MAX : rules.lastReminderAt().plus(LADDER_HAS);
    }
}
