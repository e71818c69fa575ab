package gatehouse.door;

import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who was named as volunteer, and for which buildings. */
final class DoorVolunteerStore {
    private static final String VOLUNTEERS = """
            select v.*, a.name, array(select b.number from door_volunteer_building w
                join building b on b.compound_id = w.compound_id and b.id = w.building_id
                where w.compound_id = v.compound_id and w.volunteer_id = v.id order by length(b.number), b.number) as buildings
            from door_volunteer v join account a on a.compound_id = v.compound_id and a.id = v.account_id
            """;

    private DoorVolunteerStore() {
    }

    /** Where an account serves on a day; {@code whole}: everywhere in its compound. */
    record Serving(boolean whole, List<UUID> buildings) {
        boolean nowhere() {
            return !whole && buildings.isEmpty();
        }
    }

    static Serving serving(Statements where, UUID compound, UUID account, LocalDate today) {
        var buildings = where.sql("""
                select w.building_id from door_volunteer v
                left join door_volunteer_building w on w.compound_id = v.compound_id and w.volunteer_id = v.id
                where v.compound_id = $1 and v.account_id = $2 and v.ended_at is null and v.from_date <= $3 and v.until_date >= $3""")
                .bind(compound).bind(account).bind(today).list(row -> Optional.ofNullable(row.getUUID("building_id")));
        return new Serving(buildings.contains(Optional.<UUID>empty()), buildings.stream().flatMap(Optional::stream).distinct().toList());
    }

    static void insert(Tx tx, DoorVolunteer volunteer, List<UUID> buildings, UUID byCompound, UUID by) {
        tx.sql("""
                insert into door_volunteer (compound_id, id, account_id, from_date, until_date, named_at, named_by_compound_id, named_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(volunteer.compoundId()).bind(volunteer.id()).bind(volunteer.accountId()).bind(volunteer.from()).bind(volunteer.until())
                .bind(volunteer.namedAt()).bind(byCompound).bind(by).update();
        tx.sql("insert into door_volunteer_building (compound_id, volunteer_id, building_id) select $1, $2, building from unnest($3::uuid[]) as b (building)")
                .bind(volunteer.compoundId()).bind(volunteer.id()).bind(buildings.toArray(UUID[]::new)).update();
    }

    static boolean end(Tx tx, DoorVolunteer volunteer, OffsetDateTime now) {
        return tx.sql("update door_volunteer set ended_at = $3 where compound_id = $1 and id = $2 and ended_at is null")
                .bind(volunteer.compoundId()).bind(volunteer.id()).bind(now).update() == 1;
    }

    static Optional<DoorVolunteer> find(Statements where, Scope scope, UUID id) {
        return where.sql(VOLUNTEERS + "where v.compound_id = any($1) and v.id = $2").bind(scope.wholeCompounds()).bind(id).first(DoorVolunteerStore::volunteer);
    }

    /** The newest first. */
    static List<DoorVolunteer> volunteers(Statements where, Scope scope, @Nullable LocalDate servingOn, Page.Request page, @Nullable UUID before) {
        return where.sql(VOLUNTEERS + """
                where v.compound_id = any($1) and ($2::date is null or (v.ended_at is null and v.until_date >= $2))
                  and ($3::uuid is null or v.id < $3) order by v.id desc limit $4""")
                .bind(scope.wholeCompounds()).bind(servingOn).bind(before).bind(page.rows()).list(DoorVolunteerStore::volunteer);
    }

    /** The name of an account of that compound that is not shut. */
    static Optional<String> accountName(Statements where, UUID compound, UUID account) {
        return where.sql("select name from account where compound_id = $1 and id = $2 and disabled_at is null").bind(compound).bind(account)
                .first(row -> row.getString("name"));
    }

    static boolean areBuildings(Statements where, UUID compound, List<UUID> buildings) {
        return where.sql("select count(*)::int as found from building where compound_id = $1 and id = any($2)").bind(compound)
                .bind(buildings.toArray(UUID[]::new)).only(row -> row.getInteger("found")) == buildings.size();
    }

    private static DoorVolunteer volunteer(Row row) {
        return new DoorVolunteer(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("account_id"), row.getString("name"),
                List.of(row.getArrayOfStrings("buildings")), row.getLocalDate("from_date"), row.getLocalDate("until_date"),
                row.getOffsetDateTime("named_at"), row.getOffsetDateTime("ended_at"));
    }
}
