package gatehouse.gate;

/** What was found in a code, without asking anybody. */
sealed interface ShownCode {
    /** The number of the pass that it names. */
    long passNumber();

    /** Of this moment. */
    record Fresh(long passNumber) implements ShownCode {
    }

    record Printed(long passNumber, int cardSerial) implements ShownCode {
    }

    /** Ours, but a picture of it. */
    record Stale(long passNumber) implements ShownCode {
    }

    /** Not made by us; names nothing. */
    record Forged() implements ShownCode {
        @Override
        public long passNumber() {
            return 0;
        }
    }
}
