package gatehouse.kernel;

/** Whether a process can serve on the database as it is now. */
public enum Readiness {
    READY("ready"),
    /** Something that this process found at its start is gone, for instance by a restored backup: only a new start brings it back. */
    SCHEMA_OLDER("the database's schema is older than this program's"),
    /** Another instance seals by a key that this one does not have, or an old one is missing here. */
    KEY_MISSING("the database is sealed by a key that this process does not have");

    private final String words;

    Readiness(String words) {
        this.words = words;
    }

    /** For operators and their machines. */
    public String words() {
        return words;
    }
}
