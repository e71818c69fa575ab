package gatehouse.ticket;

import gatehouse.kernel.Statements;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts of tickets, without anybody's name. */
final class SummaryStore {
    private SummaryStore() {
    }

    record Compound(UUID id, String name) {
    }

    /**
     * Of one level, of tickets that were submitted in a time.
     *
     * @param late    that missed a promise, done or not
     * @param minutes from submission until it was done, on average; null where none is
     */
    record Level(ServiceLevel level, int submitted, int done, int late, int open, @Nullable Integer minutes) {
    }

    /** Of tickets that were closed in a time. */
    record Opinions(int closed, int rated, int satisfied, int followedUp, int serious, int seriousFollowedUp) {
    }

    static List<Compound> compounds(Statements where, UUID[] compounds) {
        return where.sql("select id, name from compound where id = any($1) order by name, id").bind(compounds)
                .list(row -> new Compound(row.getUUID("id"), row.getString("name")));
    }

    static List<Level> levels(Statements where, UUID compound, OffsetDateTime from, OffsetDateTime until) {
        return where.sql("""
                select level, count(*)::int as submitted, count(done_at)::int as done, count(breached_at)::int as late,
                    count(*) filter (where state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED'))::int as open,
                    (extract(epoch from avg(done_at - submitted_at)) / 60)::int as minutes
                from ticket
                where compound_id = $1 and submitted_date >= $2::date and submitted_date < $3::date and state not in ('CANCELLED', 'MERGED')
                group by level""").bind(compound).bind(from.toLocalDate()).bind(until.toLocalDate())
                .list(row -> new Level(ServiceLevel.valueOf(row.getString("level")), row.getInteger("submitted"), row.getInteger("done"),
                        row.getInteger("late"), row.getInteger("open"), row.getInteger("minutes")));
    }

    static Opinions opinions(Statements where, UUID compound, OffsetDateTime from, OffsetDateTime until) {
        return where.sql("""
                select count(*)::int as closed, count(rating)::int as rated, count(*) filter (where rating >= $4)::int as satisfied,
                    count(followed_up_at)::int as followed_up, count(*) filter (where serious)::int as serious,
                    count(followed_up_at) filter (where serious)::int as serious_followed_up
                from ticket
                where compound_id = $1 and state = 'CLOSED' and closed_at >= $2 and closed_at < $3""")
                .bind(compound).bind(from).bind(until).bind(TicketPolicy.SATISFIED_FROM)
                .only(row -> new Opinions(row.getInteger("closed"), row.getInteger("rated"), row.getInteger("satisfied"), row.getInteger("followed_up"),
                        row.getInteger("serious"), row.getInteger("serious_followed_up")));
    }
}
