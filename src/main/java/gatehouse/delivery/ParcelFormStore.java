package gatehouse.delivery;

import gatehouse.forms.Asked;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.registry.PolicyName;

/** The rows of the parcel ledger as they are now. */
final class ParcelFormStore {
    private ParcelFormStore() {
    }

    /**
     * Every parcel that waited at a gate at any time since the day before's hour of the summary, as it stood at this one's: so that none is missed
     * that came and went after a day's ledger was frozen.
     */
    static Sql parcelLedger(Statements statements, Asked asked) {
        var since = asked.date().minusDays(1).atTime(asked.policy().time(PolicyName.SUMMARY_DUE_AT)).atOffset(asked.asOf().getOffset());
        return statements.sql("""
                select m.name as community, c.name as compound, g.name as gate, p.registered_at, h.label as household, p.carrier, p.tracking_tail, p.shelf,
                    case when p.perishable then 'YES' else 'NO' end as perishable, case when p.disinfected then 'YES' else 'NO' end as disinfected,
                    case when p.ended_at is null or p.ended_at > $3 then case when p.household_id is null then 'TO_SORT' else 'WAITING' end
                         else p.state end as state,
                    case when p.ended_at <= $3 then p.ended_at end as ended_at,
                    case when p.ended_at <= $3 and p.state = 'COLLECTED' then coalesce(k.name, '') end as collector,
                    r.name as registered_by, e.name as ended_by, p.building_id
                from parcel p
                join gate g on g.compound_id = p.compound_id and g.id = p.gate_id
                left join household h on h.compound_id = p.compound_id and h.id = p.household_id
                left join pickup u on u.compound_id = p.compound_id and u.id = p.pickup_id
                left join pickup_collector k on k.compound_id = u.compound_id and k.id = u.collector_id
                left join lateral (select coalesce(a.name, l.label) as name from parcel_event v
                    left join account a on a.compound_id = v.by_compound_id and a.id = v.by_account_id
                    left join courier_link l on l.compound_id = v.compound_id and l.id = v.by_link_id
                    where v.compound_id = p.compound_id and v.parcel_id = p.id and v.event = 'REGISTER') r on true
                left join lateral (select a.name from parcel_event v join account a on a.compound_id = v.by_compound_id and a.id = v.by_account_id
                    where v.compound_id = p.compound_id and v.parcel_id = p.id and v.event_at <= $3 and p.ended_at <= $3 and v.to_state = p.state
                    order by v.version desc limit 1) e on true
                cross join compound c join community m on m.id = c.community_id
                where p.compound_id = $1 and c.id = $1 and p.registered_at <= $3 and (p.ended_at is null or p.ended_at > $2)
                  and ($4 or p.building_id = any($5))
                order by p.registered_at, p.id""")
                .bind(asked.compoundId()).bind(since).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings());
    }
}
