package gatehouse.kernel;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Which keys a database was sealed by; the keys themselves are never in it. */
public final class KeyRingStore {
    private static final byte[] CHECKED = "gatehouse".getBytes(StandardCharsets.UTF_8);

    private KeyRingStore() {
    }

    /**
     * Makes sure that this ring opens whatever is in the database, and that it will be known by its current key from now on.
     *
     * @throws StartFailure where the database was sealed by a key that the ring lacks, or by another key of the same id
     */
    public static void match(Database database, KeyRing ring, OffsetDateTime now) {
        database.transact(tx -> {
            tx.sql("insert into sealing_key (key_id, check_value, first_used_at) values ($1, $2, $3) on conflict do nothing")
                    .bind(ring.currentId()).bind(Buffer.buffer(checkValue(ring, ring.currentId()))).bind(now).update();
            var foreign = tx.sql("select key_id, check_value from sealing_key order by first_used_at")
                    .list(row -> matches(ring, row.getString("key_id"), row.getBuffer("check_value")) ? "" : row.getString("key_id"))
                    .stream().filter(id -> !id.isEmpty()).collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                throw new StartFailure("""
                        This database was sealed by other keys than this process has (missing or different: %s).
                        Set GATEHOUSE_KEYS to the keys of the instance that made it; they are in the file "keys" of its data folder."""
                        .formatted(foreign));
            }
            return ring;
        });
    }

    private static boolean matches(KeyRing ring, String id, Buffer checkValue) {
        return ring.ids().contains(id) && Arrays.equals(checkValue(ring, id), checkValue.getBytes());
    }

    private static byte[] checkValue(KeyRing ring, String id) {
        return KeyRing.hmac(ring.derive(id, "database-check"), CHECKED);
    }
}
