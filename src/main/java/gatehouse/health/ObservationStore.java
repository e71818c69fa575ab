package gatehouse.health;

import gatehouse.health.ObservationEntry.By;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of home observation. */
final class ObservationStore {
    private static final String OBSERVATIONS = """
            select o.compound_id, c.name as compound, o.id, o.resident_id, r.name as resident_name, o.household_id, h.label as household,
                o.building_id, b.number as building, r.phone_masked, o.cause, o.reason, o.state, o.starts_on, o.days, o.opened_at,
                o.ended_at, o.version
            from observation o
            join household h on h.compound_id = o.compound_id and h.id = o.household_id
            join building b on b.compound_id = o.compound_id and b.id = o.building_id
            join resident r on r.compound_id = o.compound_id and r.id = o.resident_id
            join compound c on c.id = o.compound_id
            where""" + Scope.SEES_RESIDENT;

    private ObservationStore() {
    }

    /** Somebody who may have to stay at home. */
    record Person(UUID compoundId, String compound, UUID residentId, String name, UUID householdId, String household, UUID buildingId,
                  String building, @Nullable String phoneMasked, @Nullable LocalDate bornOn) {
    }

    /** An entry with the name of who made it. */
    record NamedEntry(ObservationEntry entry, String byName) {
    }

    static boolean isAnybodyAtHome(Statements where, UUID compoundId, UUID householdId) {
        return where.sql("select 1 from observation where compound_id = $1 and household_id = $2 and state = 'OPEN' limit 1")
                .bind(compoundId).bind(householdId).exists();
    }

    /**
     * These residents within the scope, with {@code wholeHomes} everybody who shares their homes; locked, so that of two who want to
     * open their observations the second sees what the first did.
     */
    static List<Person> lockPeople(Tx tx, Scope scope, Collection<UUID> residents, boolean wholeHomes) {
        return tx.sql("""
                select r.compound_id, c.name as compound, r.id, r.name, r.household_id, h.label, r.building_id, b.number, r.phone_masked, r.born_on
                from resident r
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                join building b on b.compound_id = r.compound_id and b.id = r.building_id
                join compound c on c.id = r.compound_id
                where""" + Scope.SEES_HOUSEHOLD + """
                  and r.moved_out_at is null
                  and (r.id = any($5) or ($6 and exists (select 1 from resident n where n.compound_id = r.compound_id
                       and n.household_id = r.household_id and n.id = any($5) and n.moved_out_at is null)))
                order by r.compound_id, r.id
                for no key update of r""")
                .within(scope).bind(residents.toArray(UUID[]::new)).bind(wholeHomes)
                .list(row -> new Person(row.getUUID("compound_id"), row.getString("compound"), row.getUUID("id"), row.getString("name"),
                        row.getUUID("household_id"), row.getString("label"), row.getUUID("building_id"), row.getString("number"),
                        row.getString("phone_masked"), row.getLocalDate("born_on")));
    }

    /** Opens observations; answers the number that went in, fewer where one of these people has an open one. */
    static int open(Tx tx, List<Observation> opening) {
        return tx.sql("""
                insert into observation (compound_id, id, resident_id, household_id, building_id, cause, reason, state, starts_on, days, opened_at)
                select compound_id, id, resident_id, household_id, building_id, cause, reason, 'OPEN', starts_on, days, opened_at
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[], $9::smallint[],
                    $10::timestamptz[]) as o (compound_id, id, resident_id, household_id, building_id, cause, reason, starts_on, days, opened_at)
                order by compound_id, resident_id
                on conflict do nothing""")
                .bind(column(opening, Observation::compoundId, UUID[]::new)).bind(column(opening, Observation::id, UUID[]::new))
                .bind(column(opening, Observation::residentId, UUID[]::new)).bind(column(opening, Observation::householdId, UUID[]::new))
                .bind(column(opening, Observation::buildingId, UUID[]::new)).bind(column(opening, each -> each.cause().name(), String[]::new))
                .bind(column(opening, Observation::reason, String[]::new)).bind(column(opening, Observation::startsOn, LocalDate[]::new))
                .bind(column(opening, each -> (short) each.days(), Short[]::new)).bind(column(opening, Observation::openedAt, OffsetDateTime[]::new))
                .update();
    }

    static Optional<Observation> find(Statements database, Scope scope, UUID id) {
        return database.sql(OBSERVATIONS + " and o.id = $5").within(scope).bind(id).first(ObservationStore::observation);
    }

