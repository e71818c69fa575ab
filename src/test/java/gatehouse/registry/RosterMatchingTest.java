package gatehouse.registry;

import static gatehouse.registry.RosterSamples.id;
import static gatehouse.registry.RosterSamples.idNumber;
import static gatehouse.registry.RosterSamples.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.registry.RosterMatching.Entry;
import gatehouse.registry.RosterMatching.Outcome;
import gatehouse.registry.RosterMatching.Registered;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RosterMatchingTest {

    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 1);
    private static final String OTHER_ID = idNumber("370202", LocalDate.of(1981, 6, 1), 2);

    @Test
    void match_ofAStranger_creates() {
        assertEquals("created 1", summary(List.of(entry(2, "3-2-1402", "张三", "13900000001", ID, "")), List.of()));
    }

    @Test
    void match_byIdNumber_findsThePersonWhereverTheyLive_andMovesThem() {
        var known = known("1-1-101", "张三", "", ID, "1980-06-01");
        assertEquals("changed 1", summary(List.of(entry(2, "3-2-1402", "张三", "", ID, "")), List.of(known)));
        assertEquals("unchanged 1", summary(List.of(entry(2, "1-1-101", "张三", "", ID, "")), List.of(known)));
    }

    @Test
    void match_byName_findsThePersonAtHomeOnly_andAddsWhatWasMissing() {
        var known = known("3-2-1402", "张三", "", "", "");
        assertEquals("unchanged 1", summary(List.of(entry(2, "3-2-1402", "张三", "", "", "")), List.of(known)));
        assertEquals("changed 1", summary(List.of(entry(2, "3-2-1402", "张三", "", ID, "")), List.of(known)));
        assertEquals("changed 1", summary(List.of(entry(2, "3-2-1402", "张三", "13900000001", "", "")), List.of(known)));
        assertEquals("created 1", summary(List.of(entry(2, "3-2-1403", "张三", "", "", "")), List.of(known)));
    }

    @Test
    void match_byName_neverTakesSomebodyWithAnotherIdNumberOrBirthDate() {
        assertEquals("created 1", summary(List.of(entry(2, "3-2-1402", "张三", "", OTHER_ID, "")),
                List.of(known("3-2-1402", "张三", "", ID, "1980-06-01"))));
        assertEquals("created 1", summary(List.of(entry(2, "3-2-1402", "张三", "", "", "2010-05-01")),
                List.of(known("3-2-1402", "张三", "", "", "1980-06-01"))));
    }

    @Test
    void match_ofNamesakes_choosesByBirthDate_orAsksForIt() {
        var elder = known("3-2-1402", "张伟", "", "", "1950-01-01");
        var younger = known("3-2-1402", "张伟", "", "", "1980-01-01");
        assertEquals("unchanged 1", summary(List.of(entry(2, "3-2-1402", "张伟", "", "", "1980-01-01")), List.of(elder, younger)));
        assertEquals("rejected 2 SEVERAL_NAMESAKES", summary(List.of(entry(2, "3-2-1402", "张伟", "", "", "")), List.of(elder, younger)));
    }

    @Test
    void match_ofAPhoneOfAnother_rejects_unlessTheFileGivesThatOneANewPhone() {
        var owner = known("1-1-101", "李四", "13900000001", "", "");
        var newcomer = entry(2, "3-2-1402", "张三", "13900000001", "", "");
        assertEquals("rejected 2 PHONE_OF_ANOTHER", summary(List.of(newcomer), List.of(owner)));
        assertEquals("created 1 changed 1", summary(List.of(newcomer, entry(3, "1-1-101", "李四", "13900000002", "", "")), List.of(owner)));
        assertEquals("unchanged 1 rejected 2 PHONE_OF_ANOTHER",
                summary(List.of(newcomer, entry(3, "1-1-101", "李四", "", "", "")), List.of(owner)));
    }

    @Test
    void match_ofSwappedPhones_takesBoth_andOfAChainThatEndsAtAStranger_takesNone() {
        var a = known("1-1-101", "甲", "13900000001", "", "");
        var b = known("1-1-102", "乙", "13900000002", "", "");
        var c = known("1-1-103", "丙", "13900000003", "", "");
        assertEquals("changed 2", summary(List.of(
                entry(2, "1-1-101", "甲", "13900000002", "", ""), entry(3, "1-1-102", "乙", "13900000001", "", "")), List.of(a, b)));
        assertEquals("rejected 2 PHONE_OF_ANOTHER, 3 PHONE_OF_ANOTHER", summary(List.of(
                entry(2, "1-1-101", "甲", "13900000002", "", ""), entry(3, "1-1-102", "乙", "13900000003", "", "")), List.of(a, b, c)));
    }

    @Test
    void match_ofTheSameFileAgain_changesNothing_howeverTheRegistryLookedBefore() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < 3_000; round++) {
            List<Registered> registry = applied(RosterMatching.match(randomFile(random), List.of()), List.of());
            List<Entry> file = randomFile(random);
            Outcome first = RosterMatching.match(file, registry);
            accepted += first.accepted().size();
            List<Registered> after = applied(first, registry);
            assertEquals(after.stream().map(Registered::phoneHash).filter(Optional::isPresent).distinct().count(),
                    after.stream().map(Registered::phoneHash).filter(Optional::isPresent).count(), "two with one phone, seed " + seed);
            Outcome second = RosterMatching.match(file, after);
            assertTrue(second.created().isEmpty() && second.changed().isEmpty(),
                    "seed " + seed + " round " + round + ": " + summary(second) + "\n" + file + "\n" + after);
        }
        assertTrue(accepted > 5_000);
    }

    /** Few names, homes, phones and numbers, so that everything meets everything; judged first, as every file is. */
    private static List<Entry> randomFile(Random random) {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            int who = random.nextInt(4);
            String idNumber = random.nextInt(3) == 0 ? idNumber("370202", LocalDate.of(1980 + who, 6, 1), 7) : "";
            String bornOn = idNumber.isEmpty() && random.nextInt(3) == 0 ? (1980 + random.nextInt(3)) + "-06-01" : "";
            rows.add("1,1,10%d,%s,%s,%s,,%s".formatted(random.nextInt(2), "甲乙".charAt(random.nextInt(2)),
                    random.nextBoolean() ? "1390000000" + random.nextInt(4) : "", idNumber, bornOn));
        }
        try {
            return RosterSamples.judged(rows.toArray(String[]::new)).accepted().stream().map(RosterMatchingTest::entry).toList();
        } catch (RosterUnreadable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What the store does with an outcome. */
    private static List<Registered> applied(Outcome outcome, List<Registered> registry) {
        Map<UUID, Registered> all = new LinkedHashMap<>();
        registry.forEach(each -> all.put(each.id(), each));
        outcome.created().forEach(entry -> {
            var made = registered(UUID.randomUUID(), entry, Relation.OTHER, Optional.empty(), Optional.empty(), Optional.empty());
            all.put(made.id(), made);
        });
        outcome.changed().forEach(change -> all.put(change.before().id(), registered(change.before().id(), change.entry(),
                change.before().relation(), change.before().bornOn(), change.before().idNumberHash(), change.before().phoneHash())));
        return List.copyOf(all.values());
    }

    private static Registered registered(UUID id, Entry entry, Relation relation, Optional<LocalDate> bornOn, Optional<String> idHash, Optional<String> phoneHash) {
        RosterLine line = entry.line();
        return new Registered(id, entry.household(), line.name(), line.relation().orElse(relation), line.bornOn().or(() -> bornOn),
                entry.idNumberHash().or(() -> idHash), entry.phoneHash().or(() -> phoneHash));
    }

    private static Entry entry(int line, String household, String name, String phone, String idNumber, String bornOn) {
        Optional<IdNumber> number = Optional.of(idNumber).filter(text -> !text.isEmpty()).map(RosterSamples::id);
        return entry(new RosterLine(line, HouseholdLabel.parse(household).toOptional().orElseThrow(), name,
                Optional.of(phone).filter(text -> !text.isEmpty()).map(RosterSamples::phone), number, Optional.empty(),
                Optional.of(bornOn).filter(text -> !text.isEmpty()).map(LocalDate::parse).or(() -> number.map(IdNumber::bornOn))));
    }

    private static Entry entry(RosterLine line) {
        return new Entry(line, line.idNumber().map(IdNumber::reveal), line.phone().map(PhoneNumber::reveal));
    }

    private static Registered known(String household, String name, String phone, String idNumber, String bornOn) {
        return new Registered(UUID.randomUUID(), household, name, Relation.OTHER,
                Optional.of(bornOn).filter(text -> !text.isEmpty()).map(LocalDate::parse),
                Optional.of(idNumber).filter(text -> !text.isEmpty()).map(text -> id(text).reveal()),
                Optional.of(phone).filter(text -> !text.isEmpty()).map(text -> phone(text).reveal()));
    }

    private static String summary(List<Entry> entries, List<Registered> registered) {
        return summary(RosterMatching.match(entries, registered));
    }

    private static String summary(Outcome outcome) {
        var parts = new ArrayList<String>();
        if (!outcome.created().isEmpty()) {
            parts.add("created " + outcome.created().size());
        }
        if (!outcome.changed().isEmpty()) {
            parts.add("changed " + outcome.changed().size());
        }
        if (!outcome.unchanged().isEmpty()) {
            parts.add("unchanged " + outcome.unchanged().size());
        }
        if (!outcome.rejected().isEmpty()) {
            parts.add("rejected " + String.join(", ", outcome.rejected().stream().map(each -> each.line() + " " + each.fault()).toList()));
        }
        return String.join(" ", parts);
    }
}
