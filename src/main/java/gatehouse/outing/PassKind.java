package gatehouse.outing;

/** What an outing is for. */
enum PassKind {
    SUPPLIES, WORK, MEDICAL, ESSENTIAL_WORKER, VEHICLE;

    /** Whether staff look at a certificate for it: the employer's, the work ID, the vehicle's. */
    boolean hasDocument() {
        return switch (this) {
            case WORK, ESSENTIAL_WORKER, VEHICLE -> true;
            case SUPPLIES, MEDICAL -> false;
        };
    }
}
