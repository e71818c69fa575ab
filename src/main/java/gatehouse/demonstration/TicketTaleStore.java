package gatehouse.demonstration;

import gatehouse.demonstration.TicketTales.Line;
import gatehouse.demonstration.TicketTales.Tale;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Tx;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Writes the demonstration's tickets, as if they had come in the usual way. */
final class TicketTaleStore {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private TicketTaleStore() {
    }

    static void insert(Tx tx, UUID compound, List<Tale> tales) {
        var numbers = new HashMap<String, Integer>();
        for (var tale : tales) {
            var id = Ids.next();
            int number = numbers.merge(tale.prefix() + tale.submittedAt().toLocalDate(), 1, Integer::sum);
            insert(tx, compound, id, "%s-%s-%04d".formatted(tale.prefix(), DAY.format(tale.submittedAt()), number), tale);
            for (int i = 0; i < tale.lines().size(); i++) {
                insert(tx, compound, id, i + 1, tale.lines().get(i));
            }
            tx.sql("""
                    insert into ticket_number (compound_id, prefix, day, last) values ($1, $2, $3, $4)
                    on conflict (compound_id, prefix, day) do update set last = excluded.last""")
                    .bind(compound).bind(tale.prefix()).bind(tale.submittedAt().toLocalDate()).bind(number).update();
        }
        hold(tx, compound, TicketTales.HELD_PLACE);
    }

    /** A place that neighbours do not read until the office has looked at it. */
    private static void hold(Tx tx, UUID compound, String place) {
        tx.sql("""
                insert into wording (compound_id, id, kind, thing_id, author_compound_id, author_id, words, state, why, said_at)
                select t.compound_id, $2, 'TICKET_PLACE', t.id, t.reporter_compound_id, t.reporter_account_id, t.place_text, 'HELD', 'PERSONAL', t.submitted_at
                from ticket t where t.compound_id = $1 and t.place_text = $3""")
                .bind(compound).bind(Ids.next()).bind(place).update();
    }

    private static void insert(Tx tx, UUID compound, UUID id, String number, Tale tale) {
        tx.sql("""
                insert into ticket (compound_id, id, number, kind, category, level, urgency, area, place_text, building_id, description, household_id,
                    reporter_compound_id, reporter_account_id, reporter_resident_id, anonymous, serious, office_only, state, assignee_compound_id,
                    assignee_account_id, submitted_at, submitted_date, clock_started_at, on_site_due_at, done_due_at, paused_at, policy_version,
                    calendar_version, on_site_at, done_at, confirmed_at, closed_at, consent, rating, rating_words, rated_at)
                select $1, $2, $3, $4, $5, $6, 'NORMAL', $7, $8, coalesce(b.id, case when $7 = 'HOME' then h.building_id end), $9, h.id,
                    $1, who.account_id, who.id, $12, false, false, $13, case when $14 then $1::uuid end, case when $14 then crew.account_id end,
                    $15, $16, $15, $17, $18, $19, 0, 0, $20, $21::timestamptz, case when $13 = 'CLOSED' then $21::timestamptz end, case when $13 = 'CLOSED' then $21::timestamptz end,
                    'NOT_NEEDED', $22::smallint, $23, case when $22::smallint is not null then $21::timestamptz end
                from household h
                join lateral (
                    select r.id, r.account_id from resident r
                    where r.compound_id = h.compound_id and r.household_id = h.id and r.account_id is not null order by r.id limit 1) who on true
                cross join lateral (select g.account_id from role_grant g where g.compound_id = $1 and g.role = 'REPAIRMAN' limit 1) crew
                left join building b on b.compound_id = h.compound_id and b.number = $10
                where h.compound_id = $1 and h.label = $11""")
                .bind(compound).bind(id).bind(number).bind(tale.kind()).bind(tale.category()).bind(tale.level()).bind(tale.area()).bind(tale.place())
                .bind(tale.description()).bind(tale.building()).bind(tale.home()).bind(tale.anonymous()).bind(tale.state()).bind(tale.assigned())
                .bind(tale.submittedAt()).bind(tale.submittedAt().toLocalDate()).bind(tale.onSiteDueAt()).bind(tale.doneDueAt()).bind(tale.pausedAt())
                .bind(tale.onSiteAt()).bind(tale.doneAt()).bind(tale.rating() == null ? null : tale.rating().shortValue()).bind(tale.ratingWords())
                .update();
    }

    private static void insert(Tx tx, UUID compound, UUID ticket, int number, Line line) {
        tx.sql("""
                insert into ticket_event (compound_id, ticket_id, number, event, from_state, to_state, actor, event_at, by_compound_id, by_account_id,
                    note, rating, assignee_compound_id, assignee_account_id)
                select $1, $2, $3, $4, $5, $6, $7, $8, $1, case $7 when 'REPORTER' then t.reporter_account_id when 'ASSIGNEE' then t.assignee_account_id
                        else (select g.account_id from role_grant g where g.compound_id = $1 and g.role = 'DISPATCHER' limit 1) end,
                    $9, $10, case when $4 = 'ASSIGN' then t.assignee_compound_id end, case when $4 = 'ASSIGN' then t.assignee_account_id end
                from ticket t where t.compound_id = $1 and t.id = $2""")
                .bind(compound).bind(ticket).bind(number).bind(line.event()).bind(line.from()).bind(line.to()).bind(line.actor()).bind(line.at())
                .bind(line.note()).bind(line.rating() == null ? null : line.rating().shortValue()).update();
    }
}
