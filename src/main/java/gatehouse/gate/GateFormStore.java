package gatehouse.gate;

import gatehouse.forms.Asked;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;

/**
 * The rows of the gate's forms as they are now: a thing is in that of the day on which it happened, also where a gate without network told of it the
 * day after.
 */
final class GateFormStore {
    private GateFormStore() {
    }

    /** Everybody who came to a gate that day, in the order of the clock. Why somebody was refused is not in it: that may be a diagnosis. */
    static Sql gateRegister(Statements statements, Asked asked) {
        return statements.sql("""
                select m.name as community, c.name as compound, x.* from (
                    select g.name as gate, s.scanned_at as at, 'RESIDENT' as who, s.direction, r.name, h.label as household, r.phone_masked as phone,
                        p.vehicle_plate as plate, s.temperature_tenths, case s.mask when true then 'YES' when false then 'NO' end as mask,
                        p.purpose, case when s.conflict is not null then 'CONFLICT' when s.allowed then 'THROUGH' else 'REFUSED' end as outcome,
                        s.building_id, s.nonce as id
                    from gate_scan s
                    join gate g on g.compound_id = s.compound_id and g.id = s.gate_id
                    left join outing_pass p on p.compound_id = s.compound_id and p.id = s.pass_id
                    left join household h on h.compound_id = s.compound_id and h.id = s.household_id
                    left join resident r on r.compound_id = s.compound_id and r.id = s.resident_id
                    where s.compound_id = $1 and s.scan_date = $2 and s.scanned_at <= $3
                    union all
                    select g.name, e.event_at, 'VISITOR', case e.event when 'LEAVE' then 'OUT' else 'IN' end, v.visitor_name, coalesce(h.label, v.ticket_number), v.phone_masked,
                        v.plate, e.temperature_tenths, case e.mask when true then 'YES' when false then 'NO' end, v.purpose,
                        case when e.event = 'TURN_BACK' then 'REFUSED' when e.conflict is not null then 'CONFLICT' else 'THROUGH' end,
                        v.building_id, e.id
                    from visit_event e
                    join visit v on v.compound_id = e.compound_id and v.id = e.visit_id
                    left join household h on h.compound_id = v.compound_id and h.id = v.household_id
                    join gate g on g.compound_id = e.compound_id and g.id = e.gate_id
                    where e.compound_id = $1 and e.event_at >= $2::timestamp at time zone 'Asia/Shanghai' and e.event_at <= $3
                      and e.event_at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
                    union all
                    select g.name, w.at, e.service, w.direction, e.organisation, null, null, e.plate, null, null, e.purpose, 'THROUGH', null, e.id
                    from emergency_entry e
                    cross join lateral (values (e.entered_at, 'IN', e.gate_id), (e.left_at, 'OUT', e.left_gate_id)) as w (at, direction, gate_id)
                    join gate g on g.compound_id = e.compound_id and g.id = w.gate_id
                    where e.compound_id = $1 and e.entry_date <= $2 and w.at >= $2::timestamp at time zone 'Asia/Shanghai' and w.at <= $3
                      and w.at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
                ) x
                cross join compound c join community m on m.id = c.community_id
                where c.id = $1 and ($4 or x.building_id = any($5))
                order by x.at, x.id""")
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings());
    }

    /** Everybody who went through that day, in the order of the clock, also those who should not have. */
    static Sql movementLedger(Statements statements, Asked asked) {
        return statements.sql("""
                select m.name as community, c.name as compound, x.*, a.name as guard from (
                    select g.name as gate, s.scanned_at as at, s.direction, h.label as household, r.name, p.kind, p.colour, s.temperature_tenths,
                        case s.mask when true then 'YES' when false then 'NO' end as mask, case when s.offline then 'OFFLINE' else 'ONLINE' end as line,
                        s.conflict, s.by_compound_id, s.by_account_id, s.building_id, s.nonce as id
                    from gate_scan s
                    join gate g on g.compound_id = s.compound_id and g.id = s.gate_id
                    left join outing_pass p on p.compound_id = s.compound_id and p.id = s.pass_id
                    left join household h on h.compound_id = s.compound_id and h.id = s.household_id
                    left join resident r on r.compound_id = s.compound_id and r.id = s.resident_id
                    where s.compound_id = $1 and s.scan_date = $2 and s.scanned_at <= $3 and s.moved
                    union all
                    select g.name, e.event_at, case e.event when 'LEAVE' then 'OUT' else 'IN' end, coalesce(h.label, v.ticket_number), v.visitor_name, 'VISITOR', null,
                        e.temperature_tenths, case e.mask when true then 'YES' when false then 'NO' end,
                        case when e.offline then 'OFFLINE' else 'ONLINE' end, e.conflict, e.by_compound_id,
                        e.by_account_id, v.building_id, e.id
                    from visit_event e
                    join visit v on v.compound_id = e.compound_id and v.id = e.visit_id
                    left join household h on h.compound_id = v.compound_id and h.id = v.household_id
                    join gate g on g.compound_id = e.compound_id and g.id = e.gate_id
                    where e.compound_id = $1 and e.event in ('ENTER', 'LEAVE') and e.event_at >= $2::timestamp at time zone 'Asia/Shanghai'
                      and e.event_at <= $3 and e.event_at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
                    union all
                    select g.name, w.at, w.direction, null, e.organisation, e.service, null, null, null,
                        case when w.offline then 'OFFLINE' else 'ONLINE' end, null, w.by_compound, w.by, null, e.id
                    from emergency_entry e
                    cross join lateral (values (e.entered_at, 'IN', e.gate_id, e.offline, e.compound_id, e.let_in_by),
                        (e.left_at, 'OUT', e.left_gate_id, e.left_offline, e.left_by_compound_id, e.left_by))
                        as w (at, direction, gate_id, offline, by_compound, by)
                    join gate g on g.compound_id = e.compound_id and g.id = w.gate_id
                    where e.compound_id = $1 and e.entry_date <= $2 and w.at >= $2::timestamp at time zone 'Asia/Shanghai' and w.at <= $3
                      and w.at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
                ) x
                left join account a on a.compound_id = x.by_compound_id and a.id = x.by_account_id
                cross join compound c join community m on m.id = c.community_id
                where c.id = $1 and ($4 or x.building_id = any($5))
                order by x.at, x.id""")
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings());
    }
}
