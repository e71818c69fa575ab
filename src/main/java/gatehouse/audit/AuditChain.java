package gatehouse.audit;

import gatehouse.kernel.KeyRing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How entries hang together. The hash of an entry is HMAC-SHA-256 over its number, all that it says and the hash before it, so that
 * whoever can only write the database cannot make a chain that fits. From format 2 on it covers a salted hash of the details instead of
 * the details, and apart from them the seal over a disclosure, so that words can be blanked.
 */
final class AuditChain {
    /** Before the first entry. */
    static final byte[] BEGINNING = new byte[32];
    /** What is written now. */
    static final int FORMAT = 2;
    /** The name under which an entry of format 1 seals the disclosure that it belongs to. */
    static final String DISCLOSURE_SEAL = "disclosureSeal";

    private AuditChain() {
    }

    /** Where a chain ends. */
    record Head(long number, byte[] hash) {
    }

    /** How an entry is sealed; {@code details} are its words as they are hashed, {@code attachedSeal} is over its disclosure. */
    record Sealing(int format, String keyId, Words details, byte @Nullable [] attachedSeal) {
    }

    /** An entry as it is stored; {@code disclosure} is the one that was made with it, where there is one. */
    record Link(long number, AuditEntry entry, Sealing sealing, byte[] previousHash, byte[] hash, @Nullable Disclosure disclosure) {
    }

    static byte[] hash(byte[] key, long number, AuditEntry entry, Sealing sealing, byte[] previousHash) {
        var parts = new ArrayList<@Nullable String>();
        if (sealing.format() > 1) {
            parts.add("format " + sealing.format());
        }
        parts.add(Long.toString(number));
        parts.add(HexFormat.of().formatHex(previousHash));
        parts.add(entry.compoundId().toString());
        parts.add(micros(entry.at()));
        var by = entry.by();
        parts.add(by == null ? null : by.homeCompoundId() + "/" + by.accountId() + "/" + by.role());
        parts.add(entry.action());
        parts.add(entry.subjectKind());
        parts.add(entry.subjectId());
        if (sealing.format() == 1) {
            parts.addAll(parts(entry.details()));
        } else {
            parts.add(hex(sealing.details().hash()));
            parts.add(hex(sealing.attachedSeal()));
        }
        return KeyRing.hmac(key, canonical(parts));
    }

    /** Details as words: name, value, name, value. */
    static List<String> parts(Map<String, String> details) {
        var parts = new ArrayList<String>();
        details.forEach((name, value) -> parts.addAll(List.of(name, value)));
        return parts;
    }

    /** What stays of words when they are blanked. */
    static byte[] commitment(byte[] key, byte[] salt, List<String> parts) {
        var all = new ArrayList<@Nullable String>(List.of("words", HexFormat.of().formatHex(salt)));
        all.addAll(parts);
        return KeyRing.hmac(key, canonical(all));
    }

    /** What an entry keeps of its disclosure, so that neither can be changed without the other. */
    static byte[] seal(byte[] key, Disclosure disclosure) {
        var by = disclosure.by();
        var reasonHash = disclosure.reason().hash();
        return KeyRing.hmac(key, canonical(Arrays.asList(reasonHash == null ? DISCLOSURE_SEAL : "disclosure", disclosure.compoundId().toString(),
                disclosure.id().toString(), disclosure.personId().toString(), disclosure.householdId() == null ? "" : disclosure.householdId().toString(), disclosure.field(),
                reasonHash == null ? disclosure.reason().only() : hex(reasonHash), micros(disclosure.at()),
                by.homeCompoundId() + "/" + by.accountId() + "/" + by.role())));
    }

    /** What is wrong with a link that should have that number and follow that hash; {@code key} is null where its key is not known. */
    static Optional<AuditFault> check(long number, byte[] previousHash, Link link, byte @Nullable [] key) {
        if (link.number() != number) {
            return Optional.of(AuditFault.MISSING);
        }
        if (key == null) {
            return Optional.of(AuditFault.UNKNOWN_KEY);
        }
        if (!MessageDigest.isEqual(hash(key, number, link.entry(), link.sealing(), link.previousHash()), link.hash())) {
            return Optional.of(AuditFault.ALTERED);
        }
        if (!MessageDigest.isEqual(previousHash, link.previousHash())) {
            return Optional.of(AuditFault.UNLINKED);
        }
        return wordsFault(link.sealing().details(), key, AuditFault.ALTERED).or(() -> disclosureFault(link, key));
    }

    private static Optional<AuditFault> wordsFault(Words words, byte[] key, AuditFault altered) {
        if (words.blankedBy() != null) {
            return words.certified() && words.parts().isEmpty() ? Optional.empty() : Optional.of(AuditFault.UNCERTIFIED);
        }
        if (words.hash() == null) {
            return Optional.empty();
        }
        var salt = words.salt();
        boolean fits = salt != null && MessageDigest.isEqual(commitment(key, salt, words.parts()), words.hash());
        return fits ? Optional.empty() : Optional.of(altered);
    }

    private static Optional<AuditFault> disclosureFault(Link link, byte[] key) {
        var disclosure = link.disclosure();
        var seal = link.sealing().format() == 1 ? link.entry().details().get(DISCLOSURE_SEAL) : hex(link.sealing().attachedSeal());
        if (seal == null || disclosure == null) {
            return seal == null && disclosure == null ? Optional.empty() : Optional.of(AuditFault.DISCLOSURE_ALTERED);
        }
        return seal.equals(hex(seal(key, disclosure))) ? wordsFault(disclosure.reason(), key, AuditFault.DISCLOSURE_ALTERED)
                : Optional.of(AuditFault.DISCLOSURE_ALTERED);
    }

    /** Each part with its length before it, so that no two lists of parts are written alike. */
    private static byte[] canonical(List<@Nullable String> parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var text = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part == null ? -1 : text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static String micros(OffsetDateTime time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    }
}
