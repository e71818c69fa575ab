package gatehouse.health;

import gatehouse.health.HealthStore.Sight;
import gatehouse.health.ObservationEntry.By;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.http.Caller;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of travel declarations. */
final class TravelStore {
    private static final String DECLARATIONS = """
            select d.*, r.name as resident_name, r.household_id, h.label as household, h.building_id, coalesce(a.name, '') as by_name
            from travel_declaration d
            join resident r on r.compound_id = d.compound_id and r.id = d.resident_id
            join household h on h.compound_id = r.compound_id and h.id = r.household_id
            left join account a on a.compound_id = d.declared_by_compound_id and a.id = d.declared_by
            where""";
    /** The newest of the person, with a test asked for and none on record that {@link TravelPolicy#proof} takes. */
    private static final String LACKS_PROOF = """
             d.proof_from is not null
              and not exists (select 1 from travel_declaration n where n.compound_id = d.compound_id and n.resident_id = d.resident_id
                  and (n.declared_at, n.id) > (d.declared_at, d.id))
              and not exists (select 1 from travel_test t where t.compound_id = d.compound_id and t.resident_id = d.resident_id
                  and t.result = 'NEGATIVE' and t.taken_on >= d.proof_from)
              and not exists (select 1 from observation o
                  join observation_event e on e.compound_id = o.compound_id and e.observation_id = o.id and e.event = 'TEST'
                  where o.compound_id = d.compound_id and o.resident_id = d.resident_id and e.result = 'NEGATIVE' and e.taken_on >= d.proof_from
                    and not exists (select 1 from observation_event w where w.compound_id = e.compound_id
                        and w.observation_id = e.observation_id and w.of_version = e.version))
            """;

    private TravelStore() {
    }

    /** A declaration to be kept; {@code observationId} is the one that it opened, prolonged or found. */
    record Declaration(UUID compoundId, UUID id, UUID residentId, List<TravelStay> stays, boolean contactWithCase, OffsetDateTime declaredAt,
                       @Nullable UUID observationId, @Nullable LocalDate proofFrom) {
    }

    /** A declaration with the names that a reader wants beside it. */
    record Named(Declaration declaration, String residentName, UUID householdId, String household, UUID buildingId, String byName) {
    }

    /** A test of somebody, whoever entered it. */
    record Tested(UUID residentId, Test test) {
    }

    static void add(Tx tx, Declaration declaration, Caller by) {
        tx.sql("""
                insert into travel_declaration (compound_id, id, resident_id, contact_with_case, declared_by_compound_id, declared_by,
                    declared_at, observation_id, proof_from)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""")
                .bind(declaration.compoundId).bind(declaration.id).bind(declaration.residentId).bind(declaration.contactWithCase)
                .bind(by.compoundId()).bind(by.accountId()).bind(declaration.declaredAt).bind(declaration.observationId)
                .bind(declaration.proofFrom).update();
        var stays = declaration.stays;
        tx.sql("""
                insert into travel_stay (compound_id, declaration_id, position, region_code, region_name, arrived_on, left_on, transport,
                    outside_listed)
                select $1, $2, * from unnest($3::smallint[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[], $9::boolean[])""")
                .bind(declaration.compoundId).bind(declaration.id)
                .bind(IntStream.range(0, stays.size()).mapToObj(each -> (short) each).toArray(Short[]::new))
                .bind(column(stays, TravelStay::regionCode, String[]::new)).bind(column(stays, TravelStay::regionName, String[]::new))
                .bind(column(stays, TravelStay::arrivedOn, LocalDate[]::new)).bind(column(stays, TravelStay::leftOn, LocalDate[]::new))
                .bind(column(stays, TravelStay::transport, String[]::new)).bind(column(stays, TravelStay::outsideListed, Boolean[]::new)).update();
    }

    static void addTest(Tx tx, Declaration of, Test test, By by, OffsetDateTime now) {
        tx.sql("""
                insert into travel_test (compound_id, id, declaration_id, resident_id, taken_on, result, entered_by_compound_id, entered_by, entered_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""")
                .bind(of.compoundId).bind(Ids.next()).bind(of.id).bind(of.residentId).bind(test.takenOn()).bind(test.result().name())
                .bind(by.homeCompoundId()).bind(by.accountId()).bind(now).update();
    }

    /** Remembers which observation followed from what was told of a declaration later. */
    static void link(Tx tx, Declaration declaration, UUID observationId) {
        tx.sql("update travel_declaration set observation_id = $3 where compound_id = $1 and id = $2")
                .bind(declaration.compoundId).bind(declaration.id).bind(observationId).update();
    }

    /** Newest first; of one person, of those whose test is missing, or of everybody in the scope. */
    static List<Named> list(Statements database, Sight sight, @Nullable UUID residentId, boolean lackingProof, Page.Request page,
                            @Nullable TimePlace after) {
        var rows = database.sql(DECLARATIONS + HealthStore.sees("$10") + """
                  and ($5::uuid is null or d.resident_id = $5) and (not $6 or""" + LACKS_PROOF + """
                  ) and ($7::timestamptz is null or (d.declared_at, d.id) < ($7, $8::uuid))
                order by d.declared_at desc, d.id desc
                limit $9""")
                .within(sight.bound()).bind(residentId).bind(lackingProof).bind(after == null ? null : after.at())
                .bind(after == null ? null : after.id()).bind(page.rows()).bind(sight.served()).list(TravelStore::named);
        return withStays(database, rows);
    }

