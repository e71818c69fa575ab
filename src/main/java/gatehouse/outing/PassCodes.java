package gatehouse.outing;

import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The codes of passes: made when somebody looks at their pass, read at the gate without asking anybody.
 *
 * <p>A code is 84 bytes in base 32, 135 capitals and digits, a QR code of version 6:
 * <pre>
 *   1  format (2 bits), card or not (1 bit), hint of the key (5 bits)
 *   3  the 30-second step since 2026, wrapping after 15 years; on a card its serial
 *   8  the pass's number, random
 *  64  Ed25519 signature of "gatehouse pass 1" and the 12 bytes above: what a gate without network verifies
 *   8  HMAC-SHA-256, cut, of the 76 bytes above: what the server verifies, a hundred times as fast
 * </pre>
 * Nothing in it says who it is or where they live. See decision 0020.
 */
public final class PassCodes {
    /** Of a rotating code; one is also taken in the step before and after its own, so a picture of it is dead within twice that. */
    public static final int STEP_SECONDS = 30;
    static final int LENGTH = Base32.length(84);
    private static final Instant FIRST_STEP = Instant.parse("2025-12-31T16:00:00Z");
    private static final int STEP_MASK = 0xff_ffff;
    private static final int FORMAT = 1;
    private static final int PAYLOAD_BYTES = 12;
    private static final int SIGNATURE_BYTES = 64;
    private static final int SEAL_BYTES = 8;
    private static final int SIGNED_BYTES = PAYLOAD_BYTES + SIGNATURE_BYTES;
    private static final byte[] CONTEXT = "gatehouse pass 1".getBytes(StandardCharsets.US_ASCII);
    private static final int TYPED_NUMBERS = 100_000_000;

    private final List<CodeKey> keys;

    /** The first key of the ring makes codes, the others are still read. */
    public PassCodes(KeyRing ring) {
        this.keys = ring.ids().stream().map(id -> CodeKey.of(ring, id)).toList();
    }

    /** What a code says, once it is found to be ours. */
    public sealed interface Reading {
        /** From a screen, of this moment. */
        record Shown(long passNumber) implements Reading {
        }

        /** From paper: good as long as the pass has this serial. */
        record Printed(long passNumber, int cardSerial) implements Reading {
        }

        /** Ours, from a screen, but not of this moment: a picture of it. */
        record Stale(long passNumber) implements Reading {
        }

        /** Not made by us, or changed since. */
        record Forged() implements Reading {
        }
    }

    /** A key for those who verify without us: its hint as it stands in a code. */
    public record VerificationKey(int hint, PublicKey key) {
    }

    public List<VerificationKey> verificationKeys() {
        return keys.stream().map(key -> new VerificationKey(key.hint(), key.publicKey())).toList();
    }

    /** The code to be shown now. */
    String shown(long passNumber, OffsetDateTime now) {
        return code(false, step(now), passNumber);
    }

    /** When the code that is shown now changes. */
    static OffsetDateTime changesAt(OffsetDateTime now) {
        long intoStep = Math.floorMod(now.toEpochSecond() - FIRST_STEP.getEpochSecond(), (long) STEP_SECONDS);
        return now.withNano(0).plusSeconds(STEP_SECONDS - intoStep);
    }

    /** The code of a printed card. */
    String printed(long passNumber, int cardSerial) {
        return code(true, cardSerial & STEP_MASK, passNumber);
    }

    private String code(boolean card, int step, long passNumber) {
        var key = keys.getFirst();
        var payload = ByteBuffer.allocate(PAYLOAD_BYTES).putInt((FORMAT << 6 | (card ? 1 << 5 : 0) | key.hint()) << 24 | step).putLong(passNumber).array();
        var signed = ByteBuffer.allocate(SIGNED_BYTES).put(payload).put(key.sign(withContext(payload))).array();
        return Base32.encode(ByteBuffer.allocate(SIGNED_BYTES + SEAL_BYTES).put(signed).put(key.seal(signed, SEAL_BYTES)).array());
    }

    /** What a gate's verifier must put before the first 12 bytes of a code to check its signature. */
    static byte[] withContext(byte[] payload) {
        return ByteBuffer.allocate(CONTEXT.length + payload.length).put(CONTEXT).put(payload).array();
    }

    /** Reads a code without asking anybody; takes some microseconds. */
    public Reading read(String code, OffsetDateTime now) {
        var bytes = Base32.decode(code, SIGNED_BYTES + SEAL_BYTES);
        if (bytes == null || (bytes[0] & 0xff) >> 6 != FORMAT || !isSealed(bytes)) {
            return new Reading.Forged();
        }
        var head = ByteBuffer.wrap(bytes);
        int step = head.getInt() & STEP_MASK;
        long passNumber = head.getLong();
        if ((bytes[0] & 1 << 5) != 0) {
            return new Reading.Printed(passNumber, step);
        }
        return isNear(step, step(now)) ? new Reading.Shown(passNumber) : new Reading.Stale(passNumber);
    }

    private boolean isSealed(byte[] bytes) {
        int hint = bytes[0] & 31;
        var signed = Arrays.copyOf(bytes, SIGNED_BYTES);
        var seal = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
        return keys.stream().anyMatch(key -> key.hint() == hint && MessageDigest.isEqual(key.seal(signed, SEAL_BYTES), seal));
    }

    private static int step(OffsetDateTime now) {
        return (int) (Math.floorDiv(now.toEpochSecond() - FIRST_STEP.getEpochSecond(), (long) STEP_SECONDS) & STEP_MASK);
    }

    private static boolean isNear(int step, int present) {
        int ahead = step - present & STEP_MASK;
        return ahead <= 1 || ahead == STEP_MASK;
    }

    /**
     * Eight digits to be read out and typed where a camera fails, of the same 30 seconds. They are a number among those of the passes that
     * are good at a gate, not a signature: the gate compares them with those of its passes.
     */
    public String typed(long passNumber, OffsetDateTime now) {
        return typed(keys.getFirst(), passNumber, step(now));
    }

    /** Whether the digits are those of that pass, now or in the step before or after. */
    public boolean isTyped(String digits, long passNumber, OffsetDateTime now) {
        int present = step(now);
        return keys.stream().anyMatch(key -> IntStream.rangeClosed(-1, 1)
                .anyMatch(beside -> digits.equals(typed(key, passNumber, present + beside & STEP_MASK))));
    }

    private static String typed(CodeKey key, long passNumber, int step) {
        long random = ByteBuffer.wrap(key.typed(ByteBuffer.allocate(PAYLOAD_BYTES).putInt(step).putLong(passNumber).array())).getLong();
        return "%08d".formatted(Long.remainderUnsigned(random, TYPED_NUMBERS));
    }
}
