package gatehouse.health;

import gatehouse.health.KnockPolicy.Window;
import gatehouse.http.Caller;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The doors to knock at, and what came of it. */
final class KnockStore {
    private KnockStore() {
    }

    /** A member without a report of a round that is due. */
    record Silent(UUID residentId, String name, @Nullable String phoneMasked, List<Round> rounds) {
    }

    /** {@code hasAccount}: somebody there could have been reminded. */
    record Door(UUID compoundId, UUID householdId, String label, String building, boolean hasAccount, List<Silent> silent, Optional<Knock> knock) {
    }

    private static final String MISSING = """
             r.moved_out_at is null and (
                w.morning_due and not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                    and p.report_date = $9 and p.round = 1)
                or w.afternoon_due and not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                    and p.report_date = $9 and p.round = 2))
            """;
    private static final String WINDOWS = " unnest($5::uuid[], $6::boolean[], $7::boolean[], $8::boolean[]) as w (compound_id, morning_due, afternoon_due, ladder_over) ";

    /** A household of a compound whose ladder is over: somebody there has not reported, and nothing reached it. */
    private static final String UNREACHED = """
             exists (select 1 from resident r where r.compound_id = h.compound_id and r.household_id = h.id and""" + MISSING + """
            )
            and w.ladder_over and not exists (
                select 1 from notification n where n.compound_id = h.compound_id and n.subject_id = h.id and n.template = 'ROUND_MISSING'
                    and n.created_at >= $9::date::timestamp at time zone 'Asia/Shanghai'
                    and (n.read_at is not null or n.wechat = 'REACHED' or n.sms = 'REACHED'))
            """;

    /** So many doors of a building where nobody was told yet that day. */
    record Doors(Optional<UUID> gridId, UUID buildingId, int doors) {
    }

