package gatehouse.identity;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client shows to go on with its session: the session's place in the database and 32 secret bytes, of which the database
 * holds only the SHA-256.
 *
 * <p>The first secret is random. Each next one is an HMAC of the one before under a key of the ring: nobody without the key can
 * compute it, and a client that lost the reply is given the very same successor again, so that two refreshes at once, of two
 * tabs or two tries, never drive each other out.
 */
record RefreshToken(UUID compoundId, UUID sessionId, byte[] secret) {
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 32 + SECRET_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    static RefreshToken first(UUID compoundId, UUID sessionId) {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new RefreshToken(compoundId, sessionId, secret);
    }

    static Optional<RefreshToken> read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        var parts = ByteBuffer.wrap(bytes);
        var compound = new UUID(parts.getLong(), parts.getLong());
        var session = new UUID(parts.getLong(), parts.getLong());
        var secret = new byte[SECRET_BYTES];
        parts.get(secret);
        return Optional.of(new RefreshToken(compound, session, secret));
    }

    /** The token that follows this one, as the key of that id makes it. */
    RefreshToken successor(KeyRing keys, String keyId) {
        var key = keys.derive(keyId, KeyPurpose.REFRESH_TOKEN);
        if (key == null) {
            throw new IllegalArgumentException("no key " + keyId);
        }
        var message = ByteBuffer.allocate(BYTES).putLong(compoundId.getMostSignificantBits()).putLong(compoundId.getLeastSignificantBits())
                .putLong(sessionId.getMostSignificantBits()).putLong(sessionId.getLeastSignificantBits()).put(secret).array();
        return new RefreshToken(compoundId, sessionId, KeyRing.hmac(key, message));
    }

    /** The successor that was given out and whose hash the session holds, whichever key of the ring made it. */
    Optional<RefreshToken> successorWith(KeyRing keys, byte[] hash) {
        return keys.ids().stream().map(id -> successor(keys, id)).filter(next -> MessageDigest.isEqual(next.hash(), hash)).findFirst();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** As clients hold it. */
    String text() {
        var bytes = ByteBuffer.allocate(BYTES).putLong(compoundId.getMostSignificantBits()).putLong(compoundId.getLeastSignificantBits())
                .putLong(sessionId.getMostSignificantBits()).putLong(sessionId.getLeastSignificantBits()).put(secret).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "RefreshToken[session=" + sessionId + "]";
    }
}
