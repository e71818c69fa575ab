package gatehouse.simulation;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was really reported and done in a day, counted by the rules as people say them: one round, one report; after four it is late. */
final class DayLedger {
    static final LocalTime CUT_OFF = LocalTime.of(16, 0);
    private static final int FEVER_ABOVE_TENTHS = 373;
    private static final int ACKNOWLEDGE_WITHIN_MINUTES = 10;

    enum Turn {
        MORNING, AFTERNOON
    }

    /** What a thermometer showed, and whether there was a symptom of the list. */
    record Reading(int tenths, boolean symptom) {
        boolean isAlarming() {
            return symptom || tenths > FEVER_ABOVE_TENTHS;
        }
    }

    private record Entry(Reading reading, boolean late) {
    }

    enum Stage {
        OPEN, ACKNOWLEDGED, ESCALATED, TRANSFERRED, CLOSED
    }

    private static final class Alarm {
        private final LocalTime openedAt;
        private Stage stage = Stage.OPEN;
        private boolean handedOn;

        private Alarm(LocalTime openedAt) {
            this.openedAt = openedAt;
        }
    }

    record Figures(int expected, int reported, int late, int missing) {
    }

    /** Who lives where. */
    record Person(UUID id, UUID compound, String building, UUID home, boolean homeHasPhone) {
    }

    private final Map<UUID, Person> people = new LinkedHashMap<>();
    private final Map<UUID, Map<Turn, Entry>> entries = new HashMap<>();
    private final Map<UUID, List<Alarm>> alarms = new HashMap<>();
    private final List<UUID> escalated = new ArrayList<>();
    private final List<UUID> observed = new ArrayList<>();

    DayLedger(Street street) {
        street.estates.forEach(estate -> estate.homes().forEach(home -> home.members().forEach(member -> people.put(member,
                new Person(member, home.compound(), home.building(), home.id(), home.phone().isPresent())))));
    }

    synchronized void report(UUID who, Turn turn, Reading reading, LocalTime at) {
        var before = entries.computeIfAbsent(who, nobody -> new EnumMap<>(Turn.class)).get(turn);
        entries.get(who).put(turn, new Entry(reading, before == null ? !at.isBefore(CUT_OFF) : before.late));
        if (reading.isAlarming()) {
            var own = alarms.computeIfAbsent(who, nobody -> new ArrayList<>());
            if (own.isEmpty() || own.getLast().stage == Stage.CLOSED) {
                own.add(new Alarm(at));
            }
        }
    }

    /** The clock has come to be {@code now}: whatever nobody took on for ten minutes goes further up. */
    synchronized void clockIs(LocalTime now) {
        alarms.forEach((who, own) -> {
            var last = own.getLast();
            if (last.stage == Stage.OPEN && !now.isBefore(last.openedAt.plusMinutes(ACKNOWLEDGE_WITHIN_MINUTES))) {
                last.stage = Stage.ESCALATED;
                last.handedOn = true;
                escalated.add(who);
            }
        });
    }

    synchronized Stage stageOf(UUID who) {
        return alarms.get(who).getLast().stage;
    }

    synchronized void step(UUID who, Stage to) {
        alarms.get(who).getLast().stage = to;
        alarms.get(who).getLast().handedOn |= to == Stage.ESCALATED || to == Stage.TRANSFERRED;
    }

    synchronized Figures figures(UUID compound, Turn turn, Predicate<String> building) {
        var lived = living(compound, building).toList();
        int reported = 0;
        int late = 0;
        for (var person : lived) {
            var entry = entries.getOrDefault(person.id, Map.of()).get(turn);
            reported += entry == null ? 0 : 1;
            late += entry != null && entry.late ? 1 : 0;
        }
        return new Figures(lived.size(), reported, late, lived.size() - reported);
    }

    private Stream<Person> living(UUID compound, Predicate<String> building) {
        return people.values().stream().filter(person -> person.compound.equals(compound) && building.test(person.building));
    }

    /** People whose report of the day, as it stands, shows a fever. */
    synchronized int fevers(UUID compound, Predicate<String> building) {
        return (int) living(compound, building).filter(person -> entries.getOrDefault(person.id, Map.of()).values().stream()
                .anyMatch(entry -> entry.reading.tenths > FEVER_ABOVE_TENTHS)).count();
    }

    synchronized int openAlarms(UUID compound, Predicate<String> building) {
        return (int) living(compound, building).flatMap(person -> alarms.getOrDefault(person.id, List.of()).stream())
                .filter(alarm -> alarm.stage != Stage.CLOSED).count();
    }

    synchronized int alarmsOpened(UUID compound) {
        return living(compound, any -> true).mapToInt(person -> alarms.getOrDefault(person.id, List.of()).size()).sum();
    }

    /** Of which those beyond the office have learnt. */
    synchronized int handedOn(UUID compound) {
        return (int) living(compound, any -> true).flatMap(person -> alarms.getOrDefault(person.id, List.of()).stream())
                .filter(alarm -> alarm.handedOn).count();
    }

    synchronized int escalatedByTheClock(UUID compound) {
        return (int) escalated.stream().filter(who -> people.get(who).compound.equals(compound)).count();
    }

    synchronized int inStage(UUID compound, Stage stage) {
        return (int) living(compound, any -> true).flatMap(person -> alarms.getOrDefault(person.id, List.of()).stream())
                .filter(alarm -> alarm.stage == stage).count();
    }

    /** Homes that can read a message and where somebody's report of that round is not in. */
    synchronized List<UUID> homesToRemind(Turn... turns) {
        return people.values().stream().filter(Person::homeHasPhone).filter(person -> lacks(person.id, turns)).map(Person::home).distinct().toList();
    }

    private boolean lacks(UUID who, Turn... turns) {
        return Stream.of(turns).anyMatch(turn -> !entries.getOrDefault(who, Map.of()).containsKey(turn));
    }

    /** Who has reported neither round. */
    synchronized List<UUID> toCall(UUID compound, Predicate<String> building) {
        return living(compound, building).map(Person::id).filter(who -> entries.getOrDefault(who, Map.of()).isEmpty()).toList();
    }

    synchronized List<UUID> missing(UUID compound, Turn turn, Predicate<String> building) {
        return living(compound, building).map(Person::id).filter(who -> lacks(who, turn)).toList();
    }

    /** Who lacks a report of the day, of one round or of both. */
    synchronized int missingAny(UUID compound) {
        return (int) living(compound, any -> true).filter(person -> lacks(person.id, Turn.values())).count();
    }

    synchronized void observe(UUID who) {
        observed.add(who);
    }

    synchronized int observed(UUID compound) {
        return (int) observed.stream().filter(who -> people.get(who).compound.equals(compound)).count();
    }
}
