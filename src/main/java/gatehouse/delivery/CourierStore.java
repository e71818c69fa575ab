package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of couriers' links. */
final class CourierStore {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String LINKS = """
            select l.*, g.name as gate from courier_link l join gate g on g.compound_id = l.compound_id and g.id = l.gate_id
            """;

    private CourierStore() {
    }

    static void insert(Tx tx, CourierLink link, UUID byCompound, UUID byAccount) {
        tx.sql("""
                insert into courier_link (compound_id, id, gate_id, label, token_key, made_at, made_by_compound_id, made_by, expires_at, counted_from,
                    counted, registered)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6, 0, 0)""")
                .bind(link.compoundId()).bind(link.id()).bind(link.gateId()).bind(link.label()).bind(link.tokenKey()).bind(link.madeAt())
                .bind(byCompound).bind(byAccount).bind(link.expiresAt()).update();
    }

    /** Those that are good now, at these gates or at all of the scope's; newest first. */
    static List<CourierLink> good(Statements where, Scope scope, UUID @org.jspecify.annotations.Nullable [] gates, OffsetDateTime now) {
        return where.sql(LINKS + """
                where l.compound_id = any($1) and ($2::uuid[] is null or l.gate_id = any($2)) and l.revoked_at is null and l.expires_at > $3
                order by l.id desc""")
                .bind(scope.wholeCompounds()).bind(gates).bind(now).list(CourierStore::link);
    }

    static Optional<CourierLink> find(Statements where, UUID compound, UUID id) {
        return where.sql(LINKS + "where l.compound_id = $1 and l.id = $2").bind(compound).bind(id).first(CourierStore::link);
    }

    static Optional<CourierLink> find(Statements where, Scope scope, UUID id) {
        return where.sql(LINKS + "where l.compound_id = any($1) and l.id = $2").bind(scope.wholeCompounds()).bind(id).first(CourierStore::link);
    }

    static boolean revoke(Tx tx, CourierLink link, OffsetDateTime now) {
        return tx.sql("update courier_link set revoked_at = $3 where compound_id = $1 and id = $2 and revoked_at is null")
                .bind(link.compoundId()).bind(link.id()).bind(now).update() == 1;
    }

    /** Counts one parcel more; false where the link is good no more, or had its share of this hour. */
    static boolean count(Tx tx, CourierLink link, int anHour, OffsetDateTime now) {
        return tx.sql("""
                update courier_link set registered = registered + 1, last_used_at = $3,
                    counted = case when counted_from <= $4 then 1 else counted + 1 end, counted_from = case when counted_from <= $4 then $3 else counted_from end
                where compound_id = $1 and id = $2 and revoked_at is null and expires_at > $3 and (counted_from <= $4 or counted < $5)""")
                .bind(link.compoundId()).bind(link.id()).bind(now).bind(now.minus(WINDOW)).bind(anHour).update() == 1;
    }

    private static CourierLink link(Row row) {
        return new CourierLink(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("gate_id"), row.getString("gate"), row.getString("label"),
                row.getString("token_key"), row.getOffsetDateTime("made_at"), row.getOffsetDateTime("expires_at"), row.getOffsetDateTime("revoked_at"),
                row.getInteger("registered"), row.getOffsetDateTime("last_used_at"));
    }
}
