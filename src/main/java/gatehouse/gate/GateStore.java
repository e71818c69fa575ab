package gatehouse.gate;

import gatehouse.gate.GatePolicy.Effect;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import gatehouse.outing.PassConditions;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The table of scans. A list of scans is one statement, see {@link ScanStore}; where passes are not as they were foreseen, one to read and
 * one to write. For that they read passes, reports, alerts and observations beside each other, and write the states {@code OUT} and
 * {@code RETURNED} of passes, which are the gate's.
 */
final class GateStore {
    private GateStore() {
    }

    /** What a list of scans asks for: one entry each. */
    record Asked(UUID compoundId, UUID nonce, long passNumber, LocalDate day) {
    }

    /** What there is to an entry: the scan that bore this nonce before, or the pass that the code names, or neither. */
    record Found(int place, @Nullable GateScan earlier, @Nullable String earlierHousehold, @Nullable String earlierColour,
                 @Nullable FoundPass pass) {
        static Found of(Row row) {
            boolean known = row.getUUID("nonce") != null;
            return new Found(row.getLong("place").intValue() - 1, known ? GateStore.earlier(row) : null, row.getString("earlier_household"),
                    row.getString("earlier_colour"), row.getUUID("id") == null ? null : GateStore.pass(row));
        }
    }

    /** A pass with what its conditions are judged by. */
    record FoundPass(UUID passId, UUID residentId, UUID householdId, UUID buildingId, String household, String colour, String state,
                     OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil, int cardSerial, int version,
                     PassConditions conditions, @Nullable OffsetDateTime lastIn, @Nullable UUID slotGateId) {
    }

    /** A scan to be kept, with what it does to its pass, which must not have changed since it was read. */
    record Keeping(GateScan scan, Effect effect, @Nullable Integer version, @Nullable String fromState) {
        @Nullable String toState() {
            return switch (effect) {
                case NONE -> null;
                case LEAVES -> "OUT";
                case RETURNS, LEFT_AND_IS_BACK -> "RETURNED";
            };
        }

        @Nullable String event() {
            return switch (effect) {
                case NONE -> null;
                case LEAVES, LEFT_AND_IS_BACK -> "LEAVE";
                case RETURNS -> "RETURN";
            };
        }
    }

    /** What passes' conditions are read by; for a row {@code p} of outing_pass and a day {@code w.day}. */
    static final String CONDITIONS = """
            exists (select 1 from health_report r where r.compound_id = p.compound_id and r.resident_id = p.resident_id
                    and r.report_date = w.day and r.round = 1) as morning,
            exists (select 1 from health_report r where r.compound_id = p.compound_id and r.resident_id = p.resident_id
                    and r.report_date = w.day and r.round = 2) as afternoon,
            exists (select 1 from health_alert a where a.compound_id = p.compound_id and a.resident_id = p.resident_id
                    and a.state <> 'CLOSED') as alert_open,
            exists (select 1 from observation o where o.compound_id = p.compound_id and o.resident_id = p.resident_id
                    and o.state = 'OPEN') as observed,
            exists (select 1 from control_level l where l.compound_id = p.compound_id and l.place_id in (h.building_id, h.unit_id)
                    and l.level = 'SEALED') as place_sealed""";

    /** The columns of what is found, before {@link #CONDITIONS}. */
    static final String FOUND = """
            w.place, p.id, p.resident_id, p.household_id, p.building_id, h.label, p.colour, p.kind,
            case when p.state in ('EXPIRED', 'CANCELLED') and p.decided_at is null then 'PENDING' else p.state end as state, p.valid_from, p.leave_by,
            p.valid_until, p.card_serial, p.version, p.gate_id as slot_gate_id,
            (select max(m.scanned_at) from gate_scan m where m.compound_id = p.compound_id and m.pass_id = p.id and m.moved
             and m.direction = 'IN') as last_in,
            s.gate_id, s.direction, s.scanned_at, s.received_at, s.offline, s.pass_id as earlier_pass_id, s.resident_id as earlier_resident_id,
            s.household_id as earlier_household_id, s.building_id as earlier_building_id, s.temperature_tenths, s.mask, s.allowed,
            s.reason, s.moved, s.conflict, s.by_compound_id, s.by_account_id, s.compound_id as earlier_compound_id, s.nonce,
            eh.label as earlier_household, ep.colour as earlier_colour,
            """;

