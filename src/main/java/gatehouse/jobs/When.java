package gatehouse.jobs;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;

/** The hours of a day, in Shanghai, at which a job is due. */
public sealed interface When {
    int MINUTES_OF_A_DAY = 24 * 60;

    List<LocalTime> times();

    /** Once a day at that minute. */
    record Daily(LocalTime at) implements When {
        public Daily {
            if (at.getSecond() != 0 || at.getNano() != 0) {
                throw new IllegalArgumentException("a job is due at a whole minute, not at " + at);
            }
        }

        @Override
        public List<LocalTime> times() {
            return List.of(at);
        }

        @Override
        public String toString() {
            return at.toString();
        }
    }

    /** From midnight on every so many minutes, which must divide the day, so that each day has the same hours. */
    record Every(int minutes) implements When {
        public Every {
            if (minutes < 1 || MINUTES_OF_A_DAY % minutes != 0) {
                throw new IllegalArgumentException("minutes must divide a day, which %d do not".formatted(minutes));
            }
        }

        @Override
        public List<LocalTime> times() {
            return IntStream.range(0, MINUTES_OF_A_DAY / minutes)
                    .mapToObj(each -> LocalTime.MIDNIGHT.plusMinutes((long) each * minutes)).toList();
        }

        @Override
        public String toString() {
            return "every " + minutes + " min";
        }
    }

    static When daily(int hour, int minute) {
        return new Daily(LocalTime.of(hour, minute));
    }

    static When every(int minutes) {
        return new Every(minutes);
    }
}
