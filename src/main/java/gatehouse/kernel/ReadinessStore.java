package gatehouse.kernel;

import io.vertx.core.Future;

/**
 * Asks the database, in one statement, whether it still is what this process was started on. A newer schema is no fault: while instances are
 * exchanged one after the other the older ones go on serving on it, since migrations only add what they do not know of.
 */
public final class ReadinessStore {
    private final Database database;
    private final String newestScript;
    private final String[] keyIds;

    private ReadinessStore(Database database, String newestScript, String[] keyIds) {
        this.database = database;
        this.newestScript = newestScript;
        this.keyIds = keyIds;
    }

    /** On a database that was just migrated; with connections of {@code database}, which should not be those that requests wait for. */
    public static ReadinessStore of(Database database, KeyRing keys) {
        String newest = database.sql("select script from schema_history where success order by installed_rank desc limit 1").only(row -> row.getString("script"));
        return new ReadinessStore(database, newest, keys.ids().toArray(String[]::new));
    }

    /** Fails with a {@link Problem} where the database does not answer. */
    public Future<Readiness> ask() {
        return database.sql("""
                select exists (select 1 from schema_history where script = $1 and success) as has_schema,
                    not exists (select 1 from sealing_key where removed_at is null and key_id <> all ($2::text[])) as has_keys""")
                .bind(newestScript).bind(keyIds).execute().map(rows -> {
                    var row = rows.iterator().next();
                    return !row.getBoolean("has_schema") ? Readiness.SCHEMA_OLDER : row.getBoolean("has_keys") ? Readiness.READY : Readiness.KEY_MISSING;
                });
    }
}