    /** Where it is found; for a row {@code w} with a compound, a nonce and the number of a pass. */
    static final String WHERE_FOUND = """

            left join gate_scan s on s.compound_id = w.compound_id and s.nonce = w.nonce
            left join outing_pass ep on ep.compound_id = s.compound_id and ep.id = s.pass_id
            left join household eh on eh.compound_id = s.compound_id and eh.id = s.household_id
            left join outing_pass p on p.compound_id = w.compound_id and p.code_number = w.number and s.nonce is null
            left join household h on h.compound_id = p.compound_id and h.id = p.household_id""";

    static List<Found> find(Statements where, List<Asked> asked) {
        return where.sql("select " + FOUND + CONDITIONS + """

                from unnest((select $1::uuid[]), $2::uuid[], $3::bigint[], $4::date[]) with ordinality as w (compound_id, nonce, number, day, place)
                """ + WHERE_FOUND)
                .bind(column(asked, Asked::compoundId, UUID[]::new)).bind(column(asked, Asked::nonce, UUID[]::new))
                .bind(column(asked, Asked::passNumber, Long[]::new)).bind(column(asked, Asked::day, LocalDate[]::new))
                .list(Found::of);
    }

    private static GateScan earlier(Row row) {
        return new GateScan(row.getUUID("earlier_compound_id"), row.getUUID("nonce"), row.getUUID("gate_id"),
                Direction.valueOf(row.getString("direction")), row.getOffsetDateTime("scanned_at"), row.getOffsetDateTime("received_at"),
                row.getBoolean("offline"), row.getUUID("earlier_pass_id"), row.getUUID("earlier_resident_id"), row.getUUID("earlier_household_id"),
                row.getUUID("earlier_building_id"), tenths(row), row.getBoolean("mask"), row.getBoolean("allowed"), reason(row.getString("reason")),
                row.getBoolean("moved"), row.getString("conflict") == null ? null : reason(row.getString("conflict")), row.getUUID("by_compound_id"),
                row.getUUID("by_account_id"));
    }

