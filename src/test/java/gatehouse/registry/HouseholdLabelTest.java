package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HouseholdLabelTest {

    @ParameterizedTest
    @CsvSource({"3,3", "3号楼,3", "3栋,3", "３号楼,3", "03,3", "3幢,3", "3#,3", "3#楼,3", "第3栋,3", "三号楼,3", "十二栋,12", "二十号楼,20",
            "二十一栋,21", "A座,A", "a座,A", "10,10", "0,0", "东3,东3", "3 号 楼,3"})
    void parseBuilding_dropsTheClassifier(String written, String building) {
        assertEquals(building, HouseholdLabel.parseBuilding(written).toOptional().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"2,2", "2单元,2", "二单元,2", "02单元,2", "甲单元,甲", "B单元,B"})
    void parseUnit_dropsTheClassifier(String written, String unit) {
        assertEquals(unit, HouseholdLabel.parseUnit(written).toOptional().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"1402,1402", "1402室,1402", "0101,101", "1402a,1402A", "1402-1,1402-1", "101房,101"})
    void parseRoom_dropsTheClassifier(String written, String room) {
        assertEquals(room, HouseholdLabel.parseRoom(written).toOptional().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "楼", "号楼", "3.5", "=1+1", "3;4", "12345678901234567890", "<b>", "3_2"})
    void parseBuilding_ofWhatIsNone_isAFault(String written) {
        assertTrue(HouseholdLabel.parseBuilding(written).toOptional().isEmpty());
    }

    @Test
    void parse_ofALabel_isBuildingUnitRoom() {
        var label = HouseholdLabel.parse("3号楼-2单元-1402室").toOptional().orElseThrow();
        assertEquals(new HouseholdLabel("3", "2", "1402"), label);
        assertEquals("3-2-1402", label.toString());
        assertEquals(label, HouseholdLabel.parse(label.toString()).toOptional().orElseThrow());
        assertTrue(HouseholdLabel.parse("3-1402").toOptional().isEmpty());
    }

    @Test
    void of_aRoomWrittenInFull_cutsItToTheRoom_unlessItIsOfAnotherUnit() {
        assertEquals("3-2-1402", HouseholdLabel.of("3", "2", "3-2-1402").toOptional().orElseThrow().toString());
        assertTrue(HouseholdLabel.of("4", "2", "3-2-1402").toOptional().isEmpty());
    }

    @Test
    void judge_ofARoomWrittenInFull_cutsItToTheRoom_unlessItIsOfAnotherUnit() throws RosterUnreadable {
        assertEquals("3-2-1402", RosterSamples.judged("3,2,3-2-1402室,张三,,,,").accepted().getFirst().household().toString());
        assertEquals("房号", RosterSamples.judged("4,2,3-2-1402,张三,,,,").rejected().getFirst().column());
    }
}
