package gatehouse.simulation;

import gatehouse.simulation.DayLedger.Reading;
import gatehouse.simulation.DayLedger.Turn;
import gatehouse.simulation.Street.Estate;
import gatehouse.simulation.Street.Home;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who does what at which minute of a day, by chance but always the same for one seed: most families report together, some late, some
 * leave somebody out, some send the same list twice because the answer was lost; some mistype and correct; some never report.
 */
final class DayScript {
    private static final LocalTime FIRST = LocalTime.of(8, 55);
    private static final LocalTime LAST = LocalTime.of(17, 4);
    private static final LocalTime AFTERNOON = LocalTime.of(15, 0);

    /** Something that somebody does. */
    sealed interface Act {
        /** One list for a home: by itself or, where it has no phone, by its grid worker; {@code again} where the answer gets lost. */
        record Report(Estate estate, Home home, Turn turn, Map<UUID, Reading> readings, boolean again) implements Act {
        }

        record Correct(Home home, Turn turn, UUID who, Reading reading) implements Act {
        }
    }

    private final Random chance;
    private final TreeMap<LocalTime, List<Act>> acts = new TreeMap<>();

    DayScript(Street street, long seed) {
        chance = new Random(seed);
        for (var estate : street.estates) {
            for (var home : estate.homes()) {
                report(estate, home, Turn.MORNING, minuteOf(Turn.MORNING));
                report(estate, home, Turn.AFTERNOON, minuteOf(Turn.AFTERNOON));
            }
        }
    }

    NavigableMap<LocalTime, List<Act>> acts() {
        return acts;
    }

    /** Null for never. */
    private @org.jspecify.annotations.Nullable LocalTime minuteOf(Turn turn) {
        int kind = chance.nextInt(100);
        if (kind < 8) {
            return null;
        }
        if (kind < 14) {
            return between(DayLedger.CUT_OFF, LAST);
        }
        return turn == Turn.AFTERNOON ? between(AFTERNOON, DayLedger.CUT_OFF.minusMinutes(1))
                : between(FIRST, kind < 24 ? DayLedger.CUT_OFF.minusMinutes(1) : LocalTime.of(11, 30));
    }

    private LocalTime between(LocalTime from, LocalTime to) {
        return from.plusMinutes(chance.nextInt((int) ChronoUnit.MINUTES.between(from, to) + 1));
    }

    private void report(Estate estate, Home home, Turn turn, @org.jspecify.annotations.Nullable LocalTime at) {
        if (at == null) {
            return;
        }
        var readings = new LinkedHashMap<UUID, Reading>();
        boolean leavesOneOut = home.members().size() > 1 && chance.nextInt(10) == 0;
        for (var member : home.members().subList(leavesOneOut ? 1 : 0, home.members().size())) {
            readings.put(member, reading());
        }
        add(at, new Act.Report(estate, home, turn, readings, chance.nextInt(8) == 0));
        var corrected = at.plusMinutes(3 + chance.nextInt(20));
        if (home.phone().isPresent() && chance.nextInt(12) == 0 && !corrected.isAfter(LAST)) {
            var who = readings.keySet().iterator().next();
            add(corrected, new Act.Correct(home, turn, who, new Reading(readings.get(who).tenths() == 366 ? 367 : 366, false)));
        }
    }

    private void add(LocalTime at, Act act) {
        acts.computeIfAbsent(at, minute -> new ArrayList<>()).add(act);
    }

    private Reading reading() {
        int kind = chance.nextInt(1000);
        if (kind < 12) {
            return new Reading(374 + chance.nextInt(16), false);
        }
        return new Reading(360 + chance.nextInt(14), kind < 20);
    }
}
