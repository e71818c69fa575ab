package gatehouse.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final byte[] KEY = new byte[] {1, 2, 3};
    private static final UUID COMPOUND = new UUID(1, 1);
    private static final UUID ACCOUNT = new UUID(2, 2);
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T09:30:00.000001+08:00");
    private static final AuditEntry ENTRY = entry(AT, new Actor(COMPOUND, ACCOUNT, Role.OFFICE), "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b"));

    private static AuditEntry entry(OffsetDateTime at, Actor by, String action, String kind, String subject, Map<String, String> details) {
        return new AuditEntry(COMPOUND, at, by, action, kind, subject, new TreeMap<>(details));
    }

    @Test
    void hash_coversEveryPartOfAnEntry() {
        var by = ENTRY.by();
        var others = List.of(ENTRY,
                new AuditEntry(new UUID(1, 2), AT, by, "VALUE_DISCLOSED", "resident", "r", new TreeMap<>(Map.of("a", "b"))),
                entry(AT.plusNanos(1_000), by, "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b")),
                entry(AT, null, "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b")),
                entry(AT, new Actor(COMPOUND, ACCOUNT, Role.GRID_WORKER), "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b")),
                entry(AT, new Actor(COMPOUND, COMPOUND, Role.OFFICE), "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b")),
                entry(AT, by, "VALUE_DISCLOSEDR", "esident", "r", Map.of("a", "b")),
                entry(AT, by, "VALUE_DISCLOSED", "residentr", "", Map.of("a", "b")),
                entry(AT, by, "VALUE_DISCLOSED", "resident", "r", Map.of("ab", "")),
                entry(AT, by, "VALUE_DISCLOSED", "resident", "r", Map.of("a", "b", "c", "")),
                entry(AT, by, "VALUE_DISCLOSED", "resident", "r", Map.of()));
        var hashes = new HashSet<String>();
        others.forEach(each -> hashes.add(HexFormat.of().formatHex(AuditChain.hash(KEY, 1, each, AuditChain.BEGINNING))));
        hashes.add(HexFormat.of().formatHex(AuditChain.hash(KEY, 2, ENTRY, AuditChain.BEGINNING)));
        hashes.add(HexFormat.of().formatHex(AuditChain.hash(KEY, 1, ENTRY, new byte[] {1})));
        hashes.add(HexFormat.of().formatHex(AuditChain.hash(new byte[] {4}, 1, ENTRY, AuditChain.BEGINNING)));
        assertEquals(others.size() + 3, hashes.size());
    }

    @Test
    void hash_isTheSameForTheSameMomentInAnotherZone() {
        var elsewhere = entry(AT.withOffsetSameInstant(java.time.ZoneOffset.UTC), ENTRY.by(), ENTRY.action(), "resident", "r", Map.of("a", "b"));
        assertArrayEquals(AuditChain.hash(KEY, 1, ENTRY, AuditChain.BEGINNING), AuditChain.hash(KEY, 1, elsewhere, AuditChain.BEGINNING));
    }

    @Test
    void check_namesWhatIsWrong() {
        var hash = AuditChain.hash(KEY, 1, ENTRY, AuditChain.BEGINNING);
        var link = new Link(1, ENTRY, "k", AuditChain.BEGINNING, hash, null);
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, link, KEY));
        assertEquals(Optional.of(AuditFault.MISSING), AuditChain.check(2, AuditChain.BEGINNING, link, KEY));
        assertEquals(Optional.of(AuditFault.UNKNOWN_KEY), AuditChain.check(1, AuditChain.BEGINNING, link, null));
        assertEquals(Optional.of(AuditFault.ALTERED), AuditChain.check(1, AuditChain.BEGINNING, link, new byte[] {9}));
        assertEquals(Optional.of(AuditFault.UNLINKED), AuditChain.check(1, hash, link, KEY));
    }

    @Test
    void disclosure_andItsEntry_cannotBeChangedWithoutEachOther() {
        var disclosure = disclosure("核实体温");
        var sealed = entry(AT, ENTRY.by(), "VALUE_DISCLOSED", "resident", "r", Map.of(AuditChain.DISCLOSURE_SEAL, AuditChain.seal(KEY, disclosure)));
        var hash = AuditChain.hash(KEY, 1, sealed, AuditChain.BEGINNING);
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, new Link(1, sealed, "k", AuditChain.BEGINNING, hash, disclosure), KEY));
        for (var wrong : new Disclosure[] {null, disclosure("另一个原因")}) {
            assertEquals(Optional.of(AuditFault.DISCLOSURE_ALTERED),
                    AuditChain.check(1, AuditChain.BEGINNING, new Link(1, sealed, "k", AuditChain.BEGINNING, hash, wrong), KEY));
        }
        assertNotEquals(AuditChain.seal(KEY, disclosure), AuditChain.seal(new byte[] {9}, disclosure));
    }

    private static Disclosure disclosure(String reason) {
        return new Disclosure(COMPOUND, new UUID(3, 3), new UUID(4, 4), new UUID(5, 5), DisclosureField.PHONE, reason, AT,
                new Actor(COMPOUND, ACCOUNT, Role.OFFICE));
    }
}
