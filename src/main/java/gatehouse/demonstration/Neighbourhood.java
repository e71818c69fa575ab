package gatehouse.demonstration;

import gatehouse.identity.RoleGrant;
import gatehouse.registry.HouseholdLabel;
import gatehouse.registry.PhoneNumber;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The places and people of the demonstration, as they are to be stored.
 *
 * @param settledAt since when all of them have been registered
 */
record Neighbourhood(Place subdistrict, List<Place> communities, List<Compound> compounds, OffsetDateTime settledAt) {

    record Place(UUID id, String name) {
    }

    record Compound(UUID id, Story story, Place community, List<Place> grids, List<Place> gates, List<Building> buildings,
                    List<Household> households, List<Account> staff) {

        Stream<Account> accounts() {
            return Stream.concat(staff.stream(), households.stream().flatMap(each -> each.members().stream())
                    .map(Resident::account).flatMap(Optional::stream));
        }
    }

    record Building(UUID compoundId, UUID id, String number, UUID gridId, List<Unit> units) {
    }

    record Unit(UUID compoundId, UUID buildingId, UUID id, String number) {
    }

    /**
     * @param phonedBy       the account of the staff that telephones with those who cannot report by themselves
     * @param missingPercent how often it misses a round
     */
    record Household(UUID compoundId, UUID buildingId, UUID unitId, UUID id, HouseholdLabel label, UUID phonedBy, int missingPercent,
                     List<Resident> members) {
    }

    record Resident(UUID compoundId, UUID buildingId, UUID householdId, UUID id, Person person, Optional<Account> account) {
    }

    /** @param logsIn with the well-known password; the others have none and are only there to have reported */
    record Account(UUID compoundId, UUID id, String name, PhoneNumber phone, boolean logsIn, Optional<UUID> residentId, RoleGrant grant) {
    }

    Stream<Household> households() {
        return compounds.stream().flatMap(compound -> compound.households.stream());
    }

    Stream<Resident> residents() {
        return households().flatMap(household -> household.members.stream());
    }
}
