package gatehouse.ticket;

import gatehouse.forms.Asked;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;

/** The rows of the forms of tickets. */
final class TicketFormStore {
    private TicketFormStore() {
    }

    /** What came in on a day, as it stands now. Of an anonymous complaint neither household nor name are read. */
    static Sql ledger(Statements statements, Asked asked) {
        return statements.sql("""
                select m.name as community, c.name as compound, t.number, t.kind, t.category, t.urgency, t.area, b.number as building,
                    t.place_text as place, t.description, t.submitted_at, case when t.anonymous then null else h.label end as household,
                    case when t.anonymous then 'ANONYMOUS' else r.name end as reporter, t.on_site_due_at, t.on_site_at, t.done_due_at, t.done_at,
                    t.state, a.name as assignee, t.breach, t.rating::int as rating, t.rating_words, t.followed_up_at, t.building_id
                from ticket t
                join compound c on c.id = t.compound_id join community m on m.id = c.community_id
                left join building b on b.compound_id = t.compound_id and b.id = t.building_id
                left join household h on h.compound_id = t.compound_id and h.id = t.household_id
                left join resident r on r.compound_id = t.compound_id and r.id = t.reporter_resident_id
                left join account a on a.compound_id = t.assignee_compound_id and a.id = t.assignee_account_id
                where t.compound_id = $1 and t.submitted_date = $2 and t.submitted_at <= $3 and ($4 or t.building_id = any($5))
                order by t.submitted_at, t.id""")
                .bind(asked.compoundId()).bind(asked.date()).bind(asked.asOf()).bind(asked.whole()).bind(asked.buildings());
    }

    /** Of the month of the date: what came in until that date, and the opinions on what was closed until then. */
    static Sql month(Statements statements, Asked asked) {
        return statements.sql("""
                select m.name as community, c.name as compound, s.*, o.*, null::uuid as building_id
                from compound c join community m on m.id = c.community_id
                cross join (
                    select count(*)::int as submitted, count(*) filter (where kind = 'REPAIR')::int as repairs,
                        count(*) filter (where kind = 'COMPLAINT')::int as complaints, count(*) filter (where kind = 'ENQUIRY')::int as enquiries,
                        count(*) filter (where kind = 'SUGGESTION')::int as suggestions, count(done_at)::int as done,
                        count(*) filter (where state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED'))::int as open,
                        count(breached_at)::int as late
                    from ticket
                    where compound_id = $1 and submitted_date >= $2 and submitted_date <= $3 and state not in ('CANCELLED', 'MERGED')) s
                cross join (
                    select count(*)::int as closed, count(rating)::int as rated, count(*) filter (where rating >= $5)::int as satisfied,
                        count(followed_up_at)::int as followed_up, count(*) filter (where serious)::int as serious,
                        count(followed_up_at) filter (where serious)::int as serious_followed_up
                    from ticket
                    where compound_id = $1 and state = 'CLOSED' and closed_at >= $2::timestamp at time zone 'Asia/Shanghai' and closed_at <= $4) o
                where c.id = $1 and $6""")
                .bind(asked.compoundId()).bind(asked.date().withDayOfMonth(1)).bind(asked.date()).bind(asked.asOf()).bind(TicketPolicy.SATISFIED_FROM)
                .bind(asked.whole());
    }
}
