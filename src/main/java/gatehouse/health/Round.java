package gatehouse.health;

/** The two daily reporting rounds. */
public enum Round {
    MORNING(1), AFTERNOON(2);

    private final int number;
    Round(int number) {
        this.number = number;
    }

    /** As it is stored: 1 or 2, so that rounds sort by time. */
    public short number() {
        return (short) number;
    }

    static Round numbered(int number) {
        return switch (number) {
            case 1 -> MORNING;
            case 2 -> AFTERNOON;
            default -> throw new IllegalArgumentException("no round " + number);
        };
    }
}
