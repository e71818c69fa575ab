package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private final UUID garden = new UUID(0, 1);
    private final UUID otherCompound = new UUID(0, 2);
    private final UUID building = new UUID(0, 3);
    private final UUID otherBuilding = new UUID(0, 4);
    private final UUID household = new UUID(0, 5);
    private final UUID neighbour = new UUID(0, 6);

    @Test
    void nothing_seesNobody() {
        assertFalse(Scope.NOTHING.sees(garden, building, household));
        assertFalse(Scope.NOTHING.seesWholeCompound(garden));
    }

    @Test
    void ofHousehold_seesNoNeighbour() {
        var own = Scope.ofHousehold(garden, household);
        assertTrue(own.sees(garden, building, household));
        assertFalse(own.sees(garden, building, neighbour));
        assertFalse(own.seesWholeCompound(garden));
    }

    @Test
    void ofBuildings_seesAllOfThemAndNoOther() {
        var grid = Scope.ofBuildings(garden, List.of(building));
        assertTrue(grid.sees(garden, building, neighbour));
        assertFalse(grid.sees(garden, otherBuilding, neighbour));
        assertFalse(grid.seesWholeCompound(garden));
    }

    @Test
    void ofCompounds_seesEverythingThereAndNothingElsewhere() {
        var office = Scope.ofCompounds(List.of(garden));
        assertTrue(office.sees(garden, otherBuilding, neighbour));
        assertFalse(office.sees(otherCompound, building, household));
    }

    @Test
    void sees_anOwnBuildingNumberedInAnotherCompound_isFalse() {
        assertFalse(Scope.ofBuildings(garden, List.of(building)).sees(otherCompound, building, household));
        assertFalse(Scope.ofHousehold(garden, household).sees(otherCompound, building, household));
    }

    @Test
    void union_seesWhatEitherSees_andNoMore() {
        var both = Scope.ofHousehold(garden, household).union(Scope.ofCompounds(List.of(otherCompound)));
        assertTrue(both.sees(garden, building, household));
        assertTrue(both.sees(otherCompound, otherBuilding, neighbour));
        assertFalse(both.sees(garden, building, neighbour));
    }

    @Test
    void union_inEitherOrder_isTheSameScope() {
        var grid = Scope.ofBuildings(garden, List.of(otherBuilding, building));
        var office = Scope.ofCompounds(List.of(otherCompound));
        assertEquals(grid.union(office), office.union(grid));
        assertEquals(grid.union(Scope.NOTHING), Scope.NOTHING.union(grid));
        assertEquals(grid.union(office).hashCode(), office.union(grid).hashCode());
    }
}
