package gatehouse.demonstration;

import gatehouse.demonstration.Neighbourhood.Account;
import gatehouse.demonstration.Neighbourhood.Building;
import gatehouse.demonstration.Neighbourhood.Compound;
import gatehouse.demonstration.Neighbourhood.Household;
import gatehouse.demonstration.Neighbourhood.Place;
import gatehouse.demonstration.Neighbourhood.Resident;
import gatehouse.demonstration.Neighbourhood.Unit;
import gatehouse.identity.Reach;
import gatehouse.identity.RoleGrant;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.registry.HouseholdLabel;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Builds the houses of the story and moves families in. */
final class NeighbourhoodMaker {
    private static final long SEED = 20_201_122;
    private static final int SETTLED_DAYS_AGO = 30;

    private final Place subdistrict = new Place(Ids.next(), Story.SUBDISTRICT);
    private final FamilyMaker families;

    private NeighbourhoodMaker(LocalDate today) {
        this.families = new FamilyMaker(new Random(SEED), today);
    }

    static Neighbourhood make(LocalDate today) {
        var maker = new NeighbourhoodMaker(today);
        var compounds = Arrays.stream(Story.values()).map(maker::compound).toList();
        return new Neighbourhood(maker.subdistrict, compounds.stream().map(Compound::community).toList(), compounds,
                today.minusDays(SETTLED_DAYS_AGO).atTime(LocalTime.of(9, 0)).atZone(BusinessClock.ZONE).toOffsetDateTime());
    }

    private Compound compound(Story story) {
        var id = Ids.next();
        var community = new Place(Ids.next(), story.community());
        var gates = story.gates().stream().map(name -> new Place(Ids.next(), name)).toList();
        var grids = story.grids().stream().map(grid -> new Place(Ids.next(), grid.name())).toList();
        var staff = story.staff().stream().map(each -> new Account(id, Ids.next(), each.name(), each.phone(), each.logsIn(), Optional.empty(),
                grant(each, id, community, gates, grids))).toList();
        var buildings = new ArrayList<Building>();
        var households = new ArrayList<Household>();
        for (int i = 0; i < grids.size(); i++) {
            var grid = grids.get(i);
            for (var block : story.grids().get(i).blocks()) {
                var building = building(id, grid.id(), block);
                buildings.add(building);
                households.addAll(households(story, building, block, phoningFor(grid, staff).id()));
            }
        }
        return new Compound(id, story, community, grids, gates, buildings, households, staff);
    }

    private RoleGrant grant(Story.Staff staff, UUID compound, Place community, List<Place> gates, List<Place> grids) {
        return switch (staff.role()) {
            case GUARD -> new RoleGrant(staff.role(), Reach.GATE, gates.getFirst().id());
            case GRID_WORKER -> new RoleGrant(staff.role(), Reach.GRID, grids.get(staff.grid()).id());
            case DISPATCHER, REPAIRMAN -> new RoleGrant(staff.role(), Reach.COMPOUND, compound);
            case OFFICE, HEALTH_CENTRE -> new RoleGrant(staff.role(), Reach.COMMUNITY, community.id());
            case SUBDISTRICT -> new RoleGrant(staff.role(), Reach.SUBDISTRICT, subdistrict.id());
            case ADMIN -> new RoleGrant(staff.role(), Reach.EVERYTHING, compound);
            case RESIDENT -> throw new IllegalArgumentException("a resident is no staff");
        };
    }

    private static Account phoningFor(Place grid, List<Account> staff) {
        return staff.stream().filter(each -> each.grant().reachId().equals(grid.id())).findFirst()
                .or(() -> staff.stream().filter(each -> each.grant().role() == Role.OFFICE).findFirst()).orElseThrow();
    }

    private static Building building(UUID compound, UUID grid, Story.Block block) {
        var id = Ids.next();
        var units = new ArrayList<Unit>();
        for (int unit = 1; unit <= block.units(); unit++) {
            units.add(new Unit(compound, id, Ids.next(), Integer.toString(unit)));
        }
        return new Building(compound, id, block.number(), grid, units);
    }

    private List<Household> households(Story story, Building building, Story.Block block, UUID phonedBy) {
        var households = new ArrayList<Household>();
        for (var unit : building.units()) {
            for (int floor = 1; floor <= block.floors(); floor++) {
                for (int flat = 1; flat <= block.flatsOnAFloor(); flat++) {
                    var label = new HouseholdLabel(building.number(), unit.number(), "%d%02d".formatted(floor, flat));
                    var id = Ids.next();
                    var members = families.family(label, story).stream().map(person -> resident(unit, id, person)).toList();
                    households.add(new Household(unit.compoundId(), building.id(), unit.id(), id, label, phonedBy, block.missingPercent(),
                            members));
                }
            }
        }
        return households;
    }

    private static Resident resident(Unit unit, UUID household, Person person) {
        var id = Ids.next();
        var account = person.phone().filter(phone -> person.usesPhone()).map(phone -> new Account(unit.compoundId(), Ids.next(), person.name(),
                phone, person.logsIn(), Optional.of(id), new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household)));
        return new Resident(unit.compoundId(), unit.buildingId(), household, id, person, account);
    }
}
