package gatehouse.kernel;

import gatehouse.kernel.KeyRing.Use;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which keys a database was sealed by, and the sealed columns themselves; the keys are never in it. */
public final class KeyRingStore {
    private static final byte[] CHECKED = "gatehouse".getBytes(StandardCharsets.UTF_8);
    /** The id of the key that sealed a value stands before it. */
    private static final String KEY_OF = "substring(%1$s from 2 for get_byte(%1$s, 0))";
    public static final SealedColumn KEPT_KEYS = SealedColumn.of("kept_key", "derived_sealed", KeyPurpose.KEPT_KEY, List.of("key_id", "purpose"),
            "kept_key/{key_id}/{purpose}");

    private KeyRingStore() {
    }

    private record Known(String id, byte[] checkValue, boolean isSearching, @Nullable OffsetDateTime emptiedAt, @Nullable OffsetDateTime removedAt) {
    }

    /**
     * Makes sure that this ring opens whatever is in the database, and that it will be known by its current key from now on.
     *
     * @return the ring, knowing by which key this database is searched and what it keeps of those that left
     * @throws StartFailure where something is sealed by a key that the ring lacks, or by another key of the same id
     */
    public static KeyRing match(Database database, KeyRing ring, List<SealedColumn> columns, OffsetDateTime now) {
        return database.transact(tx -> {
            // several instances start at once; which key is searched by is decided once
            tx.sql("lock table sealing_key in share row exclusive mode").update();
            enter(tx, ring, ring.currentId(), now);
            if (!tx.sql("select 1 from sealing_key where searches").exists()) {
                enter(tx, ring, ring.searchingId(), now);
                tx.sql("update sealing_key set searches = true where key_id = $1").bind(ring.searchingId()).update();
            }
            makeNewest(tx, ring.currentId(), now);
            var known = known(tx);
            var foreign = new ArrayList<String>();
            known.stream().filter(key -> !isAtHand(tx, ring, key, columns, now)).map(Known::id).forEach(foreign::add);
            if (!foreign.isEmpty()) {
                throw new StartFailure("""
                        This database was sealed by other keys than this process has (missing or different: %s).
                        Set GATEHOUSE_KEYS to the keys of the instance that made it; they are in the file "keys" of its data folder.
                        A key can be left out once the log says that nothing is sealed by it any more."""
                        .formatted(String.join(", ", foreign)));
            }
            return ring.at(known.stream().filter(Known::isSearching).findFirst().orElseThrow().id(), keptKeys(tx, ring));
        });
    }

    private static void enter(Tx tx, KeyRing ring, String id, OffsetDateTime now) {
        tx.sql("insert into sealing_key (key_id, check_value, first_used_at) values ($1, $2, $3) on conflict do nothing")
                .bind(id).bind(Buffer.buffer(checkValue(ring, id))).bind(now).update();
    }

    /** What was seen last at the front of a ring is what everything is sealed by; see {@link KeyRotation}. */
    private static void makeNewest(Tx tx, String id, OffsetDateTime now) {
        tx.sql("""
                update sealing_key set emptied_at = null, removed_at = null,
                    first_used_at = greatest($2, (select max(first_used_at) + interval '1 microsecond' from sealing_key))
                where key_id = $1 and (emptied_at is not null or exists (
                    select 1 from sealing_key other where other.key_id <> $1 and other.first_used_at >= sealing_key.first_used_at))""")
                .bind(id).bind(now).update();
    }

    private static List<Known> known(Tx tx) {
        return tx.sql("select key_id, check_value, searches, emptied_at, removed_at from sealing_key order by first_used_at, key_id")
                .list(row -> new Known(row.getString("key_id"), row.getBuffer("check_value").getBytes(), row.getBoolean("searches"),
                        row.getOffsetDateTime("emptied_at"), row.getOffsetDateTime("removed_at")));
    }

    /** On the ring, or no longer needed there: the first time that it is missing, every table is looked through for it once more. */
    private static boolean isAtHand(Tx tx, KeyRing ring, Known key, List<SealedColumn> columns, OffsetDateTime now) {
        if (ring.ids().contains(key.id())) {
            return Arrays.equals(checkValue(ring, key.id()), key.checkValue());
        }
        if (key.removedAt() == null && key.emptiedAt() != null && columns.stream().noneMatch(column -> isSealedBy(tx, column, key.id()))) {
            tx.sql("update sealing_key set removed_at = $2 where key_id = $1").bind(key.id()).bind(now).update();
            return true;
        }
        return key.removedAt() != null;
    }

