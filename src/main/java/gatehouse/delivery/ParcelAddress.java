package gatehouse.delivery;

import java.util.List;
import java.util.UUID;

/** Whose a parcel is, as it is written on it. */
sealed interface ParcelAddress {
    /** {@code 3-2-1402}, in three parts. */
    record Door(String building, String unit, String room) implements ParcelAddress {
    }

    /** The last four digits of a phone. */
    record PhoneTail(String digits) implements ParcelAddress {
    }

    /** One of the households that were offered before. */
    record Known(UUID householdId) implements ParcelAddress {
    }

    /** One of several households that it may be; the names masked. */
    record Choice(UUID householdId, String household, List<String> names) {
    }

    /** What an address turns out to mean. */
    sealed interface Meaning {
        record Found(Home home) implements Meaning {
        }

        record Ambiguous(List<Choice> choices) implements Meaning {
        }

        /** There is none: {@code pointer} names the field that is wrong. */
        record Wrong(String pointer) implements Meaning {
        }
    }
}
