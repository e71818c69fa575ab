package gatehouse.kernel;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By which keys values are found. A compound's rows are all found by the same key, and change to another in one transaction; a directory
 * above the compounds has a row for each key in force. So a unique index always compares what was made by the same key.
 */
public final class SearchKeyStore {
    private static final int ROWS_AT_ONCE = 500;
    private static final int DELETED_AT_ONCE = 5_000;

    private SearchKeyStore() {
    }

    /** For writing a compound's rows; it stays this one until {@code tx} ends. To be asked before rows are locked. */
    public static SearchKey ofCompound(Tx tx, KeyRing ring, UUID compound) {
        var known = lockOfCompound(tx, compound, "share");
        if (known.isEmpty()) {
            var whole = inForce(tx, ring).getFirst();
            tx.sql("insert into compound_search_key (compound_id, key_id) values ($1, $2) on conflict do nothing").bind(compound).bind(whole.id()).update();
            known = lockOfCompound(tx, compound, "share");
        }
        return new SearchKey(ring, known.orElseThrow());
    }

    private static Optional<String> lockOfCompound(Tx tx, UUID compound, String strength) {
        return tx.sql("select key_id from compound_search_key where compound_id = $1 for " + strength).bind(compound).first(row -> row.getString(0));
    }

    /** For writing into a directory, by each of them; the one by which everything there is found comes first. They stay these until {@code tx} ends. */
    public static List<SearchKey> inForce(Tx tx, KeyRing ring) {
        var found = readInForce(tx, ring);
        if (!found.isEmpty()) {
            return found;
        }
        tx.sql("insert into search_key (key_id, state) values ($1, 'WHOLE') on conflict do nothing").bind(ring.currentId()).update();
        return readInForce(tx, ring);
    }

    /** A key on its way in may not yet be on this instance's ring; what it leaves out is added when compounds are moved. */
    private static List<SearchKey> readInForce(Tx tx, KeyRing ring) {
        return tx.sql("select key_id, state from search_key where state <> 'LEAVING' order by state = 'WHOLE' desc for share")
                .list(row -> row).stream().filter(row -> row.getString("state").equals("WHOLE") || ring.ids().contains(row.getString("key_id")))
                .map(row -> new SearchKey(ring, row.getString("key_id"))).toList();
    }

    /** Whether everything is found by that key alone, or nothing is there to be found. */
    static boolean isOnly(Statements where, String keyId) {
        return !where.sql("select 1 from search_key where key_id <> $1").bind(keyId).exists();
    }

    /** From now on what is new is found by that key too. False where that was so. */
    static boolean begin(Tx tx, String keyId) {
        var known = tx.sql("select key_id from search_key order by key_id for update").list(row -> row.getString(0));
        if (known.isEmpty()) {
            return false;
        }
        tx.sql("update search_key set state = 'LEAVING' where state = 'COMING' and key_id <> $1").bind(keyId).update();
        return tx.sql("""
                insert into search_key (key_id, state) values ($1, 'COMING')
                on conflict (key_id) do update set state = 'COMING' where search_key.state = 'LEAVING'""").bind(keyId).update() == 1;
    }

    /** Compounds of which something is not yet found by that key. */
    static List<UUID> behind(Statements where, List<SearchColumn> columns, String keyId) {
        var missing = new StringBuilder();
        columns.forEach(column -> column.directory().ifPresent(directory -> missing.append(" or ").append(notIn(column, directory))));
        return where.sql("""
                select c.id from compound c left join compound_search_key k on k.compound_id = c.id
                where k.key_id is distinct from $1 %s order by c.id""".formatted(missing)).bind(keyId).list(row -> row.getUUID(0));
    }

    private static String notIn(SearchColumn column, String directory) {
        var table = column.sealed().table();
        return """
                exists (select from %1$s t where t.compound_id = c.id and t.%2$s is not null and not exists (
                    select from %3$s d where d.compound_id = t.compound_id and d.%1$s_id = t.id and d.key_id = $1))"""
                .formatted(table, column.sealed().column(), directory);
    }

