package gatehouse.backup;

import gatehouse.backup.BackupStore.Table;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands first in a backup.
 *
 * @param schema checksums of the migrations that its database had, by script
 * @param keys   by what the keys of its ring are known again, by their ids; the keys are not there
 */
record BackupHead(OffsetDateTime takenAt, SortedMap<String, Integer> schema, SortedMap<String, String> keys, List<Table> tables) {

    byte[] json() {
        var migrations = new JsonObject();
        schema.forEach(migrations::put);
        var fingerprints = new JsonObject();
        keys.forEach(fingerprints::put);
        var described = new JsonArray();
        tables.forEach(table -> described.add(new JsonObject().put("name", table.name()).put("columns", new JsonArray(table.columns()))));
        return new JsonObject().put("takenAt", takenAt.toString()).put("schema", migrations).put("keys", fingerprints).put("tables", described)
                .toBuffer().getBytes();
    }

    static BackupHead parse(byte[] json) {
        var head = new JsonObject(Buffer.buffer(json));
        var schema = new TreeMap<String, Integer>();
        head.getJsonObject("schema").forEach(script -> schema.put(script.getKey(), ((Number) script.getValue()).intValue()));
        var keys = new TreeMap<String, String>();
        head.getJsonObject("keys").forEach(key -> keys.put(key.getKey(), (String) key.getValue()));
        var tables = new ArrayList<Table>();
        for (var each : head.getJsonArray("tables")) {
            var table = (JsonObject) each;
            tables.add(new Table(table.getString("name"), table.getJsonArray("columns").stream().map(String.class::cast).toList()));
        }
        return new BackupHead(OffsetDateTime.parse(head.getString("takenAt")), schema, keys, tables);
    }

    /** The newest migration. */
    String lastScript() {
        return schema.lastKey();
    }
}
