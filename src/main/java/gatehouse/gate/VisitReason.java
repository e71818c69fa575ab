package gatehouse.gate;

import java.util.Locale;

/**
 * Why a visitor is let in or not, in the order in which one is named: first what cannot be helped, last what the guard still has to do. The
 * last two are only ever conflicts: of somebody whom no household invited, and of somebody leaving whom no gate saw coming.
 */
enum VisitReason {
    OK, CANCELLED, ALREADY_INSIDE, ALREADY_LEFT, NOT_YET, TOO_LATE, NOT_ADMITTED, REGION_LISTED, FEVER, HEALTH_CODE, NO_MASK, HOST_ABSENT,
    NAME_NOT_CHECKED, NOT_INVITED, NOT_INSIDE;

    static VisitReason ofSlug(String slug) {
        return valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
