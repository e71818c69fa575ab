package gatehouse.kernel;

import java.util.Arrays;
import java.util.UUID;

/** The key that a client sent with a request of its own making, who sent it, and a hash of what it asked (operation, path, body). */
public record IdempotencyKey(UUID compoundId, UUID accountId, UUID key, byte[] requestHash) {
    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that && key.equals(that.key) && accountId.equals(that.accountId)
                && compoundId.equals(that.compoundId) && Arrays.equals(requestHash, that.requestHash);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
