package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * That the database can be divided by compound: what {@code src/docs/decisions/0045-sharding-by-compound.md} says of tables and keys, asked
 * of the catalogue. A table that belongs to compounds and breaks this does not get in.
 */
class CatalogueTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    /** Small tables that every shard has or asks for, and why they know no compound, or find one. */
    private static final Map<String, String> GLOBAL = new TreeMap<>(Map.ofEntries(
            Map.entry("subdistrict", "the directory above compounds"),
            Map.entry("community", "the directory above compounds"),
            Map.entry("compound", "the directory of compounds itself"),
            Map.entry("account_login", "finds the compound of a phone, which a login does not name"),
            Map.entry("invitation_code", "finds the compound of a door card's code"),
            Map.entry("wechat_login", "finds the compound of an openid"),
            Map.entry("scene", "finds what a printed picture stands for"),
            Map.entry("wechat_binding", "who has not said yet who they are"),
            Map.entry("wechat_token", "one for each mini program"),
            Map.entry("wechat_push", "what WeChat pushed, by its content; of a mini program"),
            Map.entry("portal_login", "a browser that waits for somebody's phone"),
            Map.entry("guess_counter", "failed logins by source, before anybody is known"),
            Map.entry("job_known", "the timetable of the house"),
            Map.entry("sealing_key", "fingerprints of the key ring"),
            Map.entry("search_key", "by which of them logins are found"),
            Map.entry("kept_key", "what is kept of keys that left the ring"),
            Map.entry("schema_history", "the migrations")));

    /** Foreign keys from directories into compounds: Citus has none such, they are dropped when the database is divided. */
    private static final Set<String> DROPPED_WHEN_DIVIDED = Set.of("account_login", "invitation_code", "wechat_login", "portal_login");

    private record Key(String table, String name, List<String> columns) {
    }

    private record Reference(String table, List<String> columns, String to, List<String> toColumns) {
        boolean carriesTheCompound() {
            int place = columns.indexOf("compound_id");
            return place >= 0 && toColumns.get(place).equals("compound_id");
        }
    }

    @Test
    void everyPrimaryAndUniqueKey_beginsWithTheCompound_orItsTableIsGlobalForAReason() throws SQLException {
        var others = new TreeSet<String>();
        for (var key : keys()) {
            if (!key.columns.getFirst().equals("compound_id")) {
                others.add(key.table);
            }
        }
        assertEquals(GLOBAL.keySet(), others, "a table with a key that does not begin with compound_id, or a global one that is none");
    }

    @Test
    void everyTable_hasAPrimaryKey() throws SQLException {
        assertEquals(List.of(), strings("""
                select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)"""));
    }

    @Test
    void theCompound_isOneAndTheSameKindOfValueEverywhere_andNeverUnknown() throws SQLException {
        assertEquals(List.of(), strings("""
                select c.relname || ' ' || format_type(a.atttypid, a.atttypmod) from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'compound_id'
                and (a.atttypid <> 'uuid'::regtype or not a.attnotnull) and c.relname <> 'portal_login'"""));
    }

    @Test
    void everyReferenceBetweenTablesOfCompounds_staysWithinTheCompound() throws SQLException {
        var wanderers = new ArrayList<Reference>();
        var dropped = new TreeSet<String>();
        for (var reference : references()) {
            boolean from = !GLOBAL.containsKey(reference.table);
            boolean to = !GLOBAL.containsKey(reference.to);
            if (from && to && !reference.carriesTheCompound()) {
                wanderers.add(reference);
            }
            if (!from && to) {
                dropped.add(reference.table);
            }
        }
        assertEquals(List.of(), wanderers);
        assertTrue(DROPPED_WHEN_DIVIDED.containsAll(dropped), dropped.toString());
    }

    private static List<Key> keys() throws SQLException {
        var keys = new ArrayList<Key>();
        try (var connection = DATABASE.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select t.relname, i.relname, array(select coalesce(a.attname::text, '(an expression)') from unnest(x.indkey) with ordinality k (number, place)
                    left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number and k.number > 0
                    where k.place <= x.indnkeyatts order by k.place)
                from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
                where x.indisunique and t.relnamespace = 'public'::regnamespace order by 1, 2""")) {
            while (rows.next()) {
                keys.add(new Key(rows.getString(1), rows.getString(2), List.of((String[]) rows.getArray(3).getArray())));
            }
        }
        assertTrue(keys.size() > 100, "the catalogue was not read");
        return keys;
    }

    private static List<Reference> references() throws SQLException {
        var references = new ArrayList<Reference>();
        try (var connection = DATABASE.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select f.conrelid::regclass::text, array(select a.attname::text from unnest(f.conkey) with ordinality k (number, place)
                        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number order by k.place),
                    f.confrelid::regclass::text, array(select a.attname::text from unnest(f.confkey) with ordinality k (number, place)
                        join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number order by k.place)
                from pg_constraint f where f.contype = 'f' and f.connamespace = 'public'::regnamespace""")) {
            while (rows.next()) {
                references.add(new Reference(rows.getString(1), List.of((String[]) rows.getArray(2).getArray()),
                        rows.getString(3), List.of((String[]) rows.getArray(4).getArray())));
            }
        }
        return references;
    }

    private static List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var connection = DATABASE.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
