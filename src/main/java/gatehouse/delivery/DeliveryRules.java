package gatehouse.delivery;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;
import java.time.LocalTime;

/**
 * The policy values of a compound that deliveries follow.
 *
 * @param linkLasts     how long a courier's gate link is good
 * @param linkAnHour    how many parcels it registers in an hour
 * @param collectorDays for how many days a household may name somebody who collects
 */
record DeliveryRules(Duration slotLength, int slotCapacity, LocalTime opensAt, LocalTime closesAt, int bookedAheadDays, Duration remindAfter,
                     Duration returnAfter, Duration linkLasts, int linkAnHour, int collectorDays) {
    static DeliveryRules of(PolicyValues values) {
        return new DeliveryRules(values.duration(PolicyName.PICKUP_SLOT_LENGTH), values.amount(PolicyName.PICKUP_SLOT_CAPACITY),
                values.time(PolicyName.PICKUP_OPENS_AT), values.time(PolicyName.PICKUP_CLOSES_AT), values.amount(PolicyName.PICKUP_BOOKED_AHEAD),
                values.duration(PolicyName.PARCEL_REMINDER_AFTER), values.duration(PolicyName.PARCEL_RETURN_AFTER),
                values.duration(PolicyName.COURIER_LINK_VALID_FOR), values.amount(PolicyName.COURIER_PARCELS_AN_HOUR),
                values.amount(PolicyName.COLLECTOR_NAMED_FOR));
    }
}
