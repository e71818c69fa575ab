package gatehouse.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The process's secret keys, kept outside the database: the first seals and signs, the others still open and verify, so that keys
 * rotate while running. Each purpose gets a key of its own (HKDF-expand of the master key), so none serves two. What was derived from
 * a master that has left, and is still needed, comes from the database; see {@link KeyRingStore}.
 */
public final class KeyRing {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int MASTER_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> masters;
    private final String current;
    private final String searching;
    private final Map<Use, byte[]> kept;
    private final Map<Use, byte[]> derived = new ConcurrentHashMap<>();

    /** What one key is used for. */
    record Use(String keyId, KeyPurpose purpose) {
    }

    /**
     * {@code masters}: 32 random bytes by key id (at most 32 ASCII characters), the current one first. Until a database says otherwise,
     * the last one hashes for searching.
     */
    public KeyRing(SequencedMap<String, byte[]> masters) {
        this(checked(masters), masters.firstEntry().getKey(), masters.lastEntry().getKey(), Map.of());
    }

    private static Map<String, byte[]> checked(SequencedMap<String, byte[]> masters) {
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("a key ring needs a key");
        }
        masters.forEach(KeyRing::check);
        return Collections.unmodifiableMap(new LinkedHashMap<>(masters));
    }

    private KeyRing(Map<String, byte[]> masters, String current, String searching, Map<Use, byte[]> kept) {
        this.masters = masters;
        this.current = current;
        this.searching = searching;
        this.kept = kept;
    }

    /** The same ring, knowing by which key a database is searched and what it keeps of keys that have left. */
    KeyRing at(String searchingId, Map<Use, byte[]> keptThere) {
        return new KeyRing(masters, current, searchingId, Map.copyOf(keptThere));
    }

    private static void check(String id, byte[] master) {
        if (!KEY_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key id is 1 to 32 letters, digits, '.', '_' or '-'");
        }
        if (master.length != MASTER_BYTES) {
            throw new IllegalArgumentException("key %s has %d bytes instead of %d".formatted(id, master.length, MASTER_BYTES));
        }
    }

    public String currentId() {
        return current;
    }

    public Set<String> ids() {
        return masters.keySet();
    }

    String searchingId() {
        return searching;
    }

    /** The 32-byte key of that purpose under that key id, or null for an id that this ring does not hold, nor any more for that purpose. */
    public byte @Nullable [] derive(String keyId, KeyPurpose purpose) {
        var master = masters.get(keyId);
        var use = new Use(keyId, purpose);
        return master == null ? kept.get(use) : derived.computeIfAbsent(use, nothing -> hkdfExpand(master, purpose.text()));
    }

    /** Encrypts with AES-GCM under the current key; {@code context} (table and row) must be given again to open it. */
    public byte[] seal(KeyPurpose purpose, String context, String plain) {
        return sealBytes(purpose, context, plain.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #seal}, of what is no text. */
    public byte[] sealBytes(KeyPurpose purpose, String context, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var id = current.getBytes(StandardCharsets.US_ASCII);
        var sealed = crypt(Cipher.ENCRYPT_MODE, derive(current, purpose), nonce, context, plain);
        return ByteBuffer.allocate(1 + id.length + NONCE_BYTES + sealed.length)
                .put((byte) id.length).put(id).put(nonce).put(sealed).array();
    }

    /** Opens what {@link #seal} made; throws where it was tampered with, moved to another row, or its key is gone from the ring. */
    public String open(KeyPurpose purpose, String context, byte[] sealed) {
        return new String(openBytes(purpose, context, sealed), StandardCharsets.UTF_8);
    }

    /** As {@link #open}, of what is no text. */
    public byte[] openBytes(KeyPurpose purpose, String context, byte[] sealed) {
        int idLength = sealed.length == 0 ? 0 : sealed[0];
        if (idLength <= 0 || sealed.length < 1 + idLength + NONCE_BYTES + TAG_BYTES) {
            throw new IllegalStateException("a sealed value cannot be opened: it is too short");
        }
        var id = new String(sealed, 1, idLength, StandardCharsets.US_ASCII);
        var key = derive(id, purpose);
        if (key == null) {
            throw new IllegalStateException("the key ring does not hold key " + id);
        }
        var nonce = Arrays.copyOfRange(sealed, 1 + idLength, 1 + idLength + NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, context, Arrays.copyOfRange(sealed, 1 + idLength + NONCE_BYTES, sealed.length));
    }

    /**
     * A keyed hash for finding a code or a count without being able to read it. Its key never changes, because hashes must compare equal
     * across rotations; when its master leaves, what was derived from it for searching is kept. What stays for years is found by
     * {@link #hashes} instead.
     */
    public byte[] searchHash(KeyPurpose purpose, String value) {
        var key = derive(searching, purpose);
        if (key == null || !purpose.isKept()) {
            throw new IllegalStateException("nothing is searched by " + purpose + " of key " + searching);
        }
        return hmac(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A keyed hash by one of the keys; throws where it is not at hand. */
    byte[] hashBy(String keyId, KeyPurpose purpose, String value) {
        var key = derive(keyId, purpose);
        if (key == null || !purpose.isRehashed()) {
            throw new IllegalStateException("nothing can be found by " + purpose + " of key " + keyId);
        }
        return hmac(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** For looking for a value: it may have been written by any of the keys. The current one's comes first. */
    public List<byte[]> hashes(KeyPurpose purpose, String value) {
        return Stream.concat(masters.keySet().stream(), kept.keySet().stream().filter(use -> use.purpose == purpose).map(Use::keyId))
                .distinct().map(id -> hashBy(id, purpose, value)).toList();
    }

    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** RFC 5869, one block; the master key is random already, so there is nothing to extract. */
    private static byte[] hkdfExpand(byte[] master, String purpose) {
        var info = ("gatehouse:" + purpose).getBytes(StandardCharsets.UTF_8);
        return hmac(master, ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, String context, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException tampered) {
            throw new IllegalStateException("a sealed value cannot be opened", tampered);
        }
    }
}
