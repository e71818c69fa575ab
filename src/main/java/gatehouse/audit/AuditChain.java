package gatehouse.audit;

import gatehouse.kernel.KeyRing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How entries hang together. The hash of an entry is HMAC-SHA-256 over its number, all that it says and the hash before it, so that
 * whoever can only write the database cannot make a chain that fits.
 */
final class AuditChain {
    /** Before the first entry. */
    static final byte[] BEGINNING = new byte[32];
    static final String KEY_PURPOSE = "audit";
    /** The name under which an entry seals the disclosure that it belongs to. */
    static final String DISCLOSURE_SEAL = "disclosureSeal";

    private AuditChain() {
    }

    /** Where a chain ends. */
    record Head(long number, byte[] hash) {
    }

    /** An entry as it is stored; {@code disclosure} is the one that was made with it, where there is one. */
    record Link(long number, AuditEntry entry, String keyId, byte[] previousHash, byte[] hash, @Nullable Disclosure disclosure) {
    }

    static byte[] hash(byte[] key, long number, AuditEntry entry, byte[] previousHash) {
        var parts = new ArrayList<@Nullable String>();
        parts.add(Long.toString(number));
        parts.add(HexFormat.of().formatHex(previousHash));
        parts.add(entry.compoundId().toString());
        parts.add(micros(entry.at()));
        var by = entry.by();
        parts.add(by == null ? null : by.homeCompoundId() + "/" + by.accountId() + "/" + by.role());
        parts.add(entry.action());
        parts.add(entry.subjectKind());
        parts.add(entry.subjectId());
        entry.details().forEach((name, value) -> parts.addAll(List.of(name, value)));
        return KeyRing.hmac(key, canonical(parts));
    }

    /** What an entry keeps of its disclosure, so that neither can be changed without the other. */
    static String seal(byte[] key, Disclosure disclosure) {
        var by = disclosure.by();
        return HexFormat.of().formatHex(KeyRing.hmac(key, canonical(Arrays.asList(DISCLOSURE_SEAL, disclosure.compoundId().toString(),
                disclosure.id().toString(), disclosure.residentId().toString(), disclosure.householdId().toString(), disclosure.field().name(),
                disclosure.reason(), micros(disclosure.at()), by.homeCompoundId() + "/" + by.accountId() + "/" + by.role()))));
    }

    /** What is wrong with a link that should have that number and follow that hash; {@code key} is null where its key is not known. */
    static Optional<AuditFault> check(long number, byte[] previousHash, Link link, byte @Nullable [] key) {
        if (link.number() != number) {
            return Optional.of(AuditFault.MISSING);
        }
        if (key == null) {
            return Optional.of(AuditFault.UNKNOWN_KEY);
        }
        if (!MessageDigest.isEqual(hash(key, number, link.entry(), link.previousHash()), link.hash())) {
            return Optional.of(AuditFault.ALTERED);
        }
        if (!MessageDigest.isEqual(previousHash, link.previousHash())) {
            return Optional.of(AuditFault.UNLINKED);
        }
        var seal = link.entry().details().get(DISCLOSURE_SEAL);
        var disclosure = link.disclosure();
        boolean fits = seal == null ? disclosure == null : disclosure != null && seal.equals(seal(key, disclosure));
        return fits ? Optional.empty() : Optional.of(AuditFault.DISCLOSURE_ALTERED);
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

    private static String micros(OffsetDateTime time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    }
}
