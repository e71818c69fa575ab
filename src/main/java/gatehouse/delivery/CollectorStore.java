package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of those whom households name. */
final class CollectorStore {
    private static final String COLLECTORS = """
            select c.* from pickup_collector c join household h on h.compound_id = c.compound_id and h.id = c.household_id where""" + Scope.seesSinceHome("c.named_at");

    private CollectorStore() {
    }

    /** The building of a household; the household is held, so that nobody else names somebody for it meanwhile. */
    static Optional<UUID> lockHousehold(Tx tx, Scope scope, UUID household) {
        return tx.sql("select h.building_id from household h where h.id = $5 and" + Scope.SEES_HOUSEHOLD + "for no key update")
                .within(scope).bind(household).first(row -> row.getUUID("building_id"));
    }

    /** False where another code is the same. */
    static boolean insert(Tx tx, Collector collector, byte[] codeHash, UUID account) {
        return tx.sql("""
                insert into pickup_collector (compound_id, id, household_id, building_id, name, valid_until, code_key, code_hash, named_at, named_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing""")
                .bind(collector.compoundId()).bind(collector.id()).bind(collector.householdId()).bind(collector.buildingId()).bind(collector.name())
                .bind(collector.validUntil()).bind(collector.codeKey()).bind(Buffer.buffer(codeHash)).bind(collector.namedAt()).bind(account)
                .update() == 1;
    }

    /** Those who may collect now. */
    static List<Collector> valid(Statements where, Scope scope, OffsetDateTime now) {
        return where.sql(COLLECTORS + "and c.withdrawn_at is null and c.valid_until > $5 order by c.id").within(scope).bind(now)
                .list(CollectorStore::collector);
    }

    static Optional<Collector> find(Statements where, Scope scope, UUID id) {
        return where.sql(COLLECTORS + "and c.id = $5").within(scope).bind(id).first(CollectorStore::collector);
    }

    static Optional<Collector> ofCode(Statements where, Scope scope, byte[] codeHash) {
        return where.sql(COLLECTORS + "and c.code_hash = $5").within(scope).bind(Buffer.buffer(codeHash)).first(CollectorStore::collector);
    }

    /** Read again within the transaction of the hand-over. */
    static boolean isStillValid(Tx tx, Collector collector, OffsetDateTime now) {
        return tx.sql("select 1 from pickup_collector where compound_id = $1 and id = $2 and withdrawn_at is null and valid_until > $3 for share")
                .bind(collector.compoundId()).bind(collector.id()).bind(now).exists();
    }

    static boolean withdraw(Tx tx, Collector collector, OffsetDateTime now) {
        return tx.sql("update pickup_collector set withdrawn_at = $3 where compound_id = $1 and id = $2 and withdrawn_at is null")
                .bind(collector.compoundId()).bind(collector.id()).bind(now).update() == 1;
    }

    private static Collector collector(Row row) {
        return new Collector(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getString("name"), row.getOffsetDateTime("valid_until"), row.getString("code_key"), row.getOffsetDateTime("named_at"),
                row.getOffsetDateTime("withdrawn_at"));
    }
}
