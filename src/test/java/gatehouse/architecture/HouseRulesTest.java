package gatehouse.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule twice: the product keeps it, and a bad example is caught by it. */
class HouseRulesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("gatehouse");
    private static final List<SourceRules.Source> SOURCES = SourceRules.below(Path.of("src/main/java"));
    private static final String BAD_ROOT = "gatehouse.architecture.bad";
    private static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_ROOT);
    private static final BytecodeRules RULES = new BytecodeRules("gatehouse");
    private static final BytecodeRules RULES_OF_BAD = new BytecodeRules(BAD_ROOT);

    private static void keeps(ArchRule rule) {
        var result = rule.evaluate(HOUSE);
        assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
    }

    private static void catches(ArchRule rule, String... offenders) {
        var report = rule.evaluate(BAD).getFailureReport().getDetails();
        for (var offender : offenders) {
            assertTrue(report.stream().anyMatch(line -> line.contains(offender)), () -> offender + " was not caught; caught: " + report);
        }
    }

    private static void spares(ArchRule rule, String innocent) {
        var report = rule.evaluate(BAD).getFailureReport().getDetails();
        assertTrue(report.stream().noneMatch(line -> line.contains(innocent)), () -> "an innocent one was caught: " + report);
    }

    private static List<SourceRules.Source> source(String path, String text) {
        return List.of(new SourceRules.Source(path, text));
    }

    @Nested
    class PoliciesArePure {
        @Test
        void house_keepsIt() {
            keeps(RULES.policiesArePure());
        }

        @Test
        void policyThatAsksTheClockOrTheDatabase_isCaught() {
            catches(RULES_OF_BAD.policiesArePure(), "AskingPolicy.askTheDatabase", "AskingPolicy.readAFile", "AskingPolicy.useAWorker");
        }

        @Test
        void policyOfValues_isSpared() {
            spares(RULES_OF_BAD.policiesArePure(), "QuietPolicy");
        }
    }

    @Nested
    class SqlIsSpokenOnlyInStores {
        @Test
        void house_keepsIt() {
            keeps(RULES.sqlIsSpokenOnlyInStores());
        }

        @Test
        void sqlInActions_isCaught() {
            catches(RULES_OF_BAD.sqlIsSpokenOnlyInStores(), "TalkativeActions.throughTheDatabase", "TalkativeActions.throughATransaction",
                    "TalkativeActions.throughEither", "TalkativeActions.throughJdbc");
        }

        @Test
        void sqlInAStore_isSpared() {
            spares(RULES_OF_BAD.sqlIsSpokenOnlyInStores(), "ModestStore");
        }
    }

    @Nested
    class TimeIsReadOnlyByTheClock {
        @Test
        void house_keepsIt() {
            keeps(RULES.timeIsReadOnlyByTheClock());
        }

        @Test
        void readingTheMachinesClock_isCaught() {
            catches(RULES_OF_BAD.timeIsReadOnlyByTheClock(), "Impatient.instant", "Impatient.localDate", "Impatient.inAZone", "Impatient.millis",
                    "Impatient.date", "Impatient.reference", "Impatient.systemClock");
        }

        @Test
        void measuringAndAGivenClock_areSpared() {
            spares(RULES_OF_BAD.timeIsReadOnlyByTheClock(), "Impatient.measuring");
            spares(RULES_OF_BAD.timeIsReadOnlyByTheClock(), "Impatient.given");
        }
    }

    @Nested
    class Rooms {
        @Test
        void house_hasNoCycles() {
            keeps(RULES.roomsHaveNoCycles());
        }

        @Test
        void house_keepsTheTable() {
            System.out.println(BytecodeRules.table());
            keeps(RULES.everyRoomIsInTheTable());
            keeps(RULES.roomsUseOnlyWhatTheTableSays());
        }

        @Test
        void cycleOfTwoRooms_isCaught() {
            catches(RULES_OF_BAD.roomsHaveNoCycles(), "Cycle detected");
        }

        @Test
        void roomThatLooksUp_isCaught() {
            catches(RULES_OF_BAD.roomsUseOnlyWhatTheTableSays(), "kernel.LooksUp");
            spares(RULES_OF_BAD.roomsUseOnlyWhatTheTableSays(), "health.LooksDown");
        }

        @Test
        void roomThatIsNotInTheTable_isCaught() {
            catches(RULES_OF_BAD.everyRoomIsInTheTable(), "add the room unnamed");
        }
    }

    @Nested
    class OnlyWechatImportsWeixin {
        private static final String[] WEIXIN = {"cn.binarywang..", "me.chanjar.."};

        @Test
        void house_keepsIt() {
            keeps(RULES.onlyOneRoomImports("wechat", WEIXIN));
        }

        @Test
        void anotherRoomWithTheLibrary_isCaught() {
            catches(RULES_OF_BAD.onlyOneRoomImports("wechat", "com.google.zxing.."), "health.Borrower");
            spares(RULES_OF_BAD.onlyOneRoomImports("wechat", "com.google.zxing.."), "wechat.Owner");
        }
    }

    /** The boot starts it where the demonstration runs, and nowhere else; what it is asked then is in WeChatLoginTest. */
    @Nested
    class OnlyTheBootKnowsTheEmulatorOfWeChat {
        @Test
        void house_keepsIt() {
            keeps(RULES.onlyOneClassUses("gatehouse.demonstration.WeChatEmulator", "gatehouse.Gatehouse"));
        }

        @Test
        void anotherUser_isCaught() {
            catches(RULES_OF_BAD.onlyOneClassUses("com.google.zxing.BarcodeFormat", "nobody"), "health.Borrower");
        }
    }

    @Nested
    class NamesSaySomething {
        @Test
        void house_keepsIt() {
            keeps(RULES.namesSaySomething());
        }

        @Test
        void emptyNames_areCaught() {
            catches(RULES_OF_BAD.namesSaySomething(), "HealthUtil", "HealthHelper", "HealthManager", "HealthImpl", "HealthVO", "HealthDTO");
            spares(RULES_OF_BAD.namesSaySomething(), "Impatient");
        }
    }

    @Nested
    class PackagesAreNullMarked {
        @Test
        void house_keepsIt() {
            keeps(RULES.packagesAreNullMarked());
        }

        @Test
        void packageWithoutIt_isCaught() {
            catches(RULES_OF_BAD.packagesAreNullMarked(), BAD_ROOT + ".unnamed has no package-info");
        }
    }

    @Nested
    class FunctionsAreShort {
        @Test
        void house_keepsIt() {
            assertEquals(List.of(), SourceRules.longFunctions(SOURCES));
        }

        @Test
        void functionOfSeventyLines_isCaught() {
            var longest = "class Long {\n    void fits() {\n" + "        int a;\n".repeat(67) + "    }\n}\n";
            assertEquals(List.of(), SourceRules.longFunctions(source("Long", longest)));
            var tooLong = "class Long {\n    void sprawls() {\n" + "        int a;\n".repeat(68) + "    }\n}\n";
            assertEquals(List.of("Long.sprawls has 70 lines"), SourceRules.longFunctions(source("Long", tooLong)));
        }
    }

    @Nested
    class ChineseHasItsPlaces {
        @Test
        void house_keepsIt() {
            assertEquals(List.of(), SourceRules.chineseOutsideItsPlaces(SOURCES));
        }

        @Test
        void chineseInActions_isCaught() {
            var text = "class A {\n    // 注释\n    String a = \"密码\";\n    String b = \"\"\"\n            体温\"\"\";\n    char c = '门';\n}\n";
            assertEquals(List.of("gatehouse/health/A:3 says 密码", "gatehouse/health/A:4 says 体温", "gatehouse/health/A:6 says 门"),
                    SourceRules.chineseOutsideItsPlaces(source("gatehouse/health/A", text)));
            assertEquals(List.of(), SourceRules.chineseOutsideItsPlaces(Stream.of("kernel/ProblemType", "registry/RosterColumn",
                    "notify/MessageTemplate", "demonstration/People").flatMap(path -> source("gatehouse/" + path, text).stream()).toList()));
        }
    }

    @Nested
    class NothingIsPromised {
        @Test
        void house_keepsIt() {
            assertEquals(List.of(), SourceRules.promises(SOURCES));
        }

        @Test
        void promises_areCaught() {
            var later = "TO" + "DO";
            assertEquals(List.of("A:2 // " + later + " later"), SourceRules.promises(source("A", "class A {\n    // " + later + " later\n}\n")));
        }
    }

    @Test
    void everyMainSourceAndClass_isLookedAt() {
        assertTrue(SOURCES.size() > 100, "sources: " + SOURCES.size());
        assertTrue(HOUSE.size() > SOURCES.size(), "classes: " + HOUSE.size());
    }
}
