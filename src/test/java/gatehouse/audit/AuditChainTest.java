package gatehouse.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditChain.Sealing;
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

    private static final byte[] SALT = {7, 7};

    private static AuditEntry entry(OffsetDateTime at, Actor by, String action, String kind, String subject, Map<String, String> details) {
        return new AuditEntry(COMPOUND, at, by, action, kind, subject, new TreeMap<>(details));
    }

    private static Words kept(byte[] key, List<String> parts) {
        return new Words(AuditChain.commitment(key, SALT, parts), SALT, parts, null, true);
    }

    private static Sealing sealing(AuditEntry entry, Disclosure disclosure) {
        return new Sealing(AuditChain.FORMAT, "k", kept(KEY, AuditChain.parts(entry.details())), disclosure == null ? null : AuditChain.seal(KEY, disclosure));
    }

    private static byte[] hash(byte[] key, long number, AuditEntry entry, byte[] previous) {
        return AuditChain.hash(key, number, entry, sealing(entry, null), previous);
    }

    private static Link link(AuditEntry entry, Disclosure disclosure) {
        var sealing = sealing(entry, disclosure);
        return new Link(1, entry, sealing, AuditChain.BEGINNING, AuditChain.hash(KEY, 1, entry, sealing, AuditChain.BEGINNING), disclosure);
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
        others.forEach(each -> hashes.add(HexFormat.of().formatHex(hash(KEY, 1, each, AuditChain.BEGINNING))));
        hashes.add(HexFormat.of().formatHex(hash(KEY, 2, ENTRY, AuditChain.BEGINNING)));
        hashes.add(HexFormat.of().formatHex(hash(KEY, 1, ENTRY, new byte[] {1})));
        hashes.add(HexFormat.of().formatHex(hash(new byte[] {4}, 1, ENTRY, AuditChain.BEGINNING)));
        hashes.add(HexFormat.of().formatHex(AuditChain.hash(KEY, 1, ENTRY, sealing(ENTRY, disclosure("核实体温")), AuditChain.BEGINNING)));
        hashes.add(HexFormat.of().formatHex(AuditChain.hash(KEY, 1, ENTRY, ofFormat1(), AuditChain.BEGINNING)));
        assertEquals(others.size() + 5, hashes.size());
    }

    private static Sealing ofFormat1() {
        return new Sealing(1, "k", new Words(null, null, AuditChain.parts(ENTRY.details()), null, true), null);
    }

    @Test
    void hash_isTheSameForTheSameMomentInAnotherZone() {
        var elsewhere = entry(AT.withOffsetSameInstant(java.time.ZoneOffset.UTC), ENTRY.by(), ENTRY.action(), "resident", "r", Map.of("a", "b"));
        assertArrayEquals(hash(KEY, 1, ENTRY, AuditChain.BEGINNING), hash(KEY, 1, elsewhere, AuditChain.BEGINNING));
    }

    @Test
    void hash_ofFormat1_staysWhatItWas() {
        // computed by the program that wrote this format
        assertEquals("fbeb49187724014b1a9bf635f6fc78d8d8a012bdede6b7c15640d56f91fcd6e5", HexFormat.of().formatHex(AuditChain.hash(KEY, 1, ENTRY, ofFormat1(), AuditChain.BEGINNING)));
    }

    @Test
    void check_namesWhatIsWrong() {
        var link = link(ENTRY, null);
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, link, KEY));
        assertEquals(Optional.of(AuditFault.MISSING), AuditChain.check(2, AuditChain.BEGINNING, link, KEY));
        assertEquals(Optional.of(AuditFault.UNKNOWN_KEY), AuditChain.check(1, AuditChain.BEGINNING, link, null));
        assertEquals(Optional.of(AuditFault.ALTERED), AuditChain.check(1, AuditChain.BEGINNING, link, new byte[] {9}));
        assertEquals(Optional.of(AuditFault.UNLINKED), AuditChain.check(1, link.hash(), link, KEY));
    }

    @Test
    void details_canBeBlanked_onlyWithACertificate() {
        var whole = link(ENTRY, null);
        var blank = entry(AT, ENTRY.by(), ENTRY.action(), "resident", "r", Map.of());
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, with(whole, blank, List.of(), null, 9L, true), KEY));
        assertEquals(Optional.of(AuditFault.UNCERTIFIED), AuditChain.check(1, AuditChain.BEGINNING, with(whole, blank, List.of(), null, 9L, false), KEY));
        assertEquals(Optional.of(AuditFault.UNCERTIFIED), AuditChain.check(1, AuditChain.BEGINNING, with(whole, ENTRY, List.of("a", "c"), null, 9L, true), KEY));
        assertEquals(Optional.of(AuditFault.ALTERED), AuditChain.check(1, AuditChain.BEGINNING, with(whole, blank, List.of(), SALT, null, true), KEY));
        assertEquals(Optional.of(AuditFault.ALTERED), AuditChain.check(1, AuditChain.BEGINNING, with(whole, ENTRY, List.of("a", "c"), SALT, null, true), KEY));
    }

    private static Link with(Link link, AuditEntry entry, List<String> parts, byte[] salt, Long blankedBy, boolean certified) {
        var words = new Words(link.sealing().details().hash(), salt, parts, blankedBy, certified);
        return new Link(1, entry, new Sealing(AuditChain.FORMAT, "k", words, null), link.previousHash(), link.hash(), null);
    }

    @Test
    void disclosure_andItsEntry_cannotBeChangedWithoutEachOther() {
        var link = link(ENTRY, disclosure("核实体温"));
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, link, KEY));
        var hash = link.disclosure().reason().hash();
        var changed = new Words(hash, SALT, List.of("另一个原因"), null, true);
        var blanked = new Words(hash, null, List.of(), 9L, true);
        for (var wrong : new Disclosure[] {null, disclosure("另一个原因"), disclosure(changed)}) {
            assertEquals(Optional.of(AuditFault.DISCLOSURE_ALTERED), AuditChain.check(1, AuditChain.BEGINNING, beside(link, wrong), KEY));
        }
        assertEquals(Optional.empty(), AuditChain.check(1, AuditChain.BEGINNING, beside(link, disclosure(blanked)), KEY));
        assertEquals(Optional.of(AuditFault.UNCERTIFIED), AuditChain.check(1, AuditChain.BEGINNING,
                beside(link, disclosure(new Words(hash, null, List.of(), 9L, false))), KEY));
        assertEquals(Optional.of(AuditFault.DISCLOSURE_ALTERED), AuditChain.check(1, AuditChain.BEGINNING, beside(link(ENTRY, null), disclosure("核实体温")), KEY));
    }

    private static Link beside(Link link, Disclosure disclosure) {
        return new Link(1, link.entry(), link.sealing(), link.previousHash(), link.hash(), disclosure);
    }

    private static Disclosure disclosure(String reason) {
        return disclosure(kept(KEY, List.of(reason)));
    }

    private static Disclosure disclosure(Words reason) {
        return new Disclosure(COMPOUND, new UUID(3, 3), new UUID(4, 4), new UUID(5, 5), "PHONE", reason, AT, new Actor(COMPOUND, ACCOUNT, Role.OFFICE));
    }
}