    /** All rows of the compound, in this transaction: whoever registers somebody there waits for it, whoever looks for somebody does not. */
    static void move(Tx tx, KeyRing ring, List<SearchColumn> columns, UUID compound) {
        ofCompound(tx, ring, compound);
        lockOfCompound(tx, compound, "update");
        var key = new SearchKey(ring, ring.currentId());
        columns.forEach(column -> move(tx, key, column, compound));
        tx.sql("update compound_search_key set key_id = $2 where compound_id = $1").bind(compound).bind(key.id()).update();
    }

    private static void move(Tx tx, SearchKey key, SearchColumn column, UUID compound) {
        UUID last = null;
        do {
            last = moveSome(tx, key, column, compound, last);
        } while (last != null);
    }

    private static @Nullable UUID moveSome(Tx tx, SearchKey key, SearchColumn column, UUID compound, @Nullable UUID after) {
        var sealed = column.sealed();
        var rows = tx.sql("select %s from %s where compound_id = $1 and %s is not null and ($2::uuid is null or id > $2) order by id limit $3".formatted(
                sealed.columns(), sealed.table(), sealed.column())).bind(compound).bind(after).bind(ROWS_AT_ONCE).list(row -> row);
        if (rows.isEmpty()) {
            return null;
        }
        var ids = rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
        var hashes = rows.stream().map(row -> hash(key, column, row)).toArray(Buffer[]::new);
        // What was emptied since it was read stays empty; what is moved stays as it is until this is committed.
        var moved = tx.sql("""
                update %s t set %s = v.hash from unnest($2::uuid[], $3::bytea[]) v (id, hash) where t.compound_id = $1 and t.id = v.id and t.%s is not null
                returning t.id""".formatted(sealed.table(), column.hash(), sealed.column()))
                .bind(compound).bind(ids).bind(hashes).list(row -> row.getUUID(0)).toArray(UUID[]::new);
        column.directory().ifPresent(directory -> tx.sql("""
                insert into %s (%s, key_id, compound_id, %s_id) select v.hash, $4, $1, v.id from unnest($2::uuid[], $3::bytea[]) v (id, hash)
                where v.id = any($5) on conflict do nothing""".formatted(directory, column.hash(), sealed.table()))
                .bind(compound).bind(ids).bind(hashes).bind(key.id()).bind(moved).update());
        return rows.size() < ROWS_AT_ONCE ? null : ids[ids.length - 1];
    }

    private static Buffer hash(SearchKey key, SearchColumn column, Row row) {
        var sealed = column.sealed();
        return Buffer.buffer(key.hash(column.purpose(), key.ring().open(sealed.purpose(), sealed.contextOf(row), row.getBuffer(sealed.column()).getBytes())));
    }

    /** Everything is found by that key, so others leave; false where something is not. */
    static boolean finish(Tx tx, List<SearchColumn> columns, String keyId) {
        tx.sql("select key_id from search_key order by key_id for update").list(row -> row);
        if (!behind(tx, columns, keyId).isEmpty()) {
            return false;
        }
        tx.sql("update search_key set state = 'LEAVING' where key_id <> $1").bind(keyId).update();
        tx.sql("update search_key set state = 'WHOLE' where key_id = $1").bind(keyId).update();
        return true;
    }

    /** Rows of a directory that were made by keys that leave. Answers how many; at 0 nothing of them is left. */
    static int forgetSome(Tx tx, SearchColumn column, String directory) {
        return tx.sql("""
                delete from %1$s where %2$s in (
                    select %2$s from %1$s where key_id is null or key_id in (select key_id from search_key where state = 'LEAVING') limit $1)"""
                .formatted(directory, column.hash())).bind(DELETED_AT_ONCE).update();
    }

    /** Keys that have left are not kept for searching either. */
    static int forgetKeys(Tx tx) {
        var purposes = Arrays.stream(KeyPurpose.values()).filter(KeyPurpose::isRehashed).map(Enum::name).toArray(String[]::new);
        int left = tx.sql("delete from search_key where state = 'LEAVING'").update();
        tx.sql("delete from kept_key where purpose = any($1) and key_id not in (select key_id from search_key)").bind(purposes).update();
        return left;
    }
}
