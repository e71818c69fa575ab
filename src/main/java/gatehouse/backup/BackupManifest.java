package gatehouse.backup;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** What stands last in a backup: how much of each table is in it. */
record BackupManifest(Map<String, Part> tables) {

    /** {@code sha256}: of what COPY wrote, hexadecimal. */
    record Part(long rows, long bytes, String sha256) {
    }

    byte[] json() {
        var parts = new JsonObject();
        tables.forEach((name, part) -> parts.put(name, new JsonObject().put("rows", part.rows).put("bytes", part.bytes).put("sha256", part.sha256)));
        return new JsonObject().put("tables", parts).toBuffer().getBytes();
    }

    static BackupManifest parse(byte[] json) {
        var tables = new TreeMap<String, Part>();
        new JsonObject(Buffer.buffer(json)).getJsonObject("tables").forEach(each -> {
            var part = (JsonObject) each.getValue();
            tables.put(each.getKey(), new Part(part.getLong("rows"), part.getLong("bytes"), part.getString("sha256")));
        });
        return new BackupManifest(tables);
    }

    long rows() {
        return tables.values().stream().mapToLong(Part::rows).sum();
    }
}
