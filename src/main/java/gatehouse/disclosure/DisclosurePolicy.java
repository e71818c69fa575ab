package gatehouse.disclosure;

import gatehouse.kernel.Role;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;

/** Who may be shown which hidden value, and how many of them: pure functions. */
final class DisclosurePolicy {
    static final Duration HOUR = Duration.ofHours(1);
    /** As short as an honest reason in Chinese can be. */
    static final int SHORTEST_REASON = 4;

    private DisclosurePolicy() {
    }

    /** What becomes of somebody's wish to see a value. */
    sealed interface Decision {
        /** They see it, by that role. */
        record Shown(Role by) implements Decision {
        }

        /** None of their roles ever sees this field. */
        record NotYours() implements Decision {
        }

        /** The person is not theirs to see. */
        record NotSeen() implements Decision {
        }
    }

    /** The roles that may see the field of residents whom they reach. */
    static Set<Role> rolesFor(DisclosureField field) {
        return switch (field) {
            case ID_NUMBER -> EnumSet.of(Role.OFFICE);
            case PHONE -> EnumSet.of(Role.OFFICE, Role.GRID_WORKER, Role.HEALTH_CENTRE, Role.SUBDISTRICT);
            case NAME -> EnumSet.of(Role.OFFICE, Role.SUBDISTRICT);
            case REPORTER, HEALTH -> EnumSet.noneOf(Role.class);
        };
    }

    /** The roles that may see the field of visitors whom they reach: a gate calls somebody, it identifies them by their paper. */
    static Set<Role> rolesForVisitor(VisitorField field) {
        return switch (field) {
            case ID_NUMBER -> EnumSet.of(Role.OFFICE);
            case PHONE -> EnumSet.of(Role.OFFICE, Role.GUARD);
        };
    }

    /** Guards reach only visitors who are inside or expected today. */
    static Set<Role> reachingVisitor(Set<Role> bySpace, boolean atGate) {
        var reaching = bySpace.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(bySpace);
        if (!atGate) {
            reaching.remove(Role.GUARD);
        }
        return reaching;
    }

    /** The health centre reaches only those about whom it has a case; others it does not even find. */
    static Set<Role> reaching(Set<Role> bySpace, boolean healthCase) {
        var reaching = bySpace.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(bySpace);
        if (!healthCase) {
            reaching.remove(Role.HEALTH_CENTRE);
        }
        return reaching;
    }

    /** {@code may}: who sees it at all; {@code roles}: all that somebody has; {@code reaching}: those of them by which they reach the person. */
    static Decision judge(Set<Role> may, Set<Role> roles, Set<Role> reaching) {
        if (roles.stream().noneMatch(may::contains)) {
            return new Decision.NotYours();
        }
        return reaching.stream().filter(may::contains).sorted().findFirst().<Decision>map(Decision.Shown::new).orElseGet(Decision.NotSeen::new);
    }

    /** Counted without the spaces around it and inside it. */
    static boolean isReason(String text) {
        return text.codePoints().filter(letter -> !Character.isWhitespace(letter) && !Character.isSpaceChar(letter) && !Character.isISOControl(letter))
                .count() >= SHORTEST_REASON;
    }

    /** At least one second. */
    static long retryAfterSeconds(OffsetDateTime hourBegan, OffsetDateTime now) {
        return Math.max(1, Duration.between(now, hourBegan.plus(HOUR)).toSeconds() + 1);
    }
}
