package gatehouse.outing;

import gatehouse.kernel.KeyRing;
import gatehouse.outing.PassCodes.Reading;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** Codes as the product makes them, for tests of what reads them. */
public final class PressedCodes {
    private static final int CODE_BYTES = 84;
    private static final int PAYLOAD_BYTES = 12;
    private static final int SIGNED_BYTES = 76;

    private final PassCodes codes;

    public PressedCodes(KeyRing keys) {
        this.codes = new PassCodes(keys);
    }

    public String shown(long passNumber, OffsetDateTime at) {
        return codes.shown(passNumber, at);
    }

    public String printed(long passNumber, int cardSerial) {
        return codes.printed(passNumber, cardSerial);
    }

    /** Whether the server takes it for a code of this moment. */
    public boolean isShown(String code, OffsetDateTime at) {
        return codes.read(code, at) instanceof Reading.Shown;
    }

    /** Whether the server takes it for one of ours, of any moment. */
    public boolean isOurs(String code, OffsetDateTime at) {
        return !(codes.read(code, at) instanceof Reading.Forged);
    }

    /** Whether somebody who has only the public keys finds our signature in it; a gate without network knows no seal. */
    public boolean isSigned(String code) {
        var bytes = Base32.decode(code, CODE_BYTES);
        return bytes != null && codes.verificationKeys().stream().anyMatch(key -> key.hint() == (bytes[0] & 31) && isSigned(key, bytes));
    }

    private static boolean isSigned(PassCodes.VerificationKey key, byte[] bytes) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key.key());
            verifier.update(PassCodes.withContext(Arrays.copyOf(bytes, PAYLOAD_BYTES)));
            return verifier.verify(Arrays.copyOfRange(bytes, PAYLOAD_BYTES, SIGNED_BYTES));
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** What the signature vouches for, with the signature: two codes that differ only in their seals are the same to it. */
    public static Object signedPart(String code) {
        var bytes = Base32.decode(code, CODE_BYTES);
        return bytes == null ? code : ByteBuffer.wrap(bytes, 0, SIGNED_BYTES);
    }
}
