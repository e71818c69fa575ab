package gatehouse.delivery;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The secret of a courier's link: which link, and 128 bits that only the ring's key can compute from it, so that no table holds any and the link can be
 * shown again.
 */
record CourierToken(UUID compoundId, UUID linkId, byte[] proof) {
    private static final int PROOF_BYTES = 16;
    private static final int BYTES = 48;

    static Optional<CourierToken> of(KeyRing keys, String keyId, UUID compoundId, UUID linkId) {
        var key = keys.derive(keyId, KeyPurpose.COURIER_LINK);
        return key == null ? Optional.empty() : Optional.of(new CourierToken(compoundId, linkId, proof(key, compoundId, linkId)));
    }

    static Optional<CourierToken> read(String written) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(written);
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        return Optional.of(new CourierToken(new UUID(buffer.getLong(), buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong()),
                Arrays.copyOfRange(bytes, BYTES - PROOF_BYTES, BYTES)));
    }

    /** Whether it was made by that key. */
    boolean isProved(KeyRing keys, String keyId) {
        var key = keys.derive(keyId, KeyPurpose.COURIER_LINK);
        return key != null && MessageDigest.isEqual(proof, proof(key, compoundId, linkId));
    }

    private static byte[] proof(byte[] key, UUID compoundId, UUID linkId) {
        return Arrays.copyOf(KeyRing.hmac(key, ids(compoundId, linkId).array()), PROOF_BYTES);
    }

    private static ByteBuffer ids(UUID compoundId, UUID linkId) {
        return ByteBuffer.allocate(BYTES - PROOF_BYTES).putLong(compoundId.getMostSignificantBits()).putLong(compoundId.getLeastSignificantBits())
                .putLong(linkId.getMostSignificantBits()).putLong(linkId.getLeastSignificantBits());
    }

    /** As the link holds it. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                ByteBuffer.allocate(BYTES).put(ids(compoundId, linkId).flip()).put(proof).array());
    }

    @Override
    public String toString() {
        return "CourierToken[…]";
    }
}
