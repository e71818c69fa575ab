package gatehouse.health;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The table of the risk list. */
final class RiskRegionStore {
    private RiskRegionStore() {
    }

    /** What is on a compound's list now, also what was listed for days that have passed. */
    static List<RiskRegion> current(Statements database, Scope scope, UUID compoundId) {
        return database.sql("""
                select region_code, region_name, level, listed_from, listed_to from risk_region
                where compound_id = $1 and compound_id = any($2) and removed_at is null
                order by region_code, listed_from, level, region_name, id""")
                .bind(compoundId).bind(scope.compounds()).list(RiskRegionStore::region);
    }

    /** The same for another feature's rules. */
    static List<RiskRegion> listed(Statements where, UUID compoundId) {
        return current(where, Scope.ofCompounds(List.of(compoundId)), compoundId);
    }

    /** Lets one change of a compound's list wait for the other; false where there is no such compound. */
    static boolean lockList(Tx tx, UUID compoundId) {
        return tx.sql("select 1 from compound where id = $1 for no key update").bind(compoundId).exists();
    }

    static void take(Tx tx, UUID compoundId, List<RiskRegion> off, OffsetDateTime at, UUID by) {
        tx.sql("""
                update risk_region r set removed_at = $7, removed_by = $8
                from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::date[]) as o (code, name, level, listed_from, listed_to)
                where r.compound_id = $1 and r.removed_at is null and r.region_code = o.code and r.region_name = o.name and r.level = o.level
                  and r.listed_from = o.listed_from and r.listed_to is not distinct from o.listed_to""")
                .bind(compoundId).bind(off.stream().map(RiskRegion::code).toArray(String[]::new))
                .bind(off.stream().map(RiskRegion::name).toArray(String[]::new)).bind(off.stream().map(each -> each.level().name()).toArray(String[]::new))
                .bind(off.stream().map(RiskRegion::from).toArray(LocalDate[]::new)).bind(off.stream().map(RiskRegion::to).toArray(LocalDate[]::new))
                .bind(at).bind(by).update();
    }

    static void put(Tx tx, UUID compoundId, List<RiskRegion> on, OffsetDateTime at, UUID by) {
        tx.sql("""
                insert into risk_region (compound_id, id, region_code, region_name, level, listed_from, listed_to, added_at, added_by)
                select $1, id, code, name, level, listed_from, listed_to, $8, $9
                from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[])
                    as n (id, code, name, level, listed_from, listed_to)""")
                .bind(compoundId).bind(on.stream().map(each -> Ids.next()).toArray(UUID[]::new))
                .bind(on.stream().map(RiskRegion::code).toArray(String[]::new)).bind(on.stream().map(RiskRegion::name).toArray(String[]::new))
                .bind(on.stream().map(each -> each.level().name()).toArray(String[]::new))
                .bind(on.stream().map(RiskRegion::from).toArray(LocalDate[]::new)).bind(on.stream().map(RiskRegion::to).toArray(LocalDate[]::new))
                .bind(at).bind(by).update();
    }

    private static RiskRegion region(Row row) {
        return new RiskRegion(row.getString("region_code"), row.getString("region_name"), RiskLevel.valueOf(row.getString("level")),
                row.getLocalDate("listed_from"), row.getLocalDate("listed_to"));
    }
}