    static Optional<Named> find(Statements database, Scope scope, UUID id) {
        return withStays(database, database.sql(DECLARATIONS + Scope.SEES_RESIDENT + " and d.id = $5").within(scope).bind(id).list(TravelStore::named)).stream().findFirst();
    }

    /** Whether somebody who is seen has that id; staff still read of those who moved out. */
    static boolean isResident(Statements database, Sight sight, UUID residentId) {
        return database.sql("""
                select 1 from resident r join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where""" + HealthStore.sees("$6") + " and r.id = $5").within(sight.bound()).bind(residentId).bind(sight.served()).exists();
    }

    /** The newest declaration of each of these people. */
    static List<Named> newest(Statements database, Scope scope, Collection<UUID> residents) {
        return database.sql("select distinct on (resident_id) * from (" + DECLARATIONS + Scope.SEES_RESIDENT + """
                 and d.resident_id = any($5)) d
                order by resident_id, declared_at desc, id desc""")
                .within(scope).bind(residents.toArray(UUID[]::new)).list(TravelStore::named);
    }

    /** Every test of these people that is on record and was not withdrawn, told by themselves or entered by staff; oldest first. */
    static List<Tested> tests(Statements database, Scope scope, Collection<UUID> residents) {
        return database.sql("""
                select resident_id, taken_on, result from travel_test where compound_id = any($1) and resident_id = any($2)
                union all
                select o.resident_id, e.taken_on, e.result from observation o
                join observation_event e on e.compound_id = o.compound_id and e.observation_id = o.id and e.event = 'TEST'
                where o.compound_id = any($1) and o.resident_id = any($2)
                  and not exists (select 1 from observation_event w where w.compound_id = e.compound_id
                      and w.observation_id = e.observation_id and w.of_version = e.version)
                order by taken_on""")
                .bind(scope.compounds()).bind(residents.toArray(UUID[]::new))
                .list(row -> new Tested(row.getUUID("resident_id"), new Test(row.getLocalDate("taken_on"), TestResult.valueOf(row.getString("result")))));
    }

    /** A test that a home told of, and when. */
    record ToldTest(UUID residentId, Test test, OffsetDateTime at) {
    }

    /** What homes told of these people's tests, oldest first. */
    static List<ToldTest> toldTests(Statements database, Scope scope, Collection<UUID> residents) {
        return database.sql("""
                select resident_id, taken_on, result, entered_at from travel_test
                where compound_id = any($1) and resident_id = any($2) order by taken_on""")
                .bind(scope.compounds()).bind(residents.toArray(UUID[]::new))
                .list(row -> new ToldTest(row.getUUID("resident_id"), new Test(row.getLocalDate("taken_on"), TestResult.valueOf(row.getString("result"))),
                        row.getOffsetDateTime("entered_at")));
    }

    private static List<Named> withStays(Statements database, List<Named> rows) {
        record Placed(UUID declarationId, TravelStay stay) {
        }
        var stays = database.sql("""
                select declaration_id, region_code, region_name, arrived_on, left_on, transport, outside_listed from travel_stay
                where compound_id = any($1) and declaration_id = any($2) order by declaration_id, position""")
                .bind(column(rows, each -> each.declaration.compoundId, UUID[]::new)).bind(column(rows, each -> each.declaration.id, UUID[]::new))
                .list(row -> new Placed(row.getUUID("declaration_id"), new TravelStay(row.getString("region_code"), row.getString("region_name"),
                        row.getLocalDate("arrived_on"), row.getLocalDate("left_on"), row.getString("transport"),
                        row.getBoolean("outside_listed"))))
                .stream().collect(Collectors.groupingBy(Placed::declarationId, Collectors.mapping(Placed::stay, Collectors.toList())));
        return rows.stream().map(each -> with(each, stays)).toList();
    }

    private static Named with(Named row, Map<UUID, List<TravelStay>> stays) {
        var bare = row.declaration;
        return new Named(new Declaration(bare.compoundId, bare.id, bare.residentId, stays.getOrDefault(bare.id, List.of()), bare.contactWithCase,
                bare.declaredAt, bare.observationId, bare.proofFrom), row.residentName, row.householdId, row.household, row.buildingId, row.byName);
    }

    private static Named named(Row row) {
        var declaration = new Declaration(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("resident_id"), List.of(),
                row.getBoolean("contact_with_case"), row.getOffsetDateTime("declared_at"), row.getUUID("observation_id"), row.getLocalDate("proof_from"));
        return new Named(declaration, row.getString("resident_name"), row.getUUID("household_id"), row.getString("household"),
                row.getUUID("building_id"), row.getString("by_name"));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