    private static boolean isSealedBy(Tx tx, SealedColumn column, String keyId) {
        return tx.sql("select 1 from %s where %s = $1 limit 1".formatted(column.table(), KEY_OF.formatted(column.column())))
                .bind(keyBytes(keyId)).exists();
    }

    private static Map<Use, byte[]> keptKeys(Tx tx, KeyRing ring) {
        var kept = new HashMap<Use, byte[]>();
        tx.sql("select key_id, purpose, derived_sealed from kept_key").list(row -> kept.put(
                new Use(row.getString("key_id"), KeyPurpose.valueOf(row.getString("purpose"))),
                ring.openBytes(KeyPurpose.KEPT_KEY, KEPT_KEYS.contextOf(row), row.getBuffer("derived_sealed").getBytes())));
        return kept;
    }

    /** Of keys known by these hexadecimal check values, by id, those that the ring does not hold or holds another for. */
    public static List<String> lacking(KeyRing ring, Map<String, String> checkValues) {
        return checkValues.entrySet().stream().filter(key -> !ring.ids().contains(key.getKey())
                || !Arrays.equals(checkValue(ring, key.getKey()), HexFormat.of().parseHex(key.getValue()))).map(Map.Entry::getKey).sorted().toList();
    }

    private static byte[] checkValue(KeyRing ring, String id) {
        return KeyRing.hmac(ring.derive(id, KeyPurpose.DATABASE_CHECK), CHECKED);
    }

    private static Buffer keyBytes(String keyId) {
        return Buffer.buffer(keyId.getBytes(StandardCharsets.US_ASCII));
    }

    /** The key that came last to the front of a ring. */
    static String newest(Statements where) {
        return where.sql("select key_id from sealing_key order by first_used_at desc, key_id limit 1").only(row -> row.getString("key_id"));
    }

    /** Keys other than that by which something may still be sealed. */
    static List<String> notEmptied(Statements where, String currentId) {
        return where.sql("select key_id from sealing_key where key_id <> $1 and emptied_at is null order by key_id").bind(currentId)
                .list(row -> row.getString("key_id"));
    }

    /** How far a walk came: the key of its last row, where it is not at its end; how many were sealed anew. */
    record Walked(Optional<List<Object>> last, int moved) {
    }

    /** Seals anew, in the order of the primary key, what is not sealed by the current key; a row that somebody else holds is left to the next walk. */
    static Walked reseal(Tx tx, KeyRing ring, SealedColumn column, Optional<List<Object>> after) {
        var select = tx.sql("select %s from %s where %s <> $1 %s order by %s limit $2 for no key update skip locked".formatted(
                column.columns(), column.table(), KEY_OF.formatted(column.column()),
                after.isEmpty() ? "" : "and (%s) > (%s)".formatted(column.keyColumns(), column.keyParameters(3)), column.keyColumns()))
                .bind(keyBytes(ring.currentId())).bind(column.atOnce());
        after.ifPresent(key -> key.forEach(select::bind));
        var rows = select.list(row -> row);
        for (var row : rows) {
            var context = column.contextOf(row);
            var anew = ring.sealBytes(column.purpose(), context, ring.openBytes(column.purpose(), context, row.getBuffer(column.column()).getBytes()));
            var update = tx.sql("update %s set %s = $1 where (%s) = (%s)".formatted(column.table(), column.column(), column.keyColumns(),
                    column.keyParameters(2))).bind(Buffer.buffer(anew));
            column.keyOf(row).forEach(update::bind);
            update.update();
        }
        return new Walked(rows.size() < column.atOnce() ? Optional.empty() : Optional.of(column.keyOf(rows.getLast())), rows.size());
    }

    /** Nothing is sealed by that key any more; what was derived from it and is needed further is kept. */
    static void empty(Tx tx, KeyRing ring, String keyId, OffsetDateTime now) {
        for (var purpose : KeyPurpose.values()) {
            var derived = ring.derive(keyId, purpose);
            if (purpose.isKept() && derived != null) {
                tx.sql("insert into kept_key (key_id, purpose, derived_sealed) values ($1, $2, $3) on conflict do nothing")
                        .bind(keyId).bind(purpose.name()).bind(Buffer.buffer(ring.sealBytes(KeyPurpose.KEPT_KEY,
                                "kept_key/" + keyId + "/" + purpose.name(), derived))).update();
            }
        }
        tx.sql("update sealing_key set emptied_at = $2 where key_id = $1").bind(keyId).bind(now).update();
    }
}
