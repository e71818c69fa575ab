package gatehouse.outing;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** What one key of the ring makes and reads pass codes with: an Ed25519 pair for those without the ring, and a key for our own seal. */
final class CodeKey {
    private static final int HINT_BITS = 5;

    private final KeyPair pair;
    private final byte[] sealKey;
    private final byte[] typedKey;

    private CodeKey(KeyPair pair, byte[] sealKey, byte[] typedKey) {
        this.pair = pair;
        this.sealKey = sealKey;
        this.typedKey = typedKey;
    }

    static CodeKey of(KeyRing ring, String keyId) {
        return new CodeKey(pair(ring.derive(keyId, KeyPurpose.PASS_CODE_SIGNATURE)), ring.derive(keyId, KeyPurpose.PASS_CODE_SEAL), ring.derive(keyId, KeyPurpose.PASS_CODE_TYPED));
    }

    /** The pair of a seed (RFC 8032). The JDK tells a private key's public half only when it makes both, so it is given the seed as its chance. */
    static KeyPair pair(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Seed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] wanted) {
            if (wanted.length != bytes.length) {
                throw new IllegalStateException("an Ed25519 seed has %d bytes, not %d".formatted(bytes.length, wanted.length));
            }
            System.arraycopy(bytes, 0, wanted, 0, bytes.length);
        }
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    /** Five bits of the public key, so that a reader need not try all; two keys may share them. */
    int hint() {
        var encoded = publicKey().getEncoded();
        return encoded[encoded.length - 1] & (1 << HINT_BITS) - 1;
    }

    byte[] sign(byte[] payload) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(payload);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] seal(byte[] signed, int bytes) {
        return Arrays.copyOf(KeyRing.hmac(sealKey, signed), bytes);
    }

    byte[] typed(byte[] payload) {
        return KeyRing.hmac(typedKey, payload);
    }
}
