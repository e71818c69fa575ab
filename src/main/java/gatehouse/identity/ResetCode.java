package gatehouse.identity;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody types who lost their password: eight digits, read out or shown face to face as {@code 1234 5678}. Few enough for an
 * elder's phone; {@link ResetPolicy} lets nobody try many.
 *
 * <p>Like an invitation's code it is an HMAC of its id, so that the repetition of a lost answer shows it again while no table holds it.
 */
record ResetCode(String digits) {
    private static final long CODES = 100_000_000;

    /** The code of that reset; nothing where the key has left the ring. */
    static Optional<ResetCode> of(KeyRing keys, String keyId, UUID reset) {
        var key = keys.derive(keyId, KeyPurpose.RESET_CODE);
        return key == null ? Optional.empty() : Optional.of(new ResetCode("%08d".formatted(Long.remainderUnsigned(
                ByteBuffer.wrap(KeyRing.hmac(key, reset.toString().getBytes(StandardCharsets.US_ASCII))).getLong(), CODES))));
    }

    /** What somebody typed, whatever it is: a wrong code is like one that cannot be. */
    static ResetCode read(String written) {
        return new ResetCode(Normalizer.normalize(written, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Pd}]", ""));
    }

    /** What the database knows it by. */
    byte[] hash(KeyRing keys, UUID account) {
        return keys.searchHash(KeyPurpose.RESET_SEARCH, account + "/" + digits);
    }

    String printed() {
        return digits.substring(0, 4) + ' ' + digits.substring(4);
    }

    @Override
    public String toString() {
        return "ResetCode[…]";
    }
}
