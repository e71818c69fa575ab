package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final String ROW = "resident/7";
    private static final String ID_NUMBER = "370202199001011234";

    private final KeyRing first = ring("k1");
    private final KeyRing rotated = ring("k2", "k1");

    /** A ring of these key ids, the current one first; the same id is always the same key. */
    private static KeyRing ring(String... ids) {
        var masters = new LinkedHashMap<String, byte[]>();
        for (var id : ids) {
            var master = new byte[32];
            Arrays.fill(master, (byte) id.hashCode());
            masters.put(id, master);
        }
        return new KeyRing(masters);
    }

    @Test
    void open_ofWhatWasSealed_givesItBack() {
        assertEquals(ID_NUMBER, first.open(KeyPurpose.ID_NUMBER, ROW, first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER)));
        assertEquals("", first.open(KeyPurpose.ID_NUMBER, ROW, first.seal(KeyPurpose.ID_NUMBER, ROW, "")));
    }

    @Test
    void seal_twice_differs_soThatEqualValuesCannotBeSeen() {
        assertFalse(Arrays.equals(first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER), first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER)));
    }

    @Test
    void open_afterRotation_stillReadsTheOldAndSealsWithTheNew() {
        assertEquals(ID_NUMBER, rotated.open(KeyPurpose.ID_NUMBER, ROW, first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER)));
        var sealedNow = rotated.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER);
        assertEquals("k2", new String(sealedNow, 1, sealedNow[0]));
        assertThrows(IllegalStateException.class, () -> first.open(KeyPurpose.ID_NUMBER, ROW, sealedNow));
    }

    @Test
    void searchHash_staysTheSameAcrossARotation() {
        assertArrayEquals(first.searchHash(KeyPurpose.VISIT_SEARCH, "code"), rotated.searchHash(KeyPurpose.VISIT_SEARCH, "code"));
    }

    @Test
    void searchHash_ofAnotherPurposeOrKey_differs() {
        var hash = first.searchHash(KeyPurpose.VISIT_SEARCH, "code");
        assertFalse(Arrays.equals(hash, first.searchHash(KeyPurpose.PICKUP_SEARCH, "code")));
        assertFalse(Arrays.equals(hash, ring("k3").searchHash(KeyPurpose.VISIT_SEARCH, "code")));
    }

    @Test
    void hashes_lookForAPhoneByEveryKey_theCurrentOneFirst() {
        var phone = "13900000001";
        assertEquals(2, rotated.hashes(KeyPurpose.PHONE_SEARCH, phone).size());
        assertArrayEquals(first.hashes(KeyPurpose.PHONE_SEARCH, phone).getFirst(), rotated.hashes(KeyPurpose.PHONE_SEARCH, phone).getLast());
        assertFalse(Arrays.equals(first.hashes(KeyPurpose.PHONE_SEARCH, phone).getFirst(), rotated.hashes(KeyPurpose.PHONE_SEARCH, phone).getFirst()));
        assertThrows(IllegalStateException.class, () -> first.searchHash(KeyPurpose.PHONE_SEARCH, phone), "by one key alone it would be lost when that goes");
    }

    @Test
    void open_withAnyBitChangedOrAnyByteMissing_isRefused() {
        var sealed = first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(IllegalStateException.class, () -> first.open(KeyPurpose.ID_NUMBER, ROW, changed));
        }
        for (int length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThrows(IllegalStateException.class, () -> first.open(KeyPurpose.ID_NUMBER, ROW, cut));
        }
    }

    @Test
    void open_movedToAnotherRowOrPurpose_isRefused() {
        var sealed = first.seal(KeyPurpose.ID_NUMBER, ROW, ID_NUMBER);
        assertThrows(IllegalStateException.class, () -> first.open(KeyPurpose.ID_NUMBER, "resident/8", sealed));
        assertThrows(IllegalStateException.class, () -> first.open(KeyPurpose.PHONE, ROW, sealed));
    }

    @Test
    void derive_ofAnUnknownKeyId_isNull() {
        assertNull(first.derive("k9", KeyPurpose.ACCESS_TOKEN));
    }

    @Test
    void derive_isHkdfExpandOfRfc5869() {
        var master = HexFormat.of().parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        var keys = new LinkedHashMap<String, byte[]>();
        keys.put("k", master);
        // by openssl: HMAC-SHA256(master, "gatehouse:access-token" || 0x01)
        assertEquals("18c5719a29ca435c0468600a93ea0b387934bf4f8468c78d57d075cd0a3acfab", HexFormat.of().formatHex(new KeyRing(keys).derive("k", KeyPurpose.ACCESS_TOKEN)));
    }

    @Test
    void ring_withoutKeys_withAShortKey_orWithAnAmbiguousId_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KeyRing(new LinkedHashMap<>()));
        var shortKey = new LinkedHashMap<String, byte[]>();
        shortKey.put("k1", new byte[16]);
        assertThrows(IllegalArgumentException.class, () -> new KeyRing(shortKey));
        assertThrows(IllegalArgumentException.class, () -> ring("k1/access"));
        assertThrows(IllegalArgumentException.class, () -> ring(""));
        assertThrows(IllegalArgumentException.class, () -> ring("k".repeat(33)));
    }
}
