package gatehouse.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A household and who lives there now.
 *
 * @param place its key in the order of compound, building, unit and room
 */
record Household(UUID id, UUID compoundId, String compoundName, HouseholdLabel label, String place, List<Member> members) {

    /** Phone and ID number only ever masked. */
    record Member(UUID id, String name, Relation relation, Optional<LocalDate> bornOn, boolean hasAccount,
                  Optional<String> maskedPhone, Optional<String> maskedIdNumber) {}

    Household with(List<Member> everybody) {
        return new Household(id, compoundId, compoundName, label, place, everybody);
    }
}
