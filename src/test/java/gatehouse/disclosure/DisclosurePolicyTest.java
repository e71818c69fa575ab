package gatehouse.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.disclosure.DisclosurePolicy.Decision;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisclosurePolicyTest {
    @ParameterizedTest
    @CsvSource({
        "PHONE, 'GRID_WORKER OFFICE HEALTH_CENTRE SUBDISTRICT'",
        "ID_NUMBER, OFFICE",
        "NAME, 'OFFICE SUBDISTRICT'",
    })
    void field_isShownToTheseRolesOnly(DisclosureField field, String roles) {
        var shown = new TreeSet<>(Arrays.stream(Role.values())
                .filter(role -> DisclosurePolicy.judge(DisclosurePolicy.rolesFor(field), Set.of(role), Set.of(role)) instanceof Decision.Shown).toList());
        assertEquals(roles, String.join(" ", shown.stream().map(Enum::name).toList()));
    }

    @Test
    void resident_whomNobodysPermittedRoleReaches_isNotSeen() {
        assertInstanceOf(Decision.NotSeen.class, DisclosurePolicy.judge(DisclosurePolicy.rolesFor(DisclosureField.PHONE), Set.of(Role.OFFICE), Set.of()));
        var gridReaches = DisclosurePolicy.judge(DisclosurePolicy.rolesFor(DisclosureField.ID_NUMBER), Set.of(Role.OFFICE, Role.GRID_WORKER), Set.of(Role.GRID_WORKER));
        assertInstanceOf(Decision.NotSeen.class, gridReaches);
        assertInstanceOf(Decision.NotYours.class, DisclosurePolicy.judge(DisclosurePolicy.rolesFor(DisclosureField.NAME), Set.of(Role.GUARD), Set.of(Role.GUARD)));
    }

    @Test
    void valueSeenByTwoRoles_isEnteredWithOneThatMay() {
        var judged = DisclosurePolicy.judge(DisclosurePolicy.rolesFor(DisclosureField.NAME), Set.of(Role.GRID_WORKER, Role.OFFICE), Set.of(Role.GRID_WORKER, Role.OFFICE));
        assertEquals(new Decision.Shown(Role.OFFICE), judged);
    }

    @ParameterizedTest
    @CsvSource({
        "PHONE, 'GUARD OFFICE'",
        "ID_NUMBER, OFFICE",
    })
    void fieldOfAVisitor_isShownToTheseRolesOnly(VisitorField field, String roles) {
        var shown = new TreeSet<>(Arrays.stream(Role.values())
                .filter(role -> DisclosurePolicy.judge(DisclosurePolicy.rolesForVisitor(field), Set.of(role), Set.of(role)) instanceof Decision.Shown).toList());
        assertEquals(roles, String.join(" ", shown.stream().map(Enum::name).toList()));
    }

    @Test
    void guard_reachesAVisitorOnlyWhileTheyAreOfTheGate() {
        assertEquals(Set.of(Role.GUARD, Role.OFFICE), DisclosurePolicy.reachingVisitor(Set.of(Role.GUARD, Role.OFFICE), true));
        assertEquals(Set.of(Role.OFFICE), DisclosurePolicy.reachingVisitor(Set.of(Role.GUARD, Role.OFFICE), false));
        assertEquals(Set.of(), DisclosurePolicy.reachingVisitor(Set.of(), true));
    }

    @Test
    void reason_ofSpacesOrSigns_isNone() {
        assertTrue(DisclosurePolicy.isReason("核实体温"));
        assertTrue(DisclosurePolicy.isReason(" 𠮷 𠮷 𠮷 𠮷 "));
        assertFalse(DisclosurePolicy.isReason("核实体"));
        assertFalse(DisclosurePolicy.isReason("ab \u00a0\u3000\t\n "));
        assertFalse(DisclosurePolicy.isReason("𠮷𠮷"));
    }

    @Test
    void retry_isPossible_whenTheHourIsOver() {
        var began = OffsetDateTime.parse("2026-11-22T09:00:00+08:00");
        assertEquals(3_601, DisclosurePolicy.retryAfterSeconds(began, began));
        assertEquals(2, DisclosurePolicy.retryAfterSeconds(began, began.plusSeconds(3_598).plusNanos(1)));
        assertEquals(1, DisclosurePolicy.retryAfterSeconds(began, began.plusHours(1)));
    }
}
