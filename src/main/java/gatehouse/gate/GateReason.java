package gatehouse.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why somebody may go through or not, in the order in which one is named: the code, the pass, the person at the gate, what only the office knows. */
enum GateReason {
    OK, FORGED, EXPIRED_CODE, NOT_APPROVED, NOT_YET, TOO_LATE, ALREADY_OUT, NOT_OUT, REVOKED, FEVER, NO_MASK, ALERT_OPEN, UNDER_OBSERVATION,
    REPORT_MISSING, LEVEL_SEALED, OTHER_COMPOUND,
    /** Nothing speaks against it, but the gate had no network and let nobody through. */
    TURNED_BACK;

    /** As it is named to who needs not know what the health centre knows. */
    String generalSlug() {
        return this == ALERT_OPEN || this == UNDER_OBSERVATION ? "suspended" : slug();
    }

    /** As the API names it, for instance {@code already-out}. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<GateReason> ofSlug(String slug) {
        return Arrays.stream(values()).filter(reason -> reason.slug().equals(slug)).findFirst();
    }
}
