package gatehouse.gate;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a visitor shows at the gate: {@code V} and 50 bits as ten characters of Crockford's base 32, read back whatever the case and with
 * O for 0, I or L for 1. It is an HMAC of the visit's id, so that its household can be shown it again while no table holds it.
 */
record VisitCode(String characters) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final char FIRST = 'V';
    private static final int LENGTH = 11;
    private static final int TAG_DIGITS = 5;

    /** The code of that visit; nothing where the key has left the ring. */
    static Optional<VisitCode> of(KeyRing keys, String keyId, UUID visitId) {
        var key = keys.derive(keyId, KeyPurpose.VISIT_CODE);
        if (key == null) {
            return Optional.empty();
        }
        long bits = ByteBuffer.wrap(KeyRing.hmac(key, visitId.toString().getBytes(StandardCharsets.US_ASCII))).getLong();
        var code = new StringBuilder(LENGTH).append(FIRST);
        for (int i = 0; code.length() < LENGTH; i++) {
            code.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return Optional.of(new VisitCode(code.toString()));
    }

    /** Reads what a guard scanned or typed; nothing where it cannot be a code. */
    static Optional<VisitCode> read(String written) {
        var code = Normalizer.normalize(written, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}_.·]", "")
                .replace('O', '0').replace('I', '1').replace('L', '1');
        return code.length() == LENGTH && code.charAt(0) == FIRST && code.chars().allMatch(each -> ALPHABET.indexOf(each) >= 0)
                ? Optional.of(new VisitCode(code)) : Optional.empty();
    }

    /** What the database finds it by. */
    byte[] hash(KeyRing keys) {
        return keys.searchHash(KeyPurpose.VISIT_SEARCH, characters);
    }

    /** 20 bits by which a gate without network recognises a code that it is shown, and from which nobody makes one: 30 bits stay unknown. */
    String tag() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(characters.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, TAG_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** As people read it: {@code V-ABCDE-FGHJK}. */
    String printed() {
        return characters.substring(0, 1) + '-' + characters.substring(1, 6) + '-' + characters.substring(6);
    }

    @Override
    public String toString() {
        return "VisitCode[…]";
    }
}
