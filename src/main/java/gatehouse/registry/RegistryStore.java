package gatehouse.registry;

import gatehouse.kernel.Database;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.HouseholdMoves.Move;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading the registry: buildings, households and their members. */
final class RegistryStore {

    /** As people count: 2 before 10, 1402 before 1402A, letters after numbers. */
    static final String COUNTED = "coalesce(lpad(substring(%1$s from '^[0-9]+'), 12, '0'), '~') || %1$s";
    /** A key of the order that survives inserts. */
    private static final String PLACE = "(c.name || '/' || %s || '/' || %s || '/' || %s || '/' || h.id) collate \"C\"".formatted(
            COUNTED.formatted("b.number"), COUNTED.formatted("u.number"), COUNTED.formatted("h.room"));
    private static final String HOUSEHOLD = """
            select h.id, h.compound_id, c.name as compound, b.number as building, u.number as unit, h.room,
                   %s as place
            from household h
            join compound c on c.id = h.compound_id
            join building b on b.compound_id = h.compound_id and b.id = h.building_id
            join unit u on u.compound_id = h.compound_id and u.id = h.unit_id
            where %s""".formatted(PLACE, Scope.SEES_HOUSEHOLD);

    private RegistryStore() {}

    /** A place of a list, by id and name. */
    record Named(UUID id, String name) {}

    /** @param place its key in the order of lists */
    record Building(UUID id, String number, Named compound, Optional<Named> grid, int households, int residents, String place) {}

    /**
     * What somebody types to find a household; what is absent does not limit.
     *
     * @param text part of a label or name
     * @param phoneTail the last four digits of a phone
     * @param phoneHashes of one phone, by any key; none where the text is none
     */
    record Search(Optional<String> building, Optional<String> unit, Optional<String> text, Optional<String> phoneTail,
                  List<byte[]> phoneHashes, List<byte[]> idNumberHashes) {}

    static List<Household> households(Database database, Scope scope, Search search, @Nullable String after, int limit) {
        var households = database.sql(HOUSEHOLD + """
                 and ($5::text is null or b.number = $5) and ($6::text is null or u.number = $6)
                 and ($7::text is null or position(upper($7) in h.label) > 0 or exists (
                    select from resident r
                    where r.compound_id = h.compound_id and r.household_id = h.id and r.moved_out_at is null
                      and (position($7 in r.name) > 0 or r.phone_hash = any($9) or r.id_number_hash = any($10)
                           or right(r.phone_masked, 4) = $8)))
                 and ($11::text is null or %s > $11)
                order by place limit $12""".formatted(PLACE))
                .within(scope).bind(search.building.orElse(null)).bind(search.unit.orElse(null))
                .bind(search.text.orElse(null)).bind(search.phoneTail.orElse(null))
                .bind(buffers(search.phoneHashes)).bind(buffers(search.idNumberHashes))
                .bind(after).bind(limit)
                .list(RegistryStore::household);
        return withMembers(database, scope, households);
    }

