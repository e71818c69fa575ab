package gatehouse.registry;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * The policy values of one compound as they are in force: what the office set, else the default.
 *
 * @param version of the last change, 0 where nothing was ever changed; the ETag
 * @param changed only what differs from the default, in whole units
 */
public record PolicyValues(UUID compoundId, int version, Map<PolicyName, Integer> changed) {

    public PolicyValues {
        var copy = new EnumMap<PolicyName, Integer>(PolicyName.class);
        copy.putAll(changed);
        changed = Collections.unmodifiableMap(copy);
    }

    /** In whole units of {@link PolicyName#unit()}: tenths of °C, minutes, days … */
    public int amount(PolicyName name) {
        return changed.getOrDefault(name, name.standard());
    }

    /** Of a time of day. */
    public LocalTime time(PolicyName name) {
        require(name, PolicyUnit.TIME_OF_DAY);
        return LocalTime.MIN.plusMinutes(amount(name));
    }

    /** Of minutes, hours and (calendar) days. */
    public Duration duration(PolicyName name) {
        return switch (name.unit()) {
            case MINUTES -> Duration.ofMinutes(amount(name));
            case HOURS -> Duration.ofHours(amount(name));
            case DAYS -> Duration.ofDays(amount(name));
            case TIME_OF_DAY, TENTHS_OF_CELSIUS, WORKING_DAYS, YEARS, PERCENT, PEOPLE, TIMES, COUNT, CODE, CONTROL_LEVEL, DECIDER, YES_NO ->
                    throw new IllegalArgumentException(name + " is no duration");
        };
    }

    public ControlLevel controlLevel() {
        return ControlLevel.values()[amount(PolicyName.THE_CONTROL_LEVEL)];
    }

    /** Of a yes or no. */
    public boolean yes(PolicyName name) {
        require(name, PolicyUnit.YES_NO);
        return amount(name) == 1;
    }

    public Decider decider(PolicyName name) {
        require(name, PolicyUnit.DECIDER);
        return Decider.values()[amount(name)];
    }

    private static void require(PolicyName name, PolicyUnit unit) {
        if (name.unit() != unit) {
            throw new IllegalArgumentException(name + " is no " + unit);
        }
    }
}
