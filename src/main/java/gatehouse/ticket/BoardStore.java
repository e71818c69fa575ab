package gatehouse.ticket;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.ticket.Ticket.Assignee;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who gets what: the rules of assignment, and how much everybody has to do. */
final class BoardStore {
    /** Who repairs in compound $1. */
    private static final String CREW = """
            select distinct a.compound_id, a.id, a.name
            from role_grant g
            join account a on a.compound_id = g.compound_id and a.id = g.account_id and a.disabled_at is null
            join compound c on c.id = $1 join community m on m.id = c.community_id
            where g.role = 'REPAIRMAN' and (g.reach = 'EVERYTHING' or g.reach_id in (c.id, m.id, m.subdistrict_id))
            """;

    private BoardStore() {
    }

    /** Absent category or building: any. */
    record Rule(UUID id, @Nullable TicketCategory category, @Nullable String building, Assignee assignee) {
    }

    /** Open tickets of somebody: those given to them, where they are now, those that rest, and those that missed a promise. */
    record Load(Assignee who, int assigned, int onSite, int waiting, int late) {
    }

    static List<Rule> rules(Statements where, UUID compound) {
        return where.sql("""
                select r.id, r.category, b.number as building, r.assignee_compound_id, r.assignee_account_id, a.name
                from ticket_rule r
                join account a on a.compound_id = r.assignee_compound_id and a.id = r.assignee_account_id
                left join building b on b.compound_id = r.compound_id and b.id = r.building_id
                where r.compound_id = $1 order by r.category nulls last, length(b.number), b.number nulls last""").bind(compound)
                .list(row -> new Rule(row.getUUID("id"), row.getString("category") == null ? null : TicketCategory.valueOf(row.getString("category")),
                        row.getString("building"), new Assignee(row.getUUID("assignee_compound_id"), row.getUUID("assignee_account_id"), row.getString("name"))));
    }

    static void clear(Tx tx, UUID compound) {
        tx.sql("delete from ticket_rule where compound_id = $1").bind(compound).update();
    }

    static void insert(Tx tx, UUID compound, UUID id, @Nullable TicketCategory category, @Nullable UUID building, Assignee assignee) {
        tx.sql("""
                insert into ticket_rule (compound_id, id, category, building_id, assignee_compound_id, assignee_account_id) values ($1, $2, $3, $4, $5, $6)
                on conflict (compound_id, category, building_id) do update
                set assignee_compound_id = excluded.assignee_compound_id, assignee_account_id = excluded.assignee_account_id""")
                .bind(compound).bind(id).bind(category == null ? null : category.name()).bind(building).bind(assignee.compoundId())
                .bind(assignee.accountId()).update();
    }

    /** Whom the most particular rule names, where they still repair there: category and building, category, building of any repair. */
    static Optional<Assignee> byRule(Statements where, Ticket ticket) {
        return where.sql("select crew.* from ticket_rule r join (" + CREW + """
                ) crew on crew.compound_id = r.assignee_compound_id and crew.id = r.assignee_account_id
                where r.compound_id = $1 and (r.category = $2 or r.category is null and $4) and (r.building_id = $3 or r.building_id is null)
                order by r.category is null, r.building_id is null limit 1""")
                .bind(ticket.compoundId()).bind(ticket.category().name()).bind(ticket.place().buildingId())
                .bind(ticket.category().kind() == TicketKind.REPAIR)
                .first(row -> new Assignee(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name")));
    }

    static List<Load> loads(Statements where, UUID compound) {
        return where.sql("select crew.*, " + """
                count(t.id) filter (where t.state in ('ASSIGNED', 'REOPENED'))::int as assigned, count(t.id) filter (where t.state = 'ON_SITE')::int as on_site,
                count(t.id) filter (where t.state = 'WAITING')::int as waiting, count(t.id) filter (where t.breached_at is not null)::int as late
                from (""" + CREW + """
                ) crew
                left join ticket t on t.compound_id = $1 and t.assignee_account_id = crew.id and t.state in ('ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED')
                group by crew.compound_id, crew.id, crew.name order by crew.name, crew.id""").bind(compound)
                .list(row -> new Load(new Assignee(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name")), row.getInteger("assigned"),
                        row.getInteger("on_site"), row.getInteger("waiting"), row.getInteger("late")));
    }

    /** What somebody has to go to. */
    static List<Ticket> toVisit(Statements where, TicketSight sight, UUID account, int limit) {
        return TicketStore.within(where.sql(TicketStore.TICKETS + TicketStore.SEES + """
                 and t.assignee_account_id = $7 and t.state in ('ASSIGNED', 'ON_SITE', 'REOPENED') order by t.done_due_at limit $8"""), sight)
                .bind(account).bind(limit).list(TicketStore::ticket);
    }

    /** Closed in that time, in the order of their ids. */
    static List<Ticket> closed(Statements where, TicketSight sight, UUID compound, OffsetDateTime from, OffsetDateTime until) {
        return TicketStore.within(where.sql(TicketStore.TICKETS + TicketStore.SEES + """
                 and t.compound_id = $7 and t.state = 'CLOSED' and t.closed_at >= $8 and t.closed_at < $9 order by t.id"""), sight)
                .bind(compound).bind(from).bind(until).list(TicketStore::ticket);
    }
}