    static Optional<Observation> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(OBSERVATIONS + " and o.id = $5 for no key update of o").within(scope).bind(id).first(ObservationStore::observation);
    }

    /** The open observations of these people, and of those that are over the newest of each. */
    static List<Observation> latest(Tx tx, Scope scope, Collection<UUID> residents) {
        return tx.sql("select distinct on (resident_id) * from (" + OBSERVATIONS + """
                 and o.resident_id = any($5)) o
                order by resident_id, (state = 'OPEN') desc, starts_on + days desc, opened_at desc""")
                .within(scope).bind(residents.toArray(UUID[]::new)).list(ObservationStore::observation);
    }

    /** Moves an observation on to {@code after}; false where it no longer stands as it did. */
    static boolean move(Tx tx, Observation before, Observation after) {
        return tx.sql("""
                update observation set state = $5, days = $6, cause = $7, ended_at = $8, version = $9
                where compound_id = $1 and id = $2 and state = $3 and version = $4""")
                .bind(before.compoundId()).bind(before.id()).bind(before.state().name()).bind(before.version())
                .bind(after.state().name()).bind((short) after.days()).bind(after.cause().name()).bind(after.endedAt()).bind(after.version())
                .update() == 1;
    }

    static void append(Tx tx, List<ObservationEntry> entries) {
        tx.sql("""
                insert into observation_event (compound_id, observation_id, version, event, note, taken_on, result, days, of_version, event_at,
                    by_compound_id, by_account_id)
                select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::date[], $7::text[], $8::smallint[],
                    $9::integer[], $10::timestamptz[], $11::uuid[], $12::uuid[])""")
                .bind(column(entries, ObservationEntry::compoundId, UUID[]::new)).bind(column(entries, ObservationEntry::observationId, UUID[]::new))
                .bind(column(entries, ObservationEntry::version, Integer[]::new)).bind(column(entries, each -> each.event().name(), String[]::new))
                .bind(column(entries, ObservationEntry::note, String[]::new))
                .bind(column(entries, each -> each.test() == null ? null : each.test().takenOn(), LocalDate[]::new))
                .bind(column(entries, each -> each.test() == null ? null : each.test().result().name(), String[]::new))
                .bind(column(entries, each -> each.days() == null ? null : each.days().shortValue(), Short[]::new))
                .bind(column(entries, ObservationEntry::of, Integer[]::new)).bind(column(entries, ObservationEntry::at, OffsetDateTime[]::new))
                .bind(column(entries, each -> each.by().homeCompoundId(), UUID[]::new)).bind(column(entries, each -> each.by().accountId(), UUID[]::new))
                .update();
    }

    /** Newest first. */
    static List<Observation> list(Statements database, Scope scope, @Nullable ObservationState state, Page.Request page, @Nullable TimePlace after) {
        return database.sql(OBSERVATIONS + """
                  and ($5::text is null or o.state = $5) and ($6::timestamptz is null or (o.opened_at, o.id) < ($6, $7::uuid))
                order by o.opened_at desc, o.id desc
                limit $8""")
                .within(scope).bind(state == null ? null : state.name()).bind(after == null ? null : after.at())
                .bind(after == null ? null : after.id()).bind(page.rows()).list(ObservationStore::observation);
    }

    /** An observation with the grid of its building, where that has one. */
    record Placed(Observation observation, Optional<UUID> gridId, boolean isReadable) {
    }

    /** Every open observation of a compound, with the grid of the building and whether somebody of the home can read a message. */
    static List<Placed> openIn(Tx tx, UUID compoundId) {
        return tx.sql("""
                select o.*, g.grid_id, exists (select 1 from resident m where m.compound_id = o.compound_id and m.household_id = o.household_id
                        and m.account_id is not null and m.moved_out_at is null) as is_readable
                from (""" + OBSERVATIONS + """
                 and o.state = 'OPEN') o
                join building g on g.compound_id = o.compound_id and g.id = o.building_id
                order by o.household_id, o.id""")
                .within(Scope.ofCompounds(Set.of(compoundId)))
                .list(row -> new Placed(observation(row), Optional.ofNullable(row.getUUID("grid_id")), row.getBoolean("is_readable")));
    }

    /** What happened during these observations, in the order it was entered. */
    static List<NamedEntry> entries(Statements database, List<Observation> observations) {
        return database.sql("""
                select e.*, coalesce(a.name, '') as by_name from observation_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id
                where e.compound_id = any($1) and e.observation_id = any($2)
                order by e.observation_id, e.version""")
                .bind(column(observations, Observation::compoundId, UUID[]::new)).bind(column(observations, Observation::id, UUID[]::new))
                .list(row -> new NamedEntry(entry(row), row.getString("by_name")));
    }

    /** Those of the residents who are under observation. */
    static Set<UUID> observed(Statements database, UUID compoundId, Collection<UUID> residents) {
        return new HashSet<>(database.sql("""
                select resident_id from observation where compound_id = $1 and resident_id = any($2) and state = 'OPEN'""")
                .bind(compoundId).bind(residents.toArray(UUID[]::new)).list(row -> row.getUUID("resident_id")));
    }

    /** Which rounds of a day these people have reported. */
    static Map<UUID, Set<Round>> reported(Statements database, Scope scope, Collection<UUID> residents, LocalDate date) {
        record Reported(UUID residentId, Round round) {
        }
        return database.sql("""
                select resident_id, round from health_report where compound_id = any($1) and resident_id = any($2) and report_date = $3""")
                .bind(scope.compounds()).bind(residents.toArray(UUID[]::new)).bind(date)
                .list(row -> new Reported(row.getUUID("resident_id"), Round.numbered(row.getInteger("round")))).stream()
                .collect(Collectors.groupingBy(Reported::residentId, Collectors.mapping(Reported::round, Collectors.toSet())));
    }

    private static ObservationEntry entry(Row row) {
        var takenOn = row.getLocalDate("taken_on");
        return new ObservationEntry(row.getUUID("compound_id"), row.getUUID("observation_id"), row.getInteger("version"),
                ObservationEvent.valueOf(row.getString("event")), row.getString("note"),
                takenOn == null ? null : new Test(takenOn, TestResult.valueOf(row.getString("result"))), row.getInteger("days"),
                row.getInteger("of_version"), row.getOffsetDateTime("event_at"), new By(row.getUUID("by_compound_id"), row.getUUID("by_account_id")));
    }

    private static Observation observation(Row row) {
        return new Observation(row.getUUID("compound_id"), row.getString("compound"), row.getUUID("id"), row.getUUID("resident_id"),
                row.getString("resident_name"), row.getUUID("household_id"), row.getString("household"), row.getUUID("building_id"),
                row.getString("building"), row.getString("phone_masked"), ObservationCause.valueOf(row.getString("cause")),
                row.getString("reason"), ObservationState.valueOf(row.getString("state")), row.getLocalDate("starts_on"),
                row.getInteger("days"), row.getOffsetDateTime("opened_at"), row.getOffsetDateTime("ended_at"), row.getInteger("version"));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
