package gatehouse.backup;

import gatehouse.kernel.PostgresUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** What is asked of PostgreSQL: COPY out of one picture, and back in within one transaction. Names are quoted by PostgreSQL itself. */
final class BackupStore implements AutoCloseable {
    /** Written by the migrations and by nobody else. */
    private static final String HISTORY = "schema_history";

    private final Connection connection;

    private BackupStore(Connection connection) {
        this.connection = connection;
    }

    /** A table and those of its columns that are not computed. */
    record Table(String name, List<String> columns) {
        private String list() {
            return columns.stream().map(BackupStore::quoted).collect(Collectors.joining(", "));
        }
    }

    private record ForeignKey(String table, String name, String definition) {
    }

    /** One picture of everything, of this moment. */
    static BackupStore reading(PostgresUrl database) throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return new BackupStore(connection);
    }

    /** Nothing of it is there until {@link #commit}. */
    static BackupStore writing(PostgresUrl database) throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        return new BackupStore(connection);
    }

    /** By name. */
    List<Table> tables() throws SQLException {
        var tables = new ArrayList<Table>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '%s'
                group by c.relname order by c.relname""".formatted(HISTORY))) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), List.of((String[]) rows.getArray(2).getArray())));
            }
        }
        return tables;
    }

    /** Names of the first tables that hold something. */
    List<String> filledTables() throws SQLException {
        var filled = new ArrayList<String>();
        for (var table : tables()) {
            try (var statement = connection.createStatement(); var rows = statement.executeQuery("select exists (select from " + quoted(table.name()) + ")")) {
                rows.next();
                if (rows.getBoolean(1)) {
                    filled.add(table.name());
                }
            }
        }
        return filled;
    }

    /** Hexadecimal values by which a key is known again, by its id, of those that something may be sealed by; older schemas have no word for the others. */
    SortedMap<String, String> keys() throws SQLException {
        var keys = new TreeMap<String, String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select key_id, encode(check_value, 'hex') from sealing_key k where to_jsonb(k) ->> 'emptied_at' is null")) {
            while (rows.next()) {
                keys.put(rows.getString(1), rows.getString(2));
            }
        }
        return keys;
    }

    /** Answers the number of rows. */
    long copyOut(Table table, OutputStream out) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + quoted(table.name()) + " (" + table.list() + ") to stdout", out);
    }

    /** Answers the number of rows. */
    long copyIn(Table table, InputStream in) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + quoted(table.name()) + " (" + table.list() + ") from stdin", in);
    }

    /** Does {@code load} without foreign keys, so that tables come in any order, and has all of them checked after it. */
    void withoutForeignKeys(Load load) throws SQLException, IOException {
        var keys = new ArrayList<ForeignKey>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
                where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0""")) {
            while (rows.next()) {
                keys.add(new ForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        for (var key : keys) {
            execute("alter table " + key.table + " drop constraint " + key.name);
        }
        load.run();
        for (var key : keys) {
            execute("alter table " + key.table + " add constraint " + key.name + " " + key.definition);
        }
    }

    interface Load {
        void run() throws SQLException, IOException;
    }

    /** Whoever logged out since the backup must not be in again; answers how many were open. */
    int endSessions(OffsetDateTime now) throws SQLException {
        try (var statement = connection.prepareStatement("update session set ended_at = greatest(?, created_at), end_reason = 'EXPIRED' where ended_at is null")) {
            statement.setObject(1, now);
            return statement.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Lets the planner know what came. */
    void analyse() throws SQLException {
        execute("analyze");
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What was not committed never was. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