    private static Buffer[] buffers(List<byte[]> hashes) {
        return hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new);
    }

    /** Somebody of a household, as they are about to leave. */
    record Leaving(UUID compoundId, UUID householdId, boolean alreadyLeft, boolean underCare) {
    }

    /** Locked. {@code underCare}: an alert about them is not closed, or an observation not over. */
    static Optional<Leaving> lockLeaving(Tx tx, Scope scope, UUID resident) {
        return tx.sql("""
                select r.compound_id, r.household_id, r.moved_out_at is not null as already_left,
                    exists (select 1 from health_alert a where a.compound_id = r.compound_id and a.resident_id = r.id and a.state <> 'CLOSED')
                    or exists (select 1 from observation o where o.compound_id = r.compound_id and o.resident_id = r.id and o.state = 'OPEN') as under_care
                from resident r where r.compound_id = any($1) and r.id = $2 for update""")
                .bind(scope.wholeCompounds()).bind(resident)
                .first(row -> new Leaving(row.getUUID("compound_id"), row.getUUID("household_id"), row.getBoolean("already_left"),
                        row.getBoolean("under_care")));
    }

    static void moveOut(Tx tx, UUID compound, UUID resident, OffsetDateTime now) {
        tx.sql("update resident set moved_out_at = $3, updated_at = $3 where compound_id = $1 and id = $2").bind(compound).bind(resident).bind(now).update();
    }

    /**
     * What the homes that these leave had until now is not for those who come after them: from then on it is theirs who stay and came later, or nobody's.
     * Where somebody stays who was registered as early as who leaves, they lived together, and nothing changes.
     */
    static void leaveHomes(Tx tx, UUID compound, List<Move> moves, OffsetDateTime now) {
        tx.sql("""
                update household h set inhabited_since = greatest(h.inhabited_since, coalesce((select min(r.created_at) from resident r
                    where r.compound_id = $1 and r.household_id = h.id and r.moved_out_at is null), $4))
                from (select v.household_id, max(r.created_at) as created_at from unnest($2::uuid[], $3::uuid[]) v (household_id, resident_id)
                      join resident r on r.compound_id = $1 and r.id = v.resident_id group by v.household_id) gone
                where h.compound_id = $1 and h.id = gone.household_id and not exists (select 1 from resident r
                    where r.compound_id = $1 and r.household_id = h.id and r.moved_out_at is null and r.created_at <= gone.created_at)""")
                .bind(compound).bind(moves.stream().map(Move::from).toArray(UUID[]::new)).bind(moves.stream().map(Move::residentId).toArray(UUID[]::new)).bind(now).update();
    }

    static Optional<Household> household(Database database, Scope scope, UUID id) {
        var found = database.sql(HOUSEHOLD + " and h.id = $5").within(scope).bind(id).list(RegistryStore::household);
        return withMembers(database, scope, found).stream().findFirst();
    }

    private static Household household(Row row) {
        return new Household(row.getUUID("id"), row.getUUID("compound_id"), row.getString("compound"),
                new HouseholdLabel(row.getString("building"), row.getString("unit"), row.getString("room")), row.getString("place"), List.of());
    }

    private static List<Household> withMembers(Database database, Scope scope, List<Household> households) {
        if (households.isEmpty()) {
            return households;
        }
        Map<UUID, List<Household.Member>> members = new HashMap<>();
        String[] eldestFirst = Arrays.stream(Relation.values()).map(Enum::name).toArray(String[]::new);
        database.sql("""
                select r.household_id, r.id, r.name, r.relation, r.born_on, r.account_id is not null as has_account,
                       r.phone_masked, r.id_number_masked
                from household h join resident r on r.compound_id = h.compound_id and r.household_id = h.id
                where %s and h.id = any($5) and r.moved_out_at is null
                order by array_position($6::text[], r.relation), r.born_on nulls last, r.name, r.id""".formatted(Scope.SEES_HOUSEHOLD))
                .within(scope).bind(households.stream().map(Household::id).toArray(UUID[]::new)).bind(eldestFirst)
                .list(row -> members.computeIfAbsent(row.getUUID("household_id"), id -> new ArrayList<>()).add(member(row)));
        return households.stream().map(each -> each.with(members.getOrDefault(each.id(), List.of()))).toList();
    }

    private static Household.Member member(Row row) {
        return new Household.Member(row.getUUID("id"), row.getString("name"), Relation.valueOf(row.getString("relation")),
                Optional.ofNullable(row.getLocalDate("born_on")), row.getBoolean("has_account"),
                Optional.ofNullable(row.getString("phone_masked")), Optional.ofNullable(row.getString("id_number_masked")));
    }

    /** As compounds are named and buildings are counted; {@code compound} narrows to one. */
    static List<Building> buildings(Database database, Scope scope, @Nullable UUID compound, @Nullable String after, int limit) {
        return database.sql("""
                select b.id, b.number, c.id as compound_id, c.name as compound, g.id as grid_id, g.name as grid, %1$s as place,
                       (select count(*)::int from household h where h.compound_id = b.compound_id and h.building_id = b.id) as households,
                       (select count(*)::int from resident r
                        where r.compound_id = b.compound_id and r.building_id = b.id and r.moved_out_at is null) as residents
                from building b
                join compound c on c.id = b.compound_id
                left join grid g on g.compound_id = b.compound_id and g.id = b.grid_id
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                  and ($4::uuid is null or b.compound_id = $4) and ($5::text is null or %1$s > $5)
                order by place limit $6
                """.formatted("(c.name || '/' || c.id || '/' || %s) collate \"C\"".formatted(COUNTED.formatted("b.number"))))
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(compound).bind(after).bind(limit)
                .list(row -> new Building(row.getUUID("id"), row.getString("number"),
                        new Named(row.getUUID("compound_id"), row.getString("compound")),
                        Optional.ofNullable(row.getUUID("grid_id")).map(id -> new Named(id, row.getString("grid"))),
                        row.getInteger("households"), row.getInteger("residents"), row.getString("place")));
    }
}
