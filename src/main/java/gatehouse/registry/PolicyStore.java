package gatehouse.registry;

import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables policy and policy_history. Values are kept as the API writes them, so that a table can be read by people. */
final class PolicyStore {

    private PolicyStore() {}

    /** @param before in whole units, as {@code after} */
    record Change(PolicyName name, int before, int after) {}

    /** One version: who changed what. */
    record Entry(int version, OffsetDateTime at, Optional<String> by, JsonArray changes) {}

    static Optional<String> compoundName(Database database, Scope scope, UUID compound) {
        return database.sql("select name from compound where id = $1 and id = any($2)")
                .bind(compound).bind(scope.compounds()).first(row -> row.getString("name"));
    }

    static PolicyValues read(Database database, UUID compound) {
        return Await.on(inForce(database, compound));
    }

    static Future<PolicyValues> inForce(Database database, UUID compound) {
        return database.sql("select version, changed_values from policy where compound_id = $1").bind(compound).execute().map(rows -> {
            var changed = rows.iterator();
            return changed.hasNext() ? values(compound, changed.next()) : new PolicyValues(compound, 0, Map.of());
        });
    }

    static List<PolicyValues> readChanged(Database database) {
        return database.sql("select compound_id, version, changed_values from policy").list(row -> values(row.getUUID("compound_id"), row));
    }

    private static PolicyValues values(UUID compound, Row row) {
        var changed = new EnumMap<PolicyName, Integer>(PolicyName.class);
        row.getJsonObject("changed_values").forEach(entry -> PolicyName.ofKey(entry.getKey())
                .ifPresent(name -> changed.put(name, PolicyRules.parse(name.unit(), entry.getValue()))));
        return new PolicyValues(compound, row.getInteger("version"), changed);
    }

    /** Writes {@code next} where its version still follows the one in the table; false where somebody was faster. */
    static boolean replace(Tx tx, PolicyValues next, OffsetDateTime now, UUID account) {
        var changed = new JsonObject();
        next.changed().forEach((name, amount) -> changed.put(name.key(), PolicyRules.write(name.unit(), amount)));
        String statement = next.version() == 1
                ? """
                insert into policy (compound_id, version, changed_values, changed_at, changed_by) values ($1, $2, $3, $4, $5)
                on conflict (compound_id) do nothing"""
                : """
                update policy set version = $2, changed_values = $3, changed_at = $4, changed_by = $5
                where compound_id = $1 and version = $2 - 1""";
        return tx.sql(statement).bind(next.compoundId()).bind(next.version()).bind(changed).bind(now).bind(account).update() == 1;
    }

    static void keepHistory(Tx tx, PolicyValues next, List<Change> changes, OffsetDateTime now, UUID account) {
        var written = new JsonArray();
        changes.forEach(change -> written.add(new JsonObject().put("name", change.name().key())
                .put("before", PolicyRules.write(change.name().unit(), change.before()))
                .put("after", PolicyRules.write(change.name().unit(), change.after()))));
        tx.sql("insert into policy_history (compound_id, version, changes, changed_at, changed_by) values ($1, $2, $3, $4, $5)")
                .bind(next.compoundId()).bind(next.version()).bind(written).bind(now).bind(account).update();
    }

    /** Newest first; the person's name only where their account lies within the scope. */
    static List<Entry> history(Database database, Scope scope, UUID compound, int before, int limit) {
        return database.sql("""
                select p.version, p.changed_at, p.changes, a.name
                from policy_history p left join account a on a.id = p.changed_by and a.compound_id = any($2)
                where p.compound_id = $1 and p.compound_id = any($2) and p.version < $3
                order by p.version desc limit $4""")
                .bind(compound).bind(scope.compounds()).bind(before).bind(limit)
                .list(row -> new Entry(row.getInteger("version"), row.getOffsetDateTime("changed_at"),
                        Optional.ofNullable(row.getString("name")), row.getJsonArray("changes")));
    }
}
