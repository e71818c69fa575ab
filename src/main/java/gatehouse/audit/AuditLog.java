package gatehouse.audit;

import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditChain.Sealing;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Tx;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Where every feature enters what must be accounted for. */
public final class AuditLog {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    private final KeyRing keys;

    public AuditLog(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Appends an entry to its compound's chain, in the transaction of its cause; answers its number. The chain is locked until the
     * transaction ends, so append last, after every other lock, and several entries by {@link #append(Tx, List)}.
     */
    public long append(Tx tx, AuditEntry entry) {
        return append(tx, entry, null);
    }

    /** Appends several, the chains locked in the order of their compounds. */
    public void append(Tx tx, List<AuditEntry> entries) {
        entries.stream().sorted(Comparator.comparing(AuditEntry::compoundId)).forEach(entry -> append(tx, entry));
    }

    /** Appends the entry of a disclosure, which seals it. */
    public long append(Tx tx, AuditEntry entry, @Nullable Disclosure disclosure) {
        return append(tx, entry.compoundId(), number -> entry, disclosure);
    }

    /** Appends what can only be said once the chain is locked; {@code entryOf} is given its number. */
    long append(Tx tx, UUID compound, LongFunction<AuditEntry> entryOf, @Nullable Disclosure disclosure) {
        var head = AuditStore.lockHead(tx, compound);
        long number = head.number() + 1;
        var entry = entryOf.apply(number);
        var details = words(AuditChain.parts(entry.details()));
        var sealing = new Sealing(AuditChain.FORMAT, keys.currentId(), details, disclosure == null ? null : AuditChain.seal(key(), disclosure));
        AuditStore.append(tx, new Link(number, entry, sealing, head.hash(), AuditChain.hash(key(), number, entry, sealing, head.hash()), null));
        return number;
    }

    /** A disclosure to be entered. */
    public Disclosure disclosure(UUID compoundId, UUID id, UUID personId, @Nullable UUID householdId, String field, String reason, OffsetDateTime at,
                                 AuditEntry.Actor by) {
        return new Disclosure(compoundId, id, personId, householdId, field, words(List.of(reason)), at, by);
    }

    private Words words(List<String> parts) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Words(AuditChain.commitment(key(), salt, parts), salt, parts, null, true);
    }

    byte @Nullable [] key(String keyId) {
        return keys.derive(keyId, KeyPurpose.AUDIT);
    }

    private byte[] key() {
        var key = key(keys.currentId());
        if (key == null) {
            throw new IllegalStateException("the current key is on the ring");
        }
        return key;
    }
}