    private static FoundPass pass(Row row) {
        return new FoundPass(row.getUUID("id"), row.getUUID("resident_id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getString("label"), row.getString("colour"), row.getString("state"), row.getOffsetDateTime("valid_from"),
                row.getOffsetDateTime("leave_by"), row.getOffsetDateTime("valid_until"), row.getInteger("card_serial"), row.getInteger("version"),
                conditions(row), row.getOffsetDateTime("last_in"), row.getUUID("slot_gate_id"));
    }

    static PassConditions conditions(Row row) {
        return new PassConditions(row.getString("kind"), row.getBoolean("morning"), row.getBoolean("afternoon"), row.getBoolean("alert_open"),
                row.getBoolean("observed"), row.getBoolean("place_sealed"));
    }

    private static @Nullable Integer tenths(Row row) {
        var tenths = row.getShort("temperature_tenths");
        return tenths == null ? null : tenths.intValue();
    }

    private static GateReason reason(String slug) {
        return GateReason.ofSlug(slug).orElseThrow();
    }

    /**
     * Keeps scans and moves their passes, each pass only where it is as it was read; answers how many were kept. Fewer than were given: somebody else
     * was faster, and the whole must be undone.
     */
    static int keep(Tx tx, List<Keeping> list) {
        if (list.isEmpty()) {
            return 0;
        }
        var scans = list.stream().map(Keeping::scan).toList();
        var sql = tx.sql("""
                with asked as (
                    select * from unnest((select $1::uuid[]), $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::date[], $7::timestamptz[],
                        $8::boolean[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::smallint[], $14::boolean[], $15::boolean[],
                        $16::text[], $17::boolean[], $18::text[], $19::uuid[], $20::uuid[], $21::integer[], $22::text[], $23::text[], $24::text[])
                        as a (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id,
                        household_id, building_id, temperature_tenths, mask, allowed, reason, moved, conflict, by_compound_id, by_account_id,
                        version, from_state, to_state, event)
                ), moved as (
                    update outing_pass p set state = a.to_state, version = p.version + 1
                    from (select * from asked where to_state is not null order by compound_id, pass_id) a
                    where p.compound_id = a.compound_id and p.id = a.pass_id and p.version = a.version
                    returning a.nonce, p.compound_id, p.id, p.version, a.event, a.from_state, p.state, a.scanned_at, a.by_compound_id, a.by_account_id
                ), history as (
                    insert into outing_pass_event (compound_id, pass_id, version, event, from_state, to_state, event_at, by_compound_id, by_account_id)
                    select compound_id, id, version, event, from_state, state, scanned_at, by_compound_id, by_account_id from moved
                )
                insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id,
                    household_id, building_id, temperature_tenths, mask, allowed, reason, moved, conflict, by_compound_id, by_account_id)
                select compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id, household_id,
                    building_id, temperature_tenths, mask, allowed, reason, moved, conflict, by_compound_id, by_account_id
                from asked where to_state is null or nonce in (select nonce from moved)
                order by compound_id, nonce
                on conflict do nothing""")
                .bind(column(scans, GateScan::compoundId, UUID[]::new)).bind(column(scans, GateScan::nonce, UUID[]::new))
                .bind(column(scans, GateScan::gateId, UUID[]::new)).bind(column(scans, scan -> scan.direction().name(), String[]::new))
                .bind(column(scans, GateScan::scannedAt, OffsetDateTime[]::new))
                .bind(column(scans, scan -> scan.scannedAt().toLocalDate(), LocalDate[]::new))
                .bind(column(scans, GateScan::receivedAt, OffsetDateTime[]::new)).bind(column(scans, GateScan::offline, Boolean[]::new))
                .bind(column(scans, GateScan::passId, UUID[]::new)).bind(column(scans, GateScan::residentId, UUID[]::new))
                .bind(column(scans, GateScan::householdId, UUID[]::new)).bind(column(scans, GateScan::buildingId, UUID[]::new));
        return sql.bind(column(scans, scan -> scan.temperatureTenths() == null ? null : scan.temperatureTenths().shortValue(), Short[]::new))
                .bind(column(scans, GateScan::mask, Boolean[]::new)).bind(column(scans, GateScan::allowed, Boolean[]::new))
                .bind(column(scans, scan -> scan.reason().slug(), String[]::new)).bind(column(scans, GateScan::moved, Boolean[]::new))
                .bind(column(scans, scan -> scan.conflict() == null ? null : scan.conflict().slug(), String[]::new))
                .bind(column(scans, GateScan::byCompoundId, UUID[]::new)).bind(column(scans, GateScan::byAccountId, UUID[]::new))
                .bind(column(list, Keeping::version, Integer[]::new)).bind(column(list, Keeping::fromState, String[]::new))
                .bind(column(list, Keeping::toState, String[]::new)).bind(column(list, Keeping::event, String[]::new))
                .update();
    }

    static Set<UUID> gates(Statements where, UUID compoundId) {
        return Set.copyOf(where.sql("select id from gate where compound_id = $1").bind(compoundId).list(row -> row.getUUID("id")));
    }

    /**
     * What the codes of passes name them by that could be shown that day, whatever became of them since; also of who is still out. No rule books further
     * ahead than two weeks.
     */
    static List<Long> numbersAbout(Statements where, UUID compoundId, LocalDate day) {
        return where.sql("""
                select code_number from outing_pass
                where compound_id = $1 and (outing_date between $2::date - 2 and $2::date + 14 or state in ('OUT', 'OVERDUE'))""")
                .bind(compoundId).bind(day).list(row -> row.getLong("code_number"));
    }

    /** A scan with the names that a reader wants beside it; those of the resident only where they may be read. */
    record NamedScan(GateScan scan, String gate, @Nullable String household, @Nullable String residentName, @Nullable String kind) {
    }

    /**
     * What a list shows.
     *
     * @param movedOnly    leaves out who was refused
     * @param conflictOnly only those who should not have gone through
     */
    record Filter(@Nullable LocalDate date, @Nullable UUID gateId, boolean movedOnly, boolean conflictOnly) {
    }

    /**
     * Whose scans somebody reads: those of places and homes within the scope, and whatever is scanned at these gates; {@code compounds}: of
     * nobody else's.
     */
    record Sight(UUID[] compounds, Scope scope, UUID[] gates) {
        boolean isOfHomesOnly() {
            return gates.length == 0 && scope.wholeCompounds().length == 0 && scope.buildings().length == 0;
        }
    }

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final TimePlace END = new TimePlace(LAST_DAY.atTime(LocalTime.MAX).truncatedTo(ChronoUnit.MICROS).atZone(BusinessClock.ZONE).toOffsetDateTime(),
            new UUID(-1, -1));

    /** The table has no index for this: the latest of each compound are read along that of its days, until there are enough. */
    private static final String OF_PLACES = """
            from unnest($1::uuid[]) as c (id) cross join lateral (
                select s.* from gate_scan s
                where s.compound_id = c.id and (s.compound_id = any($10) or s.building_id = any($11) or s.household_id = any($2) or s.gate_id = any($12))
                  and s.scan_date between $3 and $4 and ($5::uuid is null or s.gate_id = $5) %s
                  and (s.scan_date, s.scanned_at, s.nonce) < ($6, $7, $8)
                order by s.scan_date desc, s.scanned_at desc, s.nonce desc limit $9) s
            """;

    /** A home has few passes, and each pass few movements: with a limit they are read pass by pass, whatever the planner makes of the days. */
    private static final String OF_HOMES = """
            from (
                select s.* from outing_pass q
                cross join lateral (
                    select * from gate_scan m where m.compound_id = q.compound_id and m.pass_id = q.id and m.moved order by m.scanned_at desc limit 100) s
                where q.compound_id = any($1) and q.household_id = any($2) and exists (select 1 from resident r
                    where r.compound_id = q.compound_id and r.id = q.resident_id and r.household_id = q.household_id and r.moved_out_at is null)
                  and s.scan_date between $3 and $4 and ($5::uuid is null or s.gate_id = $5) %s
                  and (s.scan_date, s.scanned_at, s.nonce) < ($6, $7, $8)
                order by s.scan_date desc, s.scanned_at desc, s.nonce desc limit $9) s
            """;

    private static final String SCANS = """
            select s.*, s.compound_id as earlier_compound_id, s.pass_id as earlier_pass_id, s.resident_id as earlier_resident_id,
                s.household_id as earlier_household_id, s.building_id as earlier_building_id, g.name as gate, h.label, r.name as resident_name,
                p.kind
            %s
            join gate g on g.compound_id = s.compound_id and g.id = s.gate_id
            left join household h on h.compound_id = s.compound_id and h.id = s.household_id
            left join resident r on r.compound_id = s.compound_id and r.id = s.resident_id
            left join outing_pass p on p.compound_id = s.compound_id and p.id = s.pass_id
            order by s.scanned_at desc, s.nonce desc limit $9""";

    /** The latest scans in sight, a page of them. */
    static List<NamedScan> scans(Statements where, Sight sight, Filter filter, Page.Request page, @Nullable TimePlace before) {
        boolean homes = sight.isOfHomesOnly() && filter.movedOnly;
        var kinds = (filter.movedOnly ? "and s.moved " : "") + (filter.conflictOnly ? "and s.conflict is not null" : "");
        var start = before == null ? END : before;
        var sql = where.sql(SCANS.formatted((homes ? OF_HOMES : OF_PLACES).formatted(kinds)))
                .bind(sight.compounds).bind(sight.scope.households()).bind(filter.date == null ? FIRST_DAY : filter.date)
                .bind(filter.date == null ? LAST_DAY : filter.date).bind(filter.gateId)
                .bind(start.at().atZoneSameInstant(BusinessClock.ZONE).toLocalDate()).bind(start.at()).bind(start.id()).bind(page.rows());
        return (homes ? sql : sql.bind(sight.scope.wholeCompounds()).bind(sight.scope.buildings()).bind(sight.gates))
                .list(row -> new NamedScan(earlier(row), row.getString("gate"), row.getString("label"), row.getString("resident_name"),
                        row.getString("kind")));
    }

    /** Somebody who is out; {@code conflict} where the rules did not let them out. */
    record Outside(UUID compoundId, UUID passId, UUID householdId, UUID buildingId, String household, String residentName, String kind,
                   OffsetDateTime since, @Nullable String gate, OffsetDateTime dueAt, @Nullable GateReason conflict) {
    }

    /**
     * Everybody who is out, whoever is due first first; also who went out against the rules since {@code conflictsSince} and was not seen again,
     * unless staff wrote down that they are back or the office found that it was written down wrongly.
     */
    static List<Outside> outside(Statements where, Scope scope, LocalDate conflictsSince, int limit) {
        return where.sql("""
                select p.compound_id, p.id, h.id as household_id, h.building_id, h.label, r.name as resident_name, p.kind, p.valid_until,
                    coalesce(m.scanned_at, p.valid_from) as since, g.name as gate, m.conflict
                from outing_pass p
                join household h on h.compound_id = p.compound_id and h.id = p.household_id
                join resident r on r.compound_id = p.compound_id and r.id = p.resident_id
                left join lateral (
                    select s.nonce, s.scanned_at, s.gate_id, s.conflict, s.direction from gate_scan s
                    where s.compound_id = p.compound_id and s.pass_id = p.id and s.moved order by s.scanned_at desc, s.nonce desc limit 1) m on true
                left join gate g on g.compound_id = p.compound_id and g.id = m.gate_id
                where""" + Scope.SEES_RESIDENT + """
                  and (p.state in ('OUT', 'OVERDUE')
                    or (p.outing_date >= $5 and p.state in ('CANCELLED', 'REJECTED', 'PENDING', 'RETURNED') and m.direction = 'OUT'
                        and not exists (select 1 from outing_pass_event e where e.compound_id = p.compound_id and e.pass_id = p.id
                            and e.event = 'RETURN' and e.event_at >= m.scanned_at)
                        and not exists (select 1 from gate_conflict_review v where v.compound_id = p.compound_id and v.conflict_id = m.nonce
                            and v.finding = 'MISTAKEN')))
                order by p.valid_until, p.id limit $6""")
                .within(scope).bind(conflictsSince).bind(limit)
                .list(row -> new Outside(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                        row.getString("label"), row.getString("resident_name"), row.getString("kind"), row.getOffsetDateTime("since"),
                        row.getString("gate"), row.getOffsetDateTime("valid_until"),
                        row.getString("conflict") == null ? null : reason(row.getString("conflict"))));
    }

    /** A pass that is overdue; {@code householdTold}: and whose household knows it already. */
    record Late(UUID compoundId, UUID passId, UUID householdId, UUID buildingId, OffsetDateTime dueAt, boolean householdTold) {
    }

    /**
     * Of whom the household or its grid worker has not been told, whoever was due first first.
     *
     * @param dueAfter whoever was due before is chased no more
     * @param after    where the list before ended; null at the beginning
     */
    static List<Late> late(Statements where, OffsetDateTime now, OffsetDateTime dueAfter, @Nullable Late after, int limit) {
        return where.sql("""
                select p.compound_id, p.id, p.household_id, p.building_id, p.valid_until, h.dedupe_key is not null as household_told
                from outing_pass p
                left join outbox_message h on h.compound_id = p.compound_id and h.dedupe_key = 'outing-overdue/' || p.id
                where p.state in ('OUT', 'OVERDUE') and p.valid_until < $1 and p.valid_until > $2 and (p.valid_until, p.id) > ($3, $4)
                  and not (h.dedupe_key is not null and exists (select 1 from outbox_message g where g.compound_id = p.compound_id
                      and g.dedupe_key = 'outing-overdue-grid/' || p.id))
                order by p.valid_until, p.id limit $5""")
                .bind(now).bind(dueAfter).bind(after == null ? dueAfter : after.dueAt).bind(after == null ? new UUID(0, 0) : after.passId).bind(limit)
                .list(row -> new Late(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                        row.getOffsetDateTime("valid_until"), row.getBoolean("household_told")));
    }

    static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
