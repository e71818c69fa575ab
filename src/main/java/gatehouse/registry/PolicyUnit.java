package gatehouse.registry;

/** What a policy value is counted in; the value itself is always a whole number of it. */
public enum PolicyUnit {
    /** Minutes since midnight; written {@code 16:00}. */
    TIME_OF_DAY("time of day"),
    /** Written in °C with one decimal, {@code 37.3}. */
    TENTHS_OF_CELSIUS("°C"),
    MINUTES("minutes"),
    HOURS("hours"),
    DAYS("days"),
    WORKING_DAYS("working days"),
    YEARS("years"),
    PERCENT("percent"),
    PEOPLE("people"),
    TIMES("times"),
    /** Of other things. */
    COUNT("count"),
    /** A number that stands for something, as a region's does. */
    CODE("code"),
    /** The ordinal of a {@link ControlLevel}; written as its word. */
    CONTROL_LEVEL("word"),
    /** The ordinal of a {@link Decider}; written as its word. */
    DECIDER("word"),
    /** 0 or 1; written {@code NO} or {@code YES}. */
    YES_NO("word");

    private final String text;

    PolicyUnit(String text) {
        this.text = text;
    }

    /** As the API writes it. */
    public String text() {
        return text;
    }
}
