package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.identity.IdentityPolicy.Actor;
import gatehouse.identity.IdentityPolicy.Decision;
import gatehouse.identity.IdentityPolicy.Placed;
import gatehouse.kernel.Role;
import gatehouse.support.TestKeys;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResetPolicyTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final UUID GARDEN = new UUID(1, 1);
    private static final UUID ACCOUNT = new UUID(2, 2);
    private static final Placed RESIDENT = new Placed(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, new UUID(3, 3)), GARDEN);
    private static final Placed GUARD = new Placed(new RoleGrant(Role.GUARD, Reach.GATE, new UUID(4, 4)), GARDEN);
    private static final Actor OFFICE = new Actor(new UUID(5, 5), false, Set.of(GARDEN));
    private static final Actor ADMINISTRATOR = new Actor(new UUID(6, 6), true, Set.of());

    @Test
    void code_isGoodUntilItExpires_andForFiveTries() {
        assertTrue(ResetPolicy.isGood(NOW.plusNanos(1), 4, NOW));
        assertFalse(ResetPolicy.isGood(NOW, 0, NOW));
        assertFalse(ResetPolicy.isGood(NOW.plusMinutes(1), 5, NOW));
    }

    @Test
    void code_isReadHoweverItIsWritten() {
        assertEquals("12345678", ResetCode.read(" 1234 5678").digits());
        assertEquals("12345678", ResetCode.read("１２３４－５６７８").digits());
        assertEquals("ResetCode[…]", ResetCode.read("12345678").toString());
    }

    @Test
    void code_isTheSameForItsReset_andAnotherForAnother() {
        var ring = TestKeys.ring();
        var code = ResetCode.of(ring, "test", GARDEN).orElseThrow();
        assertTrue(code.printed().matches("[0-9]{4} [0-9]{4}"), code.printed());
        assertEquals(code, ResetCode.of(ring, "test", GARDEN).orElseThrow());
        assertFalse(code.equals(ResetCode.of(ring, "test", ACCOUNT).orElseThrow()));
        assertTrue(ResetCode.of(ring, "gone", GARDEN).isEmpty());
    }

    @Test
    void passwordsOfResidents_areResetByTheirOffice_othersByAdministrators_nobodysOwn() {
        var permitted = new Decision.Permitted();
        var refused = new Decision.NotPermitted();
        assertEquals(permitted, IdentityPolicy.mayResetPassword(OFFICE, ACCOUNT, List.of(RESIDENT)));
        assertEquals(refused, IdentityPolicy.mayResetPassword(OFFICE, ACCOUNT, List.of(GUARD)));
        assertEquals(refused, IdentityPolicy.mayResetPassword(OFFICE, ACCOUNT, List.of(RESIDENT, GUARD)));
        assertEquals(refused, IdentityPolicy.mayResetPassword(OFFICE, ACCOUNT, List.of()));
        assertEquals(refused, IdentityPolicy.mayResetPassword(new Actor(OFFICE.accountId(), false, Set.of(ACCOUNT)), ACCOUNT, List.of(RESIDENT)));
        assertEquals(permitted, IdentityPolicy.mayResetPassword(ADMINISTRATOR, ACCOUNT, List.of(GUARD)));
        assertEquals(refused, IdentityPolicy.mayResetPassword(ADMINISTRATOR, ADMINISTRATOR.accountId(), List.of(GUARD)));
    }
}
