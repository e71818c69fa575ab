package gatehouse.ticket;

import gatehouse.kernel.Page;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all residents may know of tickets about what they share, and who follows them. */
final class TicketFollowStore {
    /** Complaints point at people; only repairs of what is shared are shown. */
    private static final String PUBLIC = """
            select t.id, t.compound_id, t.number, t.category,
                -- words that are held or refused are their author's and the staff's
                case when exists (select from wording w where w.compound_id = t.compound_id and w.kind = 'TICKET_PLACE' and w.thing_id = t.id
                    and w.state <> 'SHOWN') and t.reporter_account_id is distinct from $2 then '' else t.place_text end as place_text, b.number as building, t.state, t.submitted_at, t.done_due_at, t.done_at,
                (select count(*)::int from ticket_follower f where f.compound_id = t.compound_id and f.ticket_id = t.id) as followers,
                exists (select from ticket_follower f where f.compound_id = t.compound_id and f.ticket_id = t.id and f.account_id = $2) as following,
                t.reporter_account_id = $2 as own
            from ticket t left join building b on b.compound_id = t.compound_id and b.id = t.building_id
            where t.compound_id = any($1) and t.area = 'PUBLIC' and t.kind = 'REPAIR' and t.forgotten_at is null
            """;

    private TicketFollowStore() {
    }

    /** A ticket without anybody's name or words. */
    record Shared(UUID id, UUID compoundId, String number, TicketCategory category, String place, @Nullable String building, TicketState state,
                  OffsetDateTime submittedAt, OffsetDateTime dueAt, @Nullable OffsetDateTime doneAt, int followers, boolean following, boolean own) {
    }

    record Follower(UUID compoundId, UUID accountId) {
    }

    /** Newest first; what is open, and what was done since {@code doneSince}. */
    static List<Shared> list(Statements where, UUID[] compounds, UUID account, OffsetDateTime doneSince, Page.Request page, @Nullable UUID before) {
        return where.sql(PUBLIC + """
                  and t.state not in ('CANCELLED', 'MERGED') and (t.done_at is null or t.done_at >= $3) and ($4::uuid is null or t.id < $4)
                order by t.id desc limit $5""").bind(compounds).bind(account).bind(doneSince).bind(before).bind(page.rows()).list(TicketFollowStore::shared);
    }

    /** What others reported there already and is not done: of the same category, at that building or, where that is not said, at a place of like name. */
    static List<Shared> nearby(Statements where, UUID[] compounds, UUID account, TicketCategory category, @Nullable String building, @Nullable String place) {
        return where.sql(PUBLIC + """
                  and t.state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED') and t.category = $3
                  and ($4::text is null or b.number = $4 or b.number is null)
                  and ($4::text is not null or $5::text is null or position(lower($5) in lower(t.place_text)) > 0 or position(lower(t.place_text) in lower($5)) > 0)
                order by t.id desc limit 5""").bind(compounds).bind(account).bind(category.name()).bind(building).bind(place).list(TicketFollowStore::shared);
    }

    static Optional<Shared> find(Statements where, UUID[] compounds, UUID account, UUID id) {
        return where.sql(PUBLIC + "and t.id = $3").bind(compounds).bind(account).bind(id).first(TicketFollowStore::shared);
    }

    static void follow(Tx tx, Shared ticket, UUID accountCompound, UUID account, OffsetDateTime now) {
        tx.sql("""
                insert into ticket_follower (compound_id, ticket_id, account_compound_id, account_id, followed_at) values ($1, $2, $3, $4, $5)
                on conflict do nothing""").bind(ticket.compoundId).bind(ticket.id).bind(accountCompound).bind(account).bind(now).update();
    }

    static void unfollow(Tx tx, Shared ticket, UUID account) {
        tx.sql("delete from ticket_follower where compound_id = $1 and ticket_id = $2 and account_id = $3").bind(ticket.compoundId).bind(ticket.id)
                .bind(account).update();
    }

