package gatehouse.outing;

import gatehouse.registry.ControlLevel;
import gatehouse.registry.Decider;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * The policy values of a compound that outings follow.
 *
 * @param suppliesEveryDays one supplies outing of a household in so many days
 * @param suppliesMembers   so many members of it at once
 * @param fromAge           in years
 * @param byRule            the kinds that are approved at once where everything is within policy
 * @param documentDays      for so many days a certificate that staff have seen needs no second look
 */
record OutingRules(int suppliesEveryDays, int suppliesMembers, boolean fixedBuyerOnly, int fromAge, Duration suppliesLast,
                   Duration workLasts, Duration medicalLasts, Set<PassKind> byRule, int documentDays, boolean sealed, LocalTime morningAt,
                   LocalTime afternoonAt, LocalTime gateOpensAt, LocalTime gateClosesAt, Duration slotLength, int slotCapacity,
                   int bookedAheadDays, Duration waitingOffer, int returneeDays) {

    OutingRules {
        byRule = Set.copyOf(byRule);
    }

    static OutingRules of(PolicyValues values) {
        var byRule = EnumSet.noneOf(PassKind.class);
        for (var kind : PassKind.values()) {
            if (values.decider(decider(kind)) == Decider.RULE) {
                byRule.add(kind);
            }
        }
        return new OutingRules(values.amount(PolicyName.SUPPLIES_PASS_EVERY), values.amount(PolicyName.SUPPLIES_PASS_MEMBERS),
                values.yes(PolicyName.FIXED_BUYER_ONLY), values.amount(PolicyName.PASS_FROM_AGE), values.duration(PolicyName.PASS_VALID_FOR),
                values.duration(PolicyName.WORK_PASS_VALID_FOR), values.duration(PolicyName.MEDICAL_PASS_VALID_FOR), byRule,
                values.amount(PolicyName.PASS_DOCUMENT_VALID_FOR), values.controlLevel() == ControlLevel.SEALED,
                values.time(PolicyName.MORNING_ROUND_AT), values.time(PolicyName.AFTERNOON_ROUND_AT), values.time(PolicyName.GATE_OPENS_AT),
                values.time(PolicyName.GATE_CLOSES_AT), values.duration(PolicyName.OUTING_SLOT_LENGTH),
                values.amount(PolicyName.OUTING_SLOT_CAPACITY), values.amount(PolicyName.OUTING_BOOKED_AHEAD),
                values.duration(PolicyName.WAITING_OFFER_FOR), values.amount(PolicyName.TRAVEL_LOOKBACK));
    }

    private static PolicyName decider(PassKind kind) {
        return switch (kind) {
            case SUPPLIES -> PolicyName.SUPPLIES_PASS_DECIDED_BY;
            case WORK -> PolicyName.WORK_PASS_DECIDED_BY;
            case MEDICAL -> PolicyName.MEDICAL_PASS_DECIDED_BY;
            case ESSENTIAL_WORKER -> PolicyName.ESSENTIAL_WORKER_PASS_DECIDED_BY;
            case VEHICLE -> PolicyName.VEHICLE_PASS_DECIDED_BY;
        };
    }

    Duration lasts(PassKind kind) {
        return switch (kind) {
            case SUPPLIES -> suppliesLast;
            case WORK, ESSENTIAL_WORKER, VEHICLE -> workLasts;
            case MEDICAL -> medicalLasts;
        };
    }
}
