package gatehouse.simulation;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Two compounds of one street with 600 residents, and the people who look after them. */
final class Street {
    private static final int LARGE_BUILDINGS = 4;
    private static final int SMALL_BUILDINGS = 3;
    private static final List<Integer> FAMILY_SIZES = List.of(3, 2, 4, 3, 2, 1, 3, 4, 3, 2);
    private static final int RESIDENTS = 600;

    final List<Estate> estates = new ArrayList<>();
    final ApiClient subdistrict;

    /** A compound with its homes and its staff; the first building is one grid and the others another, each with a worker. */
    record Estate(UUID id, List<Home> homes, ApiClient office, ApiClient healthCentre, List<Grid> grids) {
    }

    record Grid(List<String> buildings, ApiClient worker) {
    }

    /** A household; without a phone somebody else must report for it. */
    record Home(UUID compound, String building, String label, UUID id, List<UUID> members, Optional<ApiClient> phone) {
    }

    /** The ground on which a compound is built: its buildings, and the two grids that they are divided into. */
    private record Ground(Given.Compound compound, int buildings, UUID firstGrid, UUID secondGrid) {
        static Ground of(Given.Compound compound, int buildings) {
            return new Ground(compound, buildings, compound.grid("第一网格", "1"), compound.grid("第二网格", others(buildings)));
        }

        static String[] others(int buildings) {
            return IntStream.rangeClosed(2, buildings).mapToObj(String::valueOf).toArray(String[]::new);
        }
    }

    /** The ground comes first: what an instance knows of it, it has read when the first person logs in. */
    Street(ApiServer api) {
        var large = Ground.of(api.given().compound("东苑"), LARGE_BUILDINGS);
        var small = Ground.of(api.given().compound("西苑"), SMALL_BUILDINGS);
        estates.add(estate(api, large, RESIDENTS * LARGE_BUILDINGS / (LARGE_BUILDINGS + SMALL_BUILDINGS)));
        estates.add(estate(api, small, RESIDENTS - residents()));
        subdistrict = api.staff(large.compound.id(), Role.SUBDISTRICT, api.given().subdistrictId());
    }

    /** Families of different sizes fill the buildings in turn until so many people live there. */
    private static Estate estate(ApiServer api, Ground ground, int residents) {
        var compound = ground.compound;
        List<Home> homes = new ArrayList<>();
        int left = residents;
        for (int number = 0; left > 0; number++) {
            String building = String.valueOf(number % ground.buildings + 1);
            int place = number / ground.buildings;
            String label = "%s-1-%d0%d".formatted(building, place / 2 + 1, place % 2 + 1);
            int size = Math.min(left, FAMILY_SIZES.get(number % FAMILY_SIZES.size()));
            homes.add(home(api, compound.household(label), building, label, size, number % 10 != 9));
            left -= size;
        }
        return new Estate(compound.id(), homes, api.staff(compound.id(), Role.OFFICE, compound.id()),
                api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id()), List.of(
                new Grid(List.of("1"), api.staff(compound.id(), Role.GRID_WORKER, ground.firstGrid)),
                new Grid(List.of(Ground.others(ground.buildings)), api.staff(compound.id(), Role.GRID_WORKER, ground.secondGrid))));
    }

    private static Home home(ApiServer api, Given.Household household, String building, String label, int size, boolean hasPhone) {
        List<UUID> members = new ArrayList<>();
        Optional<ApiClient> phone = Optional.empty();
        if (hasPhone) {
            ApiClient first = api.resident(household, "住户" + label);
            members.add(UUID.fromString(first.me().at("/resident/id").asText()));
            phone = Optional.of(first);
        }
        while (members.size() < size) {
            members.add(household.resident("家人" + label + members.size()));
        }
        return new Home(household.compoundId(), building, label, household.id(), List.copyOf(members), phone);
    }

    int residents() {
        return estates.stream().flatMap(estate -> estate.homes.stream()).mapToInt(home -> home.members.size()).sum();
    }
}
