package gatehouse.notify;

import gatehouse.kernel.Role;
import java.util.UUID;

/** Whom a message is for. Groups are resolved when the message is delivered, so that it reaches who is in charge then. */
public sealed interface Recipient {
    /** One account, with the compound that is its home. */
    record Account(UUID homeCompoundId, UUID accountId) implements Recipient {
    }

    /** Every member of a household who has an account. */
    record Household(UUID householdId) implements Recipient {
    }

    /** Those whose role reaches the whole of that building: its grid worker, the office of its compound. */
    record HoldersOfBuilding(Role role, UUID buildingId) implements Recipient {
    }

    /** Those whose role reaches the message's compound or, like a guard's gate and a grid worker's grid, a part of it. */
    record HoldersOfCompound(Role role) implements Recipient {
    }
}
