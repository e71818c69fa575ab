package gatehouse.health;

import gatehouse.forms.Asked;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.registry.PolicyName;
import java.time.OffsetDateTime;

/**
 * The rows of health's forms as they are now: a query for each. What happened counts for a date from the hour of the day before's summary on, so that
 * none is missed that came and went after a day's forms were frozen.
 */
final class HealthFormStore {
    private HealthFormStore() {
    }

    private static final String NAMED = """
            select m.name as community, c.name as compound, x.* from (
            %s
            ) x
            cross join compound c join community m on m.id = c.community_id
            where c.id = $1
            """;

    private static OffsetDateTime since(Asked asked) {
        return asked.date().minusDays(1).atTime(asked.policy().time(PolicyName.SUMMARY_DUE_AT)).atOffset(asked.asOf().getOffset());
    }

    /** One line: a compound with nothing to report says so. */
    static Sql dailySummary(Statements statements, Asked asked) {
        return statements.sql(NAMED.formatted("""
                with expected as (
                    select id from resident where compound_id = $1 and created_at <= $3 and (moved_out_at is null or moved_out_at > $3)
                ), report as (
                    select count(*) filter (where today and p.round = 1 and p.status = 'ON_TIME' and e.id is not null) as morning_on_time,
                        count(*) filter (where today and p.round = 1 and p.status = 'LATE' and e.id is not null) as morning_late,
                        count(*) filter (where today and p.round = 2 and p.status = 'ON_TIME' and e.id is not null) as afternoon_on_time,
                        count(*) filter (where today and p.round = 2 and p.status = 'LATE' and e.id is not null) as afternoon_late,
                        count(distinct p.resident_id) filter (where (today or p.received_at > $6) and p.temperature_tenths > $4) as fevers
                    from (select *, report_date = $2 as today from health_report where compound_id = $1 and report_date in ($2, $2::date - 1)) p
                    left join expected e on e.id = p.resident_id
                ), alert as (
                    select count(*) as open from health_alert
                    where compound_id = $1 and opened_at <= $3 and (closed_at is null or closed_at > $3)
                ), watched as (
                    select starts_on <= $2 and (ended_at is null or ended_at > $3) as now, cause,
                        opened_at > $6 as new,
                        state = 'RELEASED' and ended_at <= $3 and ended_at > $6 as released
                    from observation where compound_id = $1 and opened_at <= $3
                ), observation as (
                    select count(*) filter (where now) as observed,
                        count(*) filter (where now and cause = 'OTHER_PROVINCE') as observed_other_province,
                        count(*) filter (where now and cause = 'RISK_REGION') as observed_risk_region,
                        count(*) filter (where new) as observed_new, count(*) filter (where released) as observed_released
                    from watched
                ), figures as (
                    select (select count(*) from expected) as expected, r.*, a.open as alerts, o.*
                    from report r cross join alert a cross join observation o
                )
                select f.*, f.expected - f.morning_on_time - f.morning_late as morning_missing,
                    f.expected - f.afternoon_on_time - f.afternoon_late as afternoon_missing,
                    case when f.fevers + f.alerts + f.observed + f.observed_new + f.observed_released = 0 then 'YES' else 'NO' end
                        as nothing_to_report, null::uuid as building_id
                from figures f
                where $5"""))
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.policy().amount(PolicyName.FEVER_ABOVE)).bind(asked.whole())
                .bind(since(asked));
    }

    /** Who has not reported a round whose hour has come. */
    static Sql missingList(Statements statements, Asked asked) {
        return statements.sql(NAMED.formatted("""
                select g.name as grid, b.number as building, h.label as household, r.name, r.phone_masked as phone, r.id,
                    coalesce(m.status, case when $6 then 'MISSING' else 'NOT_YET' end) as morning,
                    coalesce(a.status, case when $7 then 'MISSING' else 'NOT_YET' end) as afternoon,
                    l.report_date as last_report_date, r.building_id
                from resident r
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                join building b on b.compound_id = r.compound_id and b.id = r.building_id
                left join grid g on g.compound_id = b.compound_id and g.id = b.grid_id
                left join health_report m on m.compound_id = r.compound_id and m.resident_id = r.id and m.report_date = $2 and m.round = 1
                left join health_report a on a.compound_id = r.compound_id and a.resident_id = r.id and a.report_date = $2 and a.round = 2
                left join lateral (
                    select p.report_date from health_report p
                    where p.compound_id = r.compound_id and p.resident_id = r.id and p.report_date <= $2
                    order by p.report_date desc, p.round desc limit 1
                ) l on true
                where r.compound_id = $1 and r.created_at <= $3 and (r.moved_out_at is null or r.moved_out_at > $3)
                  and ($4 or r.building_id = any($5)) and ($6 and m.resident_id is null or $7 and a.resident_id is null)""")
                + "order by length(x.building), x.building collate \"C\", x.household collate \"C\", x.name collate \"C\", x.id")
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings())
                .bind(hasCome(asked, PolicyName.MORNING_ROUND_AT)).bind(hasCome(asked, PolicyName.AFTERNOON_ROUND_AT));
    }

    private static boolean hasCome(Asked asked, PolicyName hour) {
        return !asked.asOf().isBefore(asked.date().atTime(asked.policy().time(hour)).atOffset(asked.asOf().getOffset()));
    }

    /** The alerts that were open at any time since the day before's hour, with what was worst and what was noted last. */
    static Sql feverLedger(Statements statements, Asked asked) {
        return statements.sql(NAMED.formatted("""
                select b.number as building, h.label as household, r.name, r.phone_masked as phone, a.opened_at, w.temperature_tenths, w.symptoms,
                    a.state, a.acknowledged_at, a.escalated_at, a.transferred_at, a.closed_at, s.note, a.id, a.building_id
                from health_alert a
                join household h on h.compound_id = a.compound_id and h.id = a.household_id
                join building b on b.compound_id = a.compound_id and b.id = a.building_id
                join resident r on r.compound_id = a.compound_id and r.id = a.resident_id
                left join lateral (
                    select max(j.temperature_tenths) as temperature_tenths,
                        array_agg(distinct symptom order by symptom) filter (where symptom is not null) as symptoms
                    from health_alert_report j left join lateral unnest(j.symptoms) symptom on true
                    where j.compound_id = a.compound_id and j.alert_id = a.id
                ) w on true
                left join lateral (
                    select t.note from health_alert_step t
                    where t.compound_id = a.compound_id and t.alert_id = a.id and t.note is not null
                    order by t.version desc limit 1
                ) s on true
                where a.compound_id = $1 and a.opened_at <= $3
                  and (a.closed_at is null or a.closed_at > $2)
                  and ($4 or a.building_id = any($5))""")
                + "order by x.opened_at, x.id")
                .bind(asked.compoundId()).bind(since(asked)).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings());
    }

    /** Who was under observation at any time since the day before's hour. */
    static Sql observationLedger(Statements statements, Asked asked) {
        return statements.sql(NAMED.formatted("""
                select b.number as building, h.label as household, r.name, r.phone_masked as phone, o.cause, o.starts_on,
                    o.starts_on + (o.days - 1) as last_day, o.days, greatest(1, least(o.days::int, $2 - o.starts_on + 1)) as day,
                    (select count(*) from observation_event e where e.compound_id = o.compound_id and e.observation_id = o.id
                        and e.event = 'FOLLOW_UP' and e.event_at > $6 and e.event_at <= $3) as follow_ups,
                    t.taken_on as tested_on, t.result, o.state, o.ended_at, o.id, o.building_id
                from observation o
                join household h on h.compound_id = o.compound_id and h.id = o.household_id
                join building b on b.compound_id = o.compound_id and b.id = o.building_id
                join resident r on r.compound_id = o.compound_id and r.id = o.resident_id
                left join lateral (
                    select e.taken_on, e.result from observation_event e
                    where e.compound_id = o.compound_id and e.observation_id = o.id and e.event = 'TEST'
                      and not exists (select 1 from observation_event w where w.compound_id = e.compound_id and w.observation_id = e.observation_id
                          and w.of_version = e.version)
                    order by e.taken_on desc, e.version desc limit 1
                ) t on true
                where o.compound_id = $1 and o.opened_at <= $3 and o.starts_on <= $2
                  and (o.ended_at is null or o.ended_at > $6)
                  and ($4 or o.building_id = any($5))""")
                + "order by x.starts_on, x.household collate \"C\", x.name collate \"C\", x.id")
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings()).bind(since(asked));
    }
}