    static List<Follower> followers(Statements where, Ticket ticket) {
        return where.sql("select account_compound_id, account_id from ticket_follower where compound_id = $1 and ticket_id = $2")
                .bind(ticket.compoundId()).bind(ticket.id()).list(row -> new Follower(row.getUUID("account_compound_id"), row.getUUID("account_id")));
    }

    /** Its reporter and its followers follow the other. */
    static void moveFollowers(Tx tx, Ticket merged, Ticket into, OffsetDateTime now) {
        tx.sql("""
                insert into ticket_follower (compound_id, ticket_id, account_compound_id, account_id, followed_at)
                select $1::uuid, $3::uuid, account_compound_id, account_id, $6::timestamptz from ticket_follower where compound_id = $1 and ticket_id = $2
                union select $1::uuid, $3::uuid, $4::uuid, $5::uuid, $6::timestamptz
                on conflict do nothing""").bind(merged.compoundId()).bind(merged.id()).bind(into.id()).bind(merged.reporter().compoundId())
                .bind(merged.reporter().accountId()).bind(now).update();
    }

    /**
     * How something goes that another reported, without anything of theirs.
     *
     * @param category absent where it is not public: merging must not tell what another complained about
     */
    record Followed(UUID id, String number, @Nullable TicketCategory category, TicketState state, OffsetDateTime dueAt, @Nullable OffsetDateTime doneAt,
                    @Nullable UUID mergedInto, List<Stage> stages) {
    }

    /** A state that something came to, and when. */
    record Stage(UUID ticketId, TicketState state, OffsetDateTime at) {
    }

    /** What somebody follows, because they wanted it or because what they reported was merged into it; the newest first. */
    static List<Followed> followed(Statements where, UUID[] compounds, UUID account, int limit) {
        var stages = where.sql("""
                select e.ticket_id, e.to_state, e.event_at
                from ticket_follower f join ticket_event e on e.compound_id = f.compound_id and e.ticket_id = f.ticket_id
                where f.compound_id = any($1) and f.account_id = $2 and e.to_state <> coalesce(e.from_state, '') and e.event <> 'SUBMIT' and not e.internal
                order by e.ticket_id, e.number""").bind(compounds).bind(account)
                .list(row -> new Stage(row.getUUID("ticket_id"), TicketState.valueOf(row.getString("to_state")), row.getOffsetDateTime("event_at"))).stream()
                .collect(Collectors.groupingBy(Stage::ticketId));
        return where.sql("""
                select t.id, t.number, case when t.area = 'PUBLIC' and t.kind = 'REPAIR' then t.category end as category, t.state, t.done_due_at, t.done_at,
                    t.merged_into
                from ticket_follower f join ticket t on t.compound_id = f.compound_id and t.id = f.ticket_id
                where f.compound_id = any($1) and f.account_id = $2 order by f.followed_at desc, t.id desc limit $3""")
                .bind(compounds).bind(account).bind(limit).list(row -> followed(row, stages));
    }

    private static Followed followed(Row row, Map<UUID, List<Stage>> stages) {
        var category = row.getString("category");
        return new Followed(row.getUUID("id"), row.getString("number"), category == null ? null : TicketCategory.valueOf(category),
                TicketState.valueOf(row.getString("state")), row.getOffsetDateTime("done_due_at"), row.getOffsetDateTime("done_at"),
                row.getUUID("merged_into"), stages.getOrDefault(row.getUUID("id"), List.of()));
    }

    private static Shared shared(Row row) {
        return new Shared(row.getUUID("id"), row.getUUID("compound_id"), row.getString("number"), TicketCategory.valueOf(row.getString("category")),
                row.getString("place_text"), row.getString("building"), TicketState.valueOf(row.getString("state")),
                row.getOffsetDateTime("submitted_at"), row.getOffsetDateTime("done_due_at"), row.getOffsetDateTime("done_at"),
                row.getInteger("followers"), row.getBoolean("following"), row.getBoolean("own"));
    }
}
