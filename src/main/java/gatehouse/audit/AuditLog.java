package gatehouse.audit;

import gatehouse.audit.AuditChain.Link;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Tx;
import org.jspecify.annotations.Nullable;

/** Where every feature enters what must be accounted for. */
public final class AuditLog {
    private final KeyRing keys;

    public AuditLog(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Appends an entry to its compound's chain, in the transaction of its cause; answers its number. The chain is locked until the
     * transaction ends, so append last, and several compounds' entries by compound id.
     */
    public long append(Tx tx, AuditEntry entry) {
        var head = AuditStore.lockHead(tx, entry.compoundId());
        long number = head.number() + 1;
        AuditStore.append(tx, new Link(number, entry, keys.currentId(), head.hash(), AuditChain.hash(key(), number, entry, head.hash()), null));
        return number;
    }

    /** What the entry of a disclosure keeps of it. */
    String seal(Disclosure disclosure) {
        return AuditChain.seal(key(), disclosure);
    }

    byte @Nullable [] key(String keyId) {
        return keys.derive(keyId, AuditChain.KEY_PURPOSE);
    }

    private byte[] key() {
        var key = key(keys.currentId());
        if (key == null) {
            throw new IllegalStateException("the current key is on the ring");
        }
        return key;
    }
}
