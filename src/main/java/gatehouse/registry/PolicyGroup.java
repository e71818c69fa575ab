package gatehouse.registry;

import java.util.Arrays;
import java.util.Comparator;

/** What values are about, for whoever reads the list: each group goes from its first value to that of the next. */
public enum PolicyGroup {
    COMPOUND(PolicyName.THE_CONTROL_LEVEL),
    REPORTS(PolicyName.MORNING_ROUND_AT),
    OBSERVATION(PolicyName.TRAVEL_LOOKBACK),
    PASSES(PolicyName.SUPPLIES_PASS_EVERY),
    SLOTS(PolicyName.GATE_OPENS_AT),
    GATE(PolicyName.VISITORS_UP_TO_LEVEL),
    DELIVERIES(PolicyName.PICKUP_SLOT_LENGTH),
    TICKETS(PolicyName.EMERGENCY_ON_SITE_WITHIN),
    RECORDS(PolicyName.DISCLOSURES_AN_HOUR);

    private final PolicyName first;

    PolicyGroup(PolicyName first) {
        this.first = first;
    }

    public static PolicyGroup of(PolicyName name) {
        return Arrays.stream(values()).filter(group -> group.first.compareTo(name) <= 0).max(Comparator.comparing(group -> group.first)).orElseThrow();
    }
}
