package gatehouse.registry;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of control levels. */
final class ControlLevelStore {
    private ControlLevelStore() {
    }

    /** A building, or a unit of it, with its own level; null where that of what it lies in holds. */
    record Place(UUID compoundId, UUID buildingId, String building, @Nullable UUID unitId, @Nullable String unit, @Nullable ControlLevel level,
                 @Nullable String reason) {
        UUID id() {
            return unitId == null ? buildingId : unitId;
        }
    }

    private static final String PLACES = """
            select p.*, l.level, l.reason from (
                select b.compound_id, b.id as building_id, b.number as building, null::uuid as unit_id, null::text as unit from building b
                union all
                select u.compound_id, u.building_id, b.number, u.id, u.number
                from unit u join building b on b.compound_id = u.compound_id and b.id = u.building_id) p
            left join control_level l on l.compound_id = p.compound_id and l.place_id = coalesce(p.unit_id, p.building_id)
            """;

    static List<Place> places(Statements where, UUID compound) {
        return where.sql(PLACES + """
                where p.compound_id = $1
                order by length(p.building), p.building, p.unit is not null, length(p.unit), p.unit""")
                .bind(compound).list(ControlLevelStore::place);
    }

    /** The building or unit within the scope's whole compounds, its building held until the transaction ends. */
    static Optional<Place> lock(Tx tx, Scope scope, UUID placeId) {
        var place = tx.sql(PLACES + "where coalesce(p.unit_id, p.building_id) = $1 and p.compound_id = any($2)")
                .bind(placeId).bind(scope.wholeCompounds()).first(ControlLevelStore::place);
        place.ifPresent(found -> tx.sql("select 1 from building where compound_id = $1 and id = $2 for no key update")
                .bind(found.compoundId).bind(found.buildingId).exists());
        return place;
    }

    static void set(Tx tx, Place place, OffsetDateTime now, UUID account) {
        if (place.level == null) {
            tx.sql("delete from control_level where compound_id = $1 and place_id = $2").bind(place.compoundId).bind(place.id()).update();
        } else {
            tx.sql("""
                    insert into control_level (compound_id, place_id, building_id, unit_id, level, reason, set_at, set_by)
                    values ($1, $2, $3, $4, $5, $6, $7, $8)
                    on conflict (compound_id, place_id) do update
                    set level = excluded.level, reason = excluded.reason, set_at = excluded.set_at, set_by = excluded.set_by""")
                    .bind(place.compoundId).bind(place.id()).bind(place.buildingId).bind(place.unitId).bind(place.level.name())
                    .bind(place.reason).bind(now).bind(account).update();
        }
        tx.sql("""
                insert into control_level_change (compound_id, id, place_id, level, reason, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7)""")
                .bind(place.compoundId).bind(Ids.next()).bind(place.id()).bind(place.level == null ? "INHERITED" : place.level.name())
                .bind(place.reason).bind(now).bind(account).update();
    }

    private static Place place(Row row) {
        var level = row.getString("level");
        return new Place(row.getUUID("compound_id"), row.getUUID("building_id"), row.getString("building"), row.getUUID("unit_id"),
                row.getString("unit"), level == null ? null : ControlLevel.valueOf(level), row.getString("reason"));
    }
}