    /** Of buildings that have such doors; asked only where the ladder is over, what it costs follows the residents. */
    static List<Doors> doorsByBuilding(Statements database, Scope scope, Map<UUID, Window> windows, LocalDate date) {
        var over = windows.entrySet().stream().filter(each -> each.getValue().ladderOver()).toList();
        if (over.isEmpty()) {
            return List.of();
        }
        return database.sql("""
                select b.grid_id, b.id as building_id, count(*)::int as doors
                from""" + WINDOWS + """
                join household h on h.compound_id = w.compound_id
                join building b on b.compound_id = h.compound_id and b.id = h.building_id
                where""" + Scope.SEES_HOUSEHOLD + "and " + UNREACHED + """
                  and not exists (select 1 from health_knock o where o.compound_id = h.compound_id and o.household_id = h.id and o.business_date = $9
                      and o.outcome <> 'NOBODY_HOME')
                group by b.grid_id, b.id order by b.id""")
                .within(scope).bind(over.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .bind(over.stream().map(each -> each.getValue().morningDue()).toArray(Boolean[]::new))
                .bind(over.stream().map(each -> each.getValue().afternoonDue()).toArray(Boolean[]::new))
                .bind(over.stream().map(each -> each.getValue().ladderOver()).toArray(Boolean[]::new)).bind(date)
                .list(row -> new Doors(Optional.ofNullable(row.getUUID("grid_id")), row.getUUID("building_id"), row.getInteger("doors")));
    }

    /** By household label. Told is who read the day's last reminder in the inbox, or had it through WeChat or by SMS. */
    static List<Door> doors(Statements database, Scope scope, Map<UUID, Window> windows, LocalDate date, Page.Request page) {
        var compounds = windows.keySet().toArray(UUID[]::new);
        var all = List.of(compounds).stream().map(windows::get).toList();
        var found = database.sql("""
                select d.*, k.outcome, k.knocked_at, k.name as knocker from (
                    select h.compound_id, h.id, h.label, b.number as building, somebody.has_account
                    from""" + WINDOWS + """
                    join household h on h.compound_id = w.compound_id
                    join building b on b.compound_id = h.compound_id and b.id = h.building_id
                    cross join lateral (
                        select exists (select 1 from resident r join account a on a.compound_id = r.compound_id and a.id = r.account_id
                            where r.compound_id = h.compound_id and r.household_id = h.id and r.moved_out_at is null and a.disabled_at is null) as has_account
                    ) as somebody
                    where""" + Scope.SEES_HOUSEHOLD + """
                      and ($10::text is null or h.label || '|' || h.id > $10 collate "C")
                      and\s""" + UNREACHED + """
                    order by (h.label || '|' || h.id) collate "C"
                    limit $11
                ) d
                left join lateral (
                    select o.outcome, o.knocked_at, a.name from health_knock o
                    join account a on a.compound_id = o.by_compound_id and a.id = o.by_account_id
                    where o.compound_id = d.compound_id and o.household_id = d.id and o.business_date = $9
                    order by o.knocked_at desc, o.id desc limit 1
                ) k on true
                order by (d.label || '|' || d.id) collate "C\"""")
                .within(scope).bind(compounds).bind(all.stream().map(Window::morningDue).toArray(Boolean[]::new))
                .bind(all.stream().map(Window::afternoonDue).toArray(Boolean[]::new)).bind(all.stream().map(Window::ladderOver).toArray(Boolean[]::new))
                .bind(date).bind(page.after()).bind(page.rows())
                .list(row -> new Door(row.getUUID("compound_id"), row.getUUID("id"), row.getString("label"), row.getString("building"),
                        row.getBoolean("has_account"), List.of(), knock(row)));
        var silent = silent(database, scope, compounds, all, date, found);
        return found.stream().map(door -> new Door(door.compoundId, door.householdId, door.label, door.building, door.hasAccount,
                silent.getOrDefault(door.householdId, List.of()), door.knock)).toList();
    }

    private static Optional<Knock> knock(Row row) {
        return Optional.ofNullable(row.getString("outcome"))
                .map(outcome -> new Knock(KnockOutcome.valueOf(outcome), row.getOffsetDateTime("knocked_at"), row.getString("knocker")));
    }

    private static Map<UUID, List<Silent>> silent(Statements database, Scope scope, UUID[] compounds, List<Window> windows, LocalDate date, List<Door> doors) {
        var byHousehold = new HashMap<UUID, List<Silent>>();
        database.sql("""
                select r.household_id, r.id, r.name, r.phone_masked,
                    w.morning_due and not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                        and p.report_date = $9 and p.round = 1) as morning,
                    w.afternoon_due and not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                        and p.report_date = $9 and p.round = 2) as afternoon
                from""" + WINDOWS + """
                join household h on h.compound_id = w.compound_id and h.id = any($10)
                join resident r on r.compound_id = h.compound_id and r.household_id = h.id
                where""" + Scope.SEES_HOUSEHOLD + "and" + MISSING + """
                order by r.household_id, r.created_at, r.id""")
                .within(scope).bind(compounds).bind(windows.stream().map(Window::morningDue).toArray(Boolean[]::new))
                .bind(windows.stream().map(Window::afternoonDue).toArray(Boolean[]::new)).bind(windows.stream().map(Window::ladderOver).toArray(Boolean[]::new))
                .bind(date).bind(doors.stream().map(Door::householdId).toArray(UUID[]::new))
                .list(row -> byHousehold.computeIfAbsent(row.getUUID("household_id"), id -> new ArrayList<>()).add(new Silent(row.getUUID("id"),
                        row.getString("name"), row.getString("phone_masked"), rounds(row))));
        return byHousehold;
    }

    private static List<Round> rounds(Row row) {
        var rounds = new ArrayList<Round>();
        if (row.getBoolean("morning")) {
            rounds.add(Round.MORNING);
        }
        if (row.getBoolean("afternoon")) {
            rounds.add(Round.AFTERNOON);
        }
        return List.copyOf(rounds);
    }

    /** The compound of that household; empty where it lies outside. */
    static Optional<UUID> compoundOf(Statements in, Scope scope, UUID household) {
        return in.sql("select h.compound_id from household h where" + Scope.SEES_HOUSEHOLD + "and h.id = $5").within(scope).bind(household)
                .first(row -> row.getUUID(0));
    }

    static void add(Tx tx, UUID compound, UUID household, KnockOutcome outcome, Caller by, OffsetDateTime now) {
        tx.sql("""
                insert into health_knock (compound_id, id, household_id, business_date, outcome, knocked_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(compound).bind(Ids.next()).bind(household).bind(now.toLocalDate()).bind(outcome.name()).bind(now)
                .bind(by.compoundId()).bind(by.accountId()).update();
    }

    static String nameOf(Statements in, Caller caller) {
        return in.sql("select name from account where compound_id = $1 and id = $2").bind(caller.compoundId()).bind(caller.accountId())
                .only(row -> row.getString(0));
    }
}
