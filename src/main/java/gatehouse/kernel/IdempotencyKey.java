package gatehouse.kernel;

import java.util.UUID;

/** The key that a client sent with a request of its own making, who sent it, and a hash of what it asked (operation, path, body). */
public record IdempotencyKey(UUID compoundId, UUID accountId, UUID key, byte[] requestHash) {
}
