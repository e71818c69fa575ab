package gatehouse.identity;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** The directory of scenes, and the gates that some stand for. */
final class SceneStore {
    private SceneStore() {
    }

    record Thing(SceneKind kind, UUID compoundId, UUID id) {
    }

    record Gate(UUID compoundId, String compound, UUID id, String name) {
    }

    static void keep(Tx tx, byte[] sceneHash, Thing thing, OffsetDateTime now) {
        tx.sql("insert into scene (scene_hash, kind, compound_id, thing_id, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing")
                .bind(Buffer.buffer(sceneHash)).bind(thing.kind.name()).bind(thing.compoundId).bind(thing.id).bind(now).update();
    }

    static Optional<Thing> find(Statements in, byte[] sceneHash) {
        return in.sql("select kind, compound_id, thing_id from scene where scene_hash = $1").bind(Buffer.buffer(sceneHash))
                .first(row -> new Thing(SceneKind.valueOf(row.getString("kind")), row.getUUID("compound_id"), row.getUUID("thing_id")));
    }

    static Optional<Gate> gate(Statements in, UUID compound, UUID id) {
        return in.sql("""
                select g.id, g.name, c.id as compound_id, c.name as compound from gate g join compound c on c.id = g.compound_id
                where g.compound_id = $1 and g.id = $2""").bind(compound).bind(id)
                .first(row -> new Gate(row.getUUID("compound_id"), row.getString("compound"), row.getUUID("id"), row.getString("name")));
    }

    /** A gate of a compound that the scope holds whole. */
    static Optional<UUID> compoundOfGate(Statements in, Scope scope, UUID id) {
        return in.sql("select compound_id from gate where compound_id = any($1) and id = $2").bind(scope.wholeCompounds()).bind(id)
                .first(row -> row.getUUID("compound_id"));
    }

    /** Of links that are long dead. */
    static int sweep(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from scene where kind = 'COURIER_LINK' and made_at < $1").bind(before).update();
    }
}
