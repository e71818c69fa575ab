package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Language;
import gatehouse.registry.PolicyRules.Decision;
import gatehouse.registry.PolicyRules.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyRulesTest {

    private static final PolicyValues DEFAULTS = new PolicyValues(new UUID(0, 1), 0, Map.of());

    @ParameterizedTest
    @EnumSource(PolicyName.class)
    void everyValue_hasADefaultWithinItsRange_andIsReadAsItIsWritten(PolicyName name) {
        assertTrue(name.least() <= name.standard() && name.standard() <= name.most());
        for (int amount : List.of(name.least(), name.standard(), name.most())) {
            assertEquals(amount, PolicyRules.parse(name.unit(), PolicyRules.write(name.unit(), amount)));
        }
        assertFalse(name.description(Language.CHINESE).isBlank() || name.description(Language.ENGLISH).isBlank());
        assertEquals(name, PolicyName.ofKey(name.key()).orElseThrow());
    }

    @Test
    void groups_followTheOrderOfTheList_andNoneIsEmpty() {
        assertEquals(List.of(PolicyGroup.values()), Arrays.stream(PolicyName.values()).map(PolicyGroup::of).distinct().toList());
        assertEquals(PolicyGroup.COMPOUND, PolicyGroup.of(PolicyName.INVITATION_VALID_FOR));
        assertEquals(PolicyGroup.REPORTS, PolicyGroup.of(PolicyName.FEVER_ABOVE));
        assertEquals(PolicyGroup.SLOTS, PolicyGroup.of(PolicyName.OUTING_SLOT_CAPACITY));
        assertEquals(PolicyGroup.RECORDS, PolicyGroup.of(PolicyName.AUDIT_DETAILS_KEPT));
    }

    @Test
    void defaults_areThoseOfTheField_andStandTogether() {
        assertEquals(LocalTime.of(9, 0), DEFAULTS.time(PolicyName.MORNING_ROUND_AT));
        assertEquals(LocalTime.of(16, 0), DEFAULTS.time(PolicyName.REPORT_CUT_OFF_AT));
        assertEquals(373, DEFAULTS.amount(PolicyName.FEVER_ABOVE));
        assertEquals(Duration.ofHours(3), DEFAULTS.duration(PolicyName.PASS_VALID_FOR));
        assertEquals(ControlLevel.CONTROLLED, DEFAULTS.controlLevel());
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.time(PolicyName.FEVER_ABOVE));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.duration(PolicyName.FEVER_ABOVE));
        Map<String, Object> asItIs = Arrays.stream(PolicyName.values()).collect(
                Collectors.toMap(PolicyName::key, name -> PolicyRules.write(name.unit(), name.standard())));
        assertEquals(new Decision.Accepted(Map.of()), PolicyRules.decide(DEFAULTS, asItIs));
    }

    @Test
    void decide_ofGoodValues_keepsOnlyWhatChanges() {
        assertEquals(new Decision.Accepted(Map.of(PolicyName.FEVER_ABOVE, 375, PolicyName.REPORT_CUT_OFF_AT, 990, PolicyName.THE_CONTROL_LEVEL, 2)),
                PolicyRules.decide(DEFAULTS, Map.of("feverAbove", 37.5, "reportCutOffAt", "16:30", "controlLevel", "SEALED", "passValidFor", 3)));
        assertEquals(new Decision.Accepted(Map.of(PolicyName.FEVER_ABOVE, 380)), PolicyRules.decide(DEFAULTS, Map.of("feverAbove", 38)));
        assertEquals(new Decision.Accepted(Map.of()), PolicyRules.decide(DEFAULTS, Map.of("feverAbove", 37.3)));
    }

    @Test
    void decide_ofBadValues_namesEach() {
        assertFault("nothingLikeIt", 1, new Fault.Unknown("nothingLikeIt"));
        assertFault("feverAbove", 37.35, new Fault.NotWrittenAs("feverAbove", PolicyUnit.TENTHS_OF_CELSIUS));
        assertFault("feverAbove", "37.3", new Fault.NotWrittenAs("feverAbove", PolicyUnit.TENTHS_OF_CELSIUS));
        assertFault("feverAbove", 41, new Fault.OutOfRange("feverAbove", new BigDecimal("36.5"), new BigDecimal("38.5")));
        assertFault("passValidFor", 0, new Fault.OutOfRange("passValidFor", 1, 24));
        assertFault("passValidFor", 2.5, new Fault.NotWrittenAs("passValidFor", PolicyUnit.HOURS));
        assertFault("passValidFor", 1e300, new Fault.NotWrittenAs("passValidFor", PolicyUnit.HOURS));
        assertFault("passValidFor", new BigDecimal("1E2147483647"), new Fault.NotWrittenAs("passValidFor", PolicyUnit.HOURS));
        assertFault("passValidFor", 4_294_967_299L, new Fault.NotWrittenAs("passValidFor", PolicyUnit.HOURS));
        assertFault("passValidFor", true, new Fault.NotWrittenAs("passValidFor", PolicyUnit.HOURS));
        for (Object wrong : List.of("24:00", "9:00", "09:60", "09:00:00", 9, "")) {
            assertFault("morningRoundAt", wrong, new Fault.NotWrittenAs("morningRoundAt", PolicyUnit.TIME_OF_DAY));
        }
        assertFault("morningRoundAt", "12:00", new Fault.OutOfRange("morningRoundAt", "05:00", "11:59"));
        assertFault("controlLevel", "sealed", new Fault.NotWrittenAs("controlLevel", PolicyUnit.CONTROL_LEVEL));
    }

    @Test
    void decide_ofValuesThatContradictEachOther_refuses_alsoAgainstWhatStays() {
        assertFault("reportCutOffAt", "15:44", new Fault.Before("reportCutOffAt", "15:45"));
        assertFault("lastReminderAt", "16:01", new Fault.Before("reportCutOffAt", "16:01"));
        assertEquals(new Decision.Accepted(Map.of(PolicyName.LAST_REMINDER_AT, 961, PolicyName.REPORT_CUT_OFF_AT, 961)),
                PolicyRules.decide(DEFAULTS, Map.of("lastReminderAt", "16:01", "reportCutOffAt", "16:01")));
        assertFault("parcelReturnAfter", 23, new Fault.Before("parcelReturnAfter", 24));
    }

    private static void assertFault(String key, Object written, Fault fault) {
        assertEquals(new Decision.Refused(List.of(fault)), PolicyRules.decide(DEFAULTS, Map.of(key, written)), key + "=" + written);
    }
}
