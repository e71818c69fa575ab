package gatehouse.registry;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How policy values are written, and which sets of them make sense together. Pure. */
final class PolicyRules {

    private static final int MINUTES_PER_HOUR = 60;

    private PolicyRules() {}

    /** What an office asked for: either the values as they would be, or every fault of the request. */
    sealed interface Decision {
        /** @param changes only what really becomes different */
        record Accepted(Map<PolicyName, Integer> changes) implements Decision {}

        record Refused(List<Fault> faults) implements Decision {}
    }

    /** Why one named value is refused. */
    sealed interface Fault {
        String key();

        record Unknown(String key) implements Fault {}

        record NotWrittenAs(String key, PolicyUnit unit) implements Fault {}

        record OutOfRange(String key, Object least, Object most) implements Fault {}

        /** It must not be less than another value is, or would be. */
        record Before(String key, Object other) implements Fault {}
    }

    /** Values of which the second must not be less than the first. */
    private record Order(PolicyName first, PolicyName second) {}

    private static final List<Order> ORDERS = List.of(
            new Order(PolicyName.AFTERNOON_REPORT_OPENS_AT, PolicyName.AFTERNOON_ROUND_AT),
            new Order(PolicyName.AFTERNOON_ROUND_AT, PolicyName.LAST_REMINDER_AT),
            new Order(PolicyName.LAST_REMINDER_AT, PolicyName.REPORT_CUT_OFF_AT),
            new Order(PolicyName.REPORT_CUT_OFF_AT, PolicyName.SUMMARY_DUE_AT),
            new Order(PolicyName.GATE_OPENS_AT, PolicyName.GATE_CLOSES_AT),
            new Order(PolicyName.PICKUP_OPENS_AT, PolicyName.PICKUP_CLOSES_AT),
            new Order(PolicyName.PARCEL_REMINDER_AFTER, PolicyName.PARCEL_RETURN_AFTER));

    /** @param asked by key: numbers, texts or booleans as they came in JSON */
    static Decision decide(PolicyValues present, Map<String, Object> asked) {
        var faults = new ArrayList<Fault>();
        var changes = new EnumMap<PolicyName, Integer>(PolicyName.class);
        asked.forEach((key, written) -> PolicyName.ofKey(key).ifPresentOrElse(
                name -> read(name, written, changes, faults), () -> faults.add(new Fault.Unknown(key))));
        if (faults.isEmpty()) {
            changes.entrySet().removeIf(change -> change.getValue() == present.amount(change.getKey()));
            checkOrders(present, changes, faults);
        }
        return faults.isEmpty() ? new Decision.Accepted(changes) : new Decision.Refused(faults);
    }

    private static void read(PolicyName name, Object written, Map<PolicyName, Integer> changes, List<Fault> faults) {
        try {
            int amount = parse(name.unit(), written);
            if (amount < name.least() || amount > name.most()) {
                faults.add(new Fault.OutOfRange(name.key(), write(name.unit(), name.least()), write(name.unit(), name.most())));
            } else {
                changes.put(name, amount);
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException miswritten) {
            faults.add(new Fault.NotWrittenAs(name.key(), name.unit()));
        }
    }

    private static void checkOrders(PolicyValues present, Map<PolicyName, Integer> changes, List<Fault> faults) {
        for (Order order : ORDERS) {
            int first = changes.getOrDefault(order.first, present.amount(order.first));
            int second = changes.getOrDefault(order.second, present.amount(order.second));
            if (second < first) {
                faults.add(new Fault.Before(order.second.key(), write(order.first.unit(), first)));
            }
        }
    }

    /** Whole units as the API writes them: 16:00, 37.3, 10, CONTROLLED. */
    static Object write(PolicyUnit unit, int amount) {
        return switch (unit) {
            case TIME_OF_DAY -> "%02d:%02d".formatted(amount / MINUTES_PER_HOUR, amount % MINUTES_PER_HOUR);
            case TENTHS_OF_CELSIUS -> BigDecimal.valueOf(amount, 1);
            case CONTROL_LEVEL, DECIDER, YES_NO -> words(unit).get(amount);
            case MINUTES, HOURS, DAYS, WORKING_DAYS, YEARS, PERCENT, PEOPLE, TIMES, COUNT, CODE -> amount;
        };
    }

    /** The reverse of {@link #write}; throws where it is not written so. */
    static int parse(PolicyUnit unit, Object written) {
        return switch (unit) {
            case TIME_OF_DAY -> minutes(text(written));
            case CONTROL_LEVEL, DECIDER, YES_NO -> place(words(unit), text(written));
            case TENTHS_OF_CELSIUS -> number(written).movePointRight(1).intValueExact();
            case MINUTES, HOURS, DAYS, WORKING_DAYS, YEARS, PERCENT, PEOPLE, TIMES, COUNT, CODE -> number(written).intValueExact();
        };
    }

    private static int minutes(String text) {
        if (!text.matches("[0-9]{2}:[0-9]{2}")) {
            throw new IllegalArgumentException("HH:mm");
        }
        return LocalTime.parse(text).toSecondOfDay() / MINUTES_PER_HOUR;
    }

    private static String text(Object written) {
        if (written instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("text");
    }

    private static BigDecimal number(Object written) {
        if (written instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            if (exact.precision() - (long) exact.scale() < 10) {
                return exact;
            }
        }
        throw new IllegalArgumentException("number");
    }

    private static int place(List<String> words, String written) {
        int place = words.indexOf(written);
        if (place < 0) {
            throw new IllegalArgumentException(written);
        }
        return place;
    }

    /** The words that a value may be written as; none where it is a number or a time. */
    static List<String> words(PolicyUnit unit) {
        return switch (unit) {
            case CONTROL_LEVEL -> Arrays.stream(ControlLevel.values()).map(Enum::name).toList();
            case DECIDER -> Arrays.stream(Decider.values()).map(Enum::name).toList();
            case YES_NO -> List.of("NO", "YES");
            case TIME_OF_DAY, TENTHS_OF_CELSIUS, MINUTES, HOURS, DAYS, WORKING_DAYS, YEARS, PERCENT, PEOPLE, TIMES, COUNT, CODE -> List.of();
        };
    }
}
