package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import gatehouse.identity.IdentityPolicy.Actor;
import gatehouse.identity.IdentityPolicy.Decision;
import gatehouse.identity.IdentityPolicy.Placed;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityPolicyTest {
    private static final UUID HOME = new UUID(7, 1);
    private static final UUID FOREIGN = new UUID(7, 2);
    private static final UUID COMMUNITY = new UUID(7, 3);
    private static final UUID SUBDISTRICT = new UUID(7, 4);
    private static final UUID PLACE = new UUID(7, 5);
    private static final UUID SOMEBODY = new UUID(9, 1);
    private static final Actor OFFICE = new Actor(new UUID(9, 2), false, Set.of(HOME));
    private static final Actor ADMINISTRATOR = new Actor(new UUID(9, 3), true, Set.of());
    private static final Decision PERMITTED = new Decision.Permitted();
    private static final Decision NOT_PERMITTED = new Decision.NotPermitted();

    private static final Territory TERRITORY = new Territory() {
        @Override
        public Set<UUID> allCompounds() {
            return Set.of(HOME, FOREIGN);
        }

        @Override
        public Set<UUID> compoundsOfCommunity(UUID community) {
            return community.equals(COMMUNITY) ? Set.of(HOME) : Set.of();
        }

        @Override
        public Set<UUID> compoundsOfSubdistrict(UUID subdistrict) {
            return subdistrict.equals(SUBDISTRICT) ? Set.of(HOME, FOREIGN) : Set.of();
        }

        @Override
        public Set<UUID> buildingsOfGrid(UUID grid) {
            return grid.equals(PLACE) ? Set.of(new UUID(8, 1)) : Set.of();
        }
    };

    private static Placed grant(Role role, Reach reach, UUID compound) {
        return new Placed(new RoleGrant(role, reach, reach == Reach.COMPOUND ? compound : PLACE), compound);
    }

    private static Placed sensible(Role role, UUID compound) {
        return grant(role, IdentityPolicy.reachesOf(role).iterator().next(), compound);
    }

    @Test
    void scope_eachReach_holdsWhatLiesWithin() {
        assertEquals(Scope.ofHousehold(HOME, PLACE), scope(Reach.HOUSEHOLD, PLACE));
        assertEquals(Scope.ofCompounds(List.of(HOME)), scope(Reach.GATE, PLACE));
        assertEquals(Scope.ofBuildings(HOME, Set.of(new UUID(8, 1))), scope(Reach.GRID, PLACE));
        assertEquals(Scope.ofCompounds(List.of(FOREIGN)), scope(Reach.COMPOUND, FOREIGN));
        assertEquals(Scope.ofCompounds(List.of(HOME)), scope(Reach.COMMUNITY, COMMUNITY));
        var home = Scope.ofCompounds(List.of(HOME));
        var both = home.union(Scope.ofCompounds(List.of(FOREIGN)));
        assertEquals(both, scope(Reach.SUBDISTRICT, SUBDISTRICT).union(home));
        assertEquals(both, scope(Reach.EVERYTHING, HOME).union(home));
    }

    @Test
    void scope_gridWithoutBuildings_isNothingRatherThanTheCompound() {
        var scope = scope(Reach.GRID, new UUID(0, 99));
        assertEquals(false, scope.sees(HOME, new UUID(8, 1), PLACE));
        assertEquals(false, scope.seesWholeCompound(HOME));
    }

    private static Scope scope(Reach reach, UUID place) {
        return new RoleGrant(Role.OFFICE, reach, place).scope(HOME, TERRITORY);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void mayCreate_byOffice_onlyForThoseItEmploys(Role role) {
        var decision = IdentityPolicy.mayCreate(OFFICE, List.of(sensible(role, HOME)));
        switch (role) {
            case GUARD, GRID_WORKER, DISPATCHER, REPAIRMAN -> assertEquals(PERMITTED, decision);
            case OFFICE, HEALTH_CENTRE, SUBDISTRICT, ADMIN -> assertEquals(NOT_PERMITTED, decision);
            case RESIDENT -> assertEquals(new Decision.ByInvitation(0), decision);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void mayCreate_byAdministrator_forEverybodyButResidents(Role role) {
        var decision = IdentityPolicy.mayCreate(ADMINISTRATOR, List.of(sensible(role, FOREIGN)));
        assertEquals(role == Role.RESIDENT ? new Decision.ByInvitation(0) : PERMITTED, decision);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void mayCreate_reachThatMakesNoSense_namesTheRightOnes(Role role) {
        for (var reach : EnumSet.complementOf(EnumSet.copyOf(IdentityPolicy.reachesOf(role)))) {
            var decision = IdentityPolicy.mayCreate(ADMINISTRATOR, List.of(sensible(Role.GUARD, HOME), grant(role, reach, HOME)));
            assertEquals(new Decision.WrongReach(1, IdentityPolicy.reachesOf(role)), decision);
        }
    }

    @Test
    void mayCreate_byOfficeInAnotherCompound_isNotPermitted() {
        assertEquals(NOT_PERMITTED, IdentityPolicy.mayCreate(OFFICE, List.of(sensible(Role.GUARD, FOREIGN))));
        assertEquals(NOT_PERMITTED, IdentityPolicy.mayCreate(OFFICE, List.of(sensible(Role.GUARD, HOME), sensible(Role.REPAIRMAN, FOREIGN))));
    }

    @Test
    void maySetRoles_onOneself_isNotPermitted() {
        var own = List.of(sensible(Role.ADMIN, HOME));
        assertEquals(NOT_PERMITTED, IdentityPolicy.maySetRoles(ADMINISTRATOR, ADMINISTRATOR.accountId(), own, own, 5));
    }

    @Test
    void maySetRoles_officeRaisingOrLoweringAbove_isNotPermitted() {
        var guard = sensible(Role.GUARD, HOME);
        var office = sensible(Role.OFFICE, HOME);
        assertEquals(NOT_PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(guard), List.of(guard, office), 1));
        assertEquals(NOT_PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(guard, office), List.of(guard), 1));
    }

    @Test
    void maySetRoles_officeWithinItsCompound_addsTakesAndLeavesWhatIsAboveAlone() {
        var guard = sensible(Role.GUARD, HOME);
        var worker = sensible(Role.GRID_WORKER, HOME);
        var office = sensible(Role.OFFICE, HOME);
        assertEquals(PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(guard), List.of(worker), 1));
        assertEquals(PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(guard, office), List.of(worker, office), 1));
    }

    @Test
    void maySetRoles_resident_isKeptOrTakenButNeverGiven() {
        var resident = sensible(Role.RESIDENT, HOME);
        var guard = sensible(Role.GUARD, HOME);
        assertEquals(PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(resident), List.of(resident, guard), 1));
        assertEquals(PERMITTED, IdentityPolicy.maySetRoles(OFFICE, SOMEBODY, List.of(resident, guard), List.of(guard), 1));
        assertInstanceOf(Decision.ByInvitation.class, IdentityPolicy.maySetRoles(ADMINISTRATOR, SOMEBODY, List.of(guard), List.of(guard, resident), 1));
    }

    @Test
    void maySetRoles_takingTheLastAdministrator_isRefused() {
        var administrator = sensible(Role.ADMIN, HOME);
        var office = sensible(Role.OFFICE, HOME);
        assertEquals(new Decision.LastAdministrator(),
                IdentityPolicy.maySetRoles(ADMINISTRATOR, SOMEBODY, List.of(administrator), List.of(office), 0));
        assertEquals(PERMITTED, IdentityPolicy.maySetRoles(ADMINISTRATOR, SOMEBODY, List.of(administrator), List.of(office), 1));
    }

    @Test
    void mayDisable_followsWhoMayTakeEveryRole() {
        assertEquals(PERMITTED, IdentityPolicy.mayDisable(OFFICE, SOMEBODY, List.of(sensible(Role.RESIDENT, HOME)), 1));
        assertEquals(NOT_PERMITTED, IdentityPolicy.mayDisable(OFFICE, SOMEBODY, List.of(sensible(Role.GUARD, HOME), sensible(Role.ADMIN, HOME)), 1));
        assertEquals(NOT_PERMITTED, IdentityPolicy.mayDisable(OFFICE, OFFICE.accountId(), List.of(sensible(Role.GUARD, HOME)), 1));
        assertEquals(new Decision.LastAdministrator(),
                IdentityPolicy.mayDisable(ADMINISTRATOR, SOMEBODY, List.of(sensible(Role.ADMIN, HOME)), 0));
    }
}
