package gatehouse.registry;

import static gatehouse.registry.RosterSamples.idNumber;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryActionsTest {

    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 123);
    private final RegistryGiven given = new RegistryGiven();

    @BeforeAll
    void people() {
        given.importLines("10,1,101,赵六,,,,", "2,1,1001,钱七,,,,", "2,1,901,孙八,,,,", "A,1,101,周九,,,,",
                "2,2,101,张小三,,,子女,2015-01-01", "2,2,101,张三,13900000001," + ID + ",户主,", "2,2,101,李四,,,配偶,");
        given.execute("insert into grid (compound_id, id, name) values (?, gen_random_uuid(), '一号网格')", given.compound);
        given.execute("update building set grid_id = (select id from grid) where number = '2'");
        given.execute("insert into gate (compound_id, id, name) values (?, gen_random_uuid(), '东门')", given.compound);
    }

    @AfterAll
    void close() {
        given.close();
    }

    @Test
    void find_listsByBuildingUnitAndRoom_asPeopleCount() {
        assertEquals(List.of("2-1-901", "2-1-1001", "2-2-101", "10-1-101", "A-1-101"), labels(given.office(), "", "", ""));
        assertEquals(List.of("2-1-901", "2-1-1001"), labels(given.office(), "2号楼", "1单元", ""));
        assertEquals(List.of(), labels(given.office(), "没有", "", ""));
        assertEquals(List.of("A-1-101"), labels(given.office(), "", "", "a-1"));
        assertEquals(List.of(), labels(given.office(), "", "", "%"));
    }

    @Test
    void find_byPages_showsEachOnce() {
        var shown = new ArrayList<String>();
        String after = null;
        do {
            var page = given.registry.find(given.office(), Optional.empty(), Optional.empty(), Optional.empty(), new Page.Request(2, after));
            page.items().forEach(each -> shown.add(each.label().toString()));
            assertTrue(page.items().size() <= 2);
            after = page.next();
        } while (after != null);
        assertEquals(labels(given.office(), "", "", ""), shown);
    }

    @Test
    void find_outsideTheScope_isNotThere() {
        assertEquals(List.of("2-1-901", "2-1-1001", "2-2-101"), labels(Scope.ofBuildings(given.compound, List.of(building("2"))), "", "", ""));
        assertEquals(List.of(), labels(Scope.ofBuildings(given.compound, List.of(building("10"))), "", "", ID));
        assertEquals(List.of(), labels(Scope.NOTHING, "", "", ""));
        UUID household = UUID.fromString(given.value("select id::text from household where label = '2-2-101'"));
        assertEquals(List.of("2-2-101"), labels(Scope.ofHousehold(given.compound, household), "", "", ""));
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class,
                () -> given.registry.household(Scope.ofBuildings(given.compound, List.of(building("10"))), household)).type());
    }

    @Test
    void household_showsMembersHeadFirst_masked() {
        UUID household = UUID.fromString(given.value("select id::text from household where label = '2-2-101'"));
        var members = given.registry.household(given.office(), household).members();
        assertEquals(List.of("张三", "李四", "张小三"), members.stream().map(Household.Member::name).toList());
        assertEquals(Optional.of("139****0001"), members.getFirst().maskedPhone());
        assertEquals(Optional.of(RosterSamples.id(ID).masked()), members.getFirst().maskedIdNumber());
    }

    @Test
    void buildings_countTheirHouseholdsAndResidents() {
        var buildings = buildings(given.office());
        assertEquals(List.of("2 3 5 一号网格", "10 1 1 -", "A 1 1 -"), buildings.stream().map(each -> each.number() + " " + each.households() + " "
                + each.residents() + " " + each.grid().map(RegistryStore.Named::name).orElse("-")).toList());
        assertEquals(1, buildings(Scope.ofBuildings(given.compound, List.of(building("10")))).size());
        assertEquals(List.of(), buildings(Scope.NOTHING));
    }

    @Test
    void buildings_byPages_showEachOnce() {
        var numbers = new ArrayList<String>();
        String after = null;
        do {
            var page = given.registry.buildings(given.office(), Optional.of(given.compound), new Page.Request(1, after));
            page.items().forEach(each -> numbers.add(each.number()));
            after = page.next();
        } while (after != null);
        assertEquals(List.of("2", "10", "A"), numbers);
        assertEquals(List.of(), given.registry.buildings(given.office(), Optional.of(given.compound("桂花苑")), new Page.Request(9, null)).items());
    }

    private List<RegistryStore.Building> buildings(Scope scope) {
        return given.registry.buildings(scope, Optional.empty(), new Page.Request(50, null)).items();
    }

    private UUID building(String number) {
        return UUID.fromString(given.value("select id::text from building where number = ?", number));
    }

    private List<String> labels(Scope scope, String building, String unit, String text) {
        return given.registry.find(scope, given(building), given(unit), given(text), new Page.Request(50, null))
                .items().stream().map(each -> each.label().toString()).toList();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
