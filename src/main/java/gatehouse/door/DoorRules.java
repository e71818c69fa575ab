package gatehouse.door;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;

/**
 * The policy values of a compound that walks to doors follow.
 *
 * @param within      what waits longer is late
 * @param photoDays   for how many days the picture at the door is kept
 * @param namedDays   for how many days a volunteer is named at most
 * @param arrangeDays for how many days it is arranged at most that things are brought
 * @param purchases   how many a household has under way at most
 * @param budgetYuan  what one may cost at most
 * @param aheadDays   how far ahead one is wished for
 * @param closesAfter after what time one that was brought closes by itself
 */
record DoorRules(Duration within, int photoDays, int namedDays, int arrangeDays, int purchases, int budgetYuan, int aheadDays, Duration closesAfter) {
    static DoorRules of(PolicyValues values) {
        return new DoorRules(values.duration(PolicyName.DOOR_TASK_WITHIN), values.amount(PolicyName.DOOR_PHOTO_KEPT),
                values.amount(PolicyName.VOLUNTEER_NAMED_FOR), values.amount(PolicyName.DOOR_ARRANGED_FOR), values.amount(PolicyName.PURCHASES_AT_ONCE),
                values.amount(PolicyName.PURCHASE_BUDGET), values.amount(PolicyName.PURCHASE_BOOKED_AHEAD),
                values.duration(PolicyName.PURCHASE_CLOSES_AFTER));
    }
}
