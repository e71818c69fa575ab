package gatehouse.delivery;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What is shown to collect parcels: {@code P} and eight digits, few enough to be typed with one thumb. An HMAC of an id, so that it can be shown again
 * while no table holds it. It is short, so wrong ones are counted: see {@link gatehouse.identity.CodeGuesses}.
 */
record PickupCode(String digits) {
    private static final int MODULUS = 100_000_000;
    private static final Pattern WRITTEN = Pattern.compile("P?([0-9]{8})");

    /** The code of that pickup, or of that named collector; nothing where the key has left the ring. */
    static Optional<PickupCode> of(KeyRing keys, String keyId, UUID id) {
        var key = keys.derive(keyId, KeyPurpose.PICKUP_CODE);
        if (key == null) {
            return Optional.empty();
        }
        long bits = ByteBuffer.wrap(KeyRing.hmac(key, id.toString().getBytes(StandardCharsets.US_ASCII))).getLong() >>> 1;
        return Optional.of(new PickupCode("%08d".formatted(bits % MODULUS)));
    }

    /** Reads what a guard scanned or typed, the P or not; nothing where it cannot be a code. */
    static Optional<PickupCode> read(String written) {
        var code = WRITTEN.matcher(Normalizer.normalize(written, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}_.·]", ""));
        return code.matches() ? Optional.of(new PickupCode(code.group(1))) : Optional.empty();
    }

    /** What the database finds it by. */
    byte[] hash(KeyRing keys) {
        return keys.searchHash(KeyPurpose.PICKUP_SEARCH, digits);
    }

    /** As a QR code holds it. */
    String scanned() {
        return "P" + digits;
    }

    /** As people read it: {@code P-1234-5678}. */
    String printed() {
        return "P-" + digits.substring(0, 4) + "-" + digits.substring(4);
    }

    @Override
    public String toString() {
        return "PickupCode[…]";
    }
}
