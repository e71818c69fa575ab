package gatehouse.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.OffsetDateTime;

/** A figure of a building, and how those of several buildings become one of their grid or compound. */
public sealed interface Figure {
    /** @throws IllegalArgumentException where the other is of another kind: one name means one thing everywhere */
    Figure plus(Figure other);

    private static IllegalArgumentException unlike(Figure one, Figure other) {
        return new IllegalArgumentException("%s and %s are not of a kind".formatted(one, other));
    }

    /** So many. */
    record Count(@JsonValue int number) implements Figure {
        @Override
        public Figure plus(Figure other) {
            if (other instanceof Count(int more)) {
                return new Count(number + more);
            }
            throw unlike(this, other);
        }
    }

    /** Tickets by where they stand; {@code breached}: those of them that are not done and missed a promise. */
    record Tickets(int submitted, int accepted, int assigned, int onSite, int waiting, int reopened, int done, int breached) implements Figure {
        /** What is not done. */
        @JsonProperty
        int open() {
            return submitted + accepted + assigned + onSite + waiting + reopened;
        }

        @Override
        public Figure plus(Figure other) {
            if (other instanceof Tickets more) {
                return new Tickets(submitted + more.submitted, accepted + more.accepted, assigned + more.assigned, onSite + more.onSite,
                        waiting + more.waiting, reopened + more.reopened, done + more.done, breached + more.breached);
            }
            throw unlike(this, other);
        }
    }

    /** When something began; of several the earliest. */
    record Since(@JsonValue OffsetDateTime at) implements Figure {
        @Override
        public Figure plus(Figure other) {
            if (other instanceof Since(OffsetDateTime otherAt)) {
                return otherAt.isBefore(at) ? other : this;
            }
            throw unlike(this, other);
        }
    }

    /** Reports of both rounds against the residents who should report. */
    record Rounds(@JsonProperty("MORNING") Round morning, @JsonProperty("AFTERNOON") Round afternoon) implements Figure {
        @Override
        public Figure plus(Figure other) {
            if (other instanceof Rounds(Round otherMorning, Round otherAfternoon)) {
                return new Rounds(morning.plus(otherMorning), afternoon.plus(otherAfternoon));
            }
            throw unlike(this, other);
        }
    }

    /** {@code reported}: in time or late. */
    record Round(int expected, int reported, int late) {
        @JsonProperty
        int missing() {
            return Math.max(0, expected - reported);
        }

        Round plus(Round other) {
            return new Round(expected + other.expected, reported + other.reported, late + other.late);
        }
    }
}
