package gatehouse.forms;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/** What stands in one place of a form. */
sealed interface Cell {
    Cell NOTHING = new Nothing();

    record Nothing() implements Cell {
    }

    /** As somebody wrote it: how it is made harmless is the business of whoever writes the sheet. */
    record Text(String value) implements Cell {
    }

    record Count(long value) implements Cell {
    }

    /** Tenths of °C. */
    record Degrees(int tenths) implements Cell {
    }

    record Day(LocalDate date) implements Cell {
    }

    /** To the minute, in China's time. */
    record Time(OffsetDateTime at) implements Cell {
    }
}
