package gatehouse.ticket;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Page;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.ticket.Ticket.Assignee;
import gatehouse.ticket.Ticket.Clocks;
import gatehouse.ticket.Ticket.Course;
import gatehouse.ticket.Ticket.Opinion;
import gatehouse.ticket.Ticket.Place;
import gatehouse.ticket.Ticket.Reporter;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of tickets. */
final class TicketStore {
    /** Over {@code ticket t}, its {@code household h} and the parameters $1–$6 that {@link #within} binds. Nobody sees what is forgotten: it is numbers only. */
    static final String SEES = """
             t.forgotten_at is null and t.compound_id = any($1) and (t.compound_id = any($2) or (t.compound_id = any($3) and not t.office_only)
                or (t.compound_id = any($4) and (t.assignee_account_id = $6 or (t.state = 'ACCEPTED' and not t.office_only)))
                or (t.household_id = any($5) and not t.anonymous and t.submitted_at >= h.inhabited_since) or t.reporter_account_id = $6)
            """;

    /** The same of somebody who sees nothing but their household's: so said, the indexes of households and reporters answer it, however old the compound is. */
    private static final String SEES_HOME = """
             t.forgotten_at is null and t.compound_id = any($1) and cardinality($2::uuid[]) + cardinality($3::uuid[]) + cardinality($4::uuid[]) = 0
                and (t.household_id = any($5) and not t.anonymous and t.submitted_at >= h.inhabited_since or t.reporter_account_id = $6)
            """;

    static final String TICKETS = """
            select t.*, b.number as building, h.label as household, r.name as reporter_name, r.phone_masked as reporter_phone, a.name as assignee,
                (select count(*)::int from ticket_follower f where f.compound_id = t.compound_id and f.ticket_id = t.id) as followers,
                exists (select 1 from control_level l where l.compound_id = t.compound_id and l.level <> 'NORMAL'
                    and (l.place_id = t.building_id or t.area = 'HOME' and l.place_id = h.unit_id)) as place_controlled
            from ticket t
            left join building b on b.compound_id = t.compound_id and b.id = t.building_id
            left join household h on h.compound_id = t.compound_id and h.id = t.household_id
            left join resident r on r.compound_id = t.compound_id and r.id = t.reporter_resident_id
            left join account a on a.compound_id = t.assignee_compound_id and a.id = t.assignee_account_id
            where""";

    private TicketStore() {
    }

    /** Who did something: an account, or the clock. */
    record Author(TicketActor actor, @Nullable UUID compoundId, @Nullable UUID accountId) {
        static final Author CLOCK = new Author(TicketActor.CLOCK, null, null);
    }

    /** What is written into a trail besides what happened; everything may be absent. */
    record Words(@Nullable String note, boolean internal, @Nullable TrailReason reason, @Nullable OffsetDateTime until, @Nullable Integer rating,
                 @Nullable Assignee assignee) {
        static final Words NONE = new Words(null, false, null, null, null, null);

        static Words of(@Nullable String note) {
            return new Words(note, false, null, null, null, null);
        }

        static Words of(TrailReason reason) {
            return new Words(null, false, reason, null, null, null);
        }

        static Words of(TrailReason reason, @Nullable OffsetDateTime until) {
            return new Words(null, false, reason, until, null, null);
        }
    }

    /** One line of a trail. */
    record Entry(int number, TrailEvent event, @Nullable TicketState from, @Nullable TicketState to, OffsetDateTime at, TicketActor actor,
                 @Nullable String byName, Words words) {
    }

    /** Absent conditions let everything through; {@code assignee} of nobody: {@code unassigned}. */
    record Filter(@Nullable TicketKind kind, @Nullable TicketState state, @Nullable UUID assignee, boolean unassigned, boolean breached, boolean open,
                  @Nullable String building) {
    }

    static Sql within(Sql sql, TicketSight sight) {
        return sql.bind(sight.compounds()).bind(sight.office()).bind(sight.desk()).bind(sight.workshop()).bind(sight.households())
                .bind(sight.accountId());
    }

    /** The next number of that day, held until the transaction ends. */
    static int nextNumber(Tx tx, UUID compound, String prefix, LocalDate day) {
        return tx.sql("""
                insert into ticket_number as n (compound_id, prefix, day, last) values ($1, $2, $3, 1)
                on conflict (compound_id, prefix, day) do update set last = n.last + 1
                returning last""").bind(compound).bind(prefix).bind(day).only(row -> row.getInteger("last"));
    }

    static void insert(Tx tx, Ticket ticket) {
        var place = ticket.place();
        var reporter = ticket.reporter();
        var clocks = ticket.clocks();
        tx.sql("""
                insert into ticket (compound_id, id, number, kind, category, level, urgency, area, place_text, building_id, description, contact_at,
                    household_id, reporter_compound_id, reporter_account_id, reporter_resident_id, anonymous, serious, office_only, state,
                    submitted_at, submitted_date, clock_started_at, on_site_due_at, done_due_at, policy_version, calendar_version, consent)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $21, $23, $24, $25, $26, $27)""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.number()).bind(ticket.category().kind().name())
                .bind(ticket.category().name()).bind(ticket.level().name()).bind(ticket.urgency().name()).bind(place.area().name()).bind(place.text())
                .bind(place.buildingId()).bind(ticket.description()).bind(ticket.contactAt()).bind(reporter.householdId()).bind(reporter.compoundId())
                .bind(reporter.accountId()).bind(reporter.residentId()).bind(reporter.anonymous()).bind(ticket.category().isSerious())
                .bind(ticket.officeOnly()).bind(ticket.state().name()).bind(ticket.course().submittedAt())
                .bind(ticket.course().submittedAt().toLocalDate()).bind(clocks.onSiteDueAt()).bind(clocks.doneDueAt()).bind(clocks.policyVersion())
                .bind(clocks.calendarVersion()).bind(ticket.consent().name())
                .update();
    }

    /** The caller holds the ticket, so that numbers follow each other. */
    static void append(Tx tx, Ticket ticket, TrailEvent event, @Nullable TicketState to, OffsetDateTime at, Author by, Words words) {
        tx.sql("""
                insert into ticket_event (compound_id, ticket_id, number, event, from_state, to_state, actor, event_at, by_compound_id, by_account_id,
                    note, internal, reason, until_at, rating, assignee_compound_id, assignee_account_id)
                select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
                from ticket_event where compound_id = $1 and ticket_id = $2""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(event.name()).bind(event == TrailEvent.SUBMIT ? null : ticket.state().name())
                .bind(to == null ? null : to.name()).bind(by.actor.name()).bind(at).bind(by.compoundId).bind(by.accountId)
                .bind(words.note).bind(words.internal).bind(words.reason == null ? null : words.reason.name()).bind(words.until)
                .bind(words.rating == null ? null : words.rating.shortValue()).bind(words.assignee == null ? null : words.assignee.compoundId())
                .bind(words.assignee == null ? null : words.assignee.accountId())
                .update();
    }

    static Optional<Ticket> find(Statements where, TicketSight sight, UUID id) {
        return within(where.sql(TICKETS + SEES + "and t.id = $7"), sight).bind(id).first(TicketStore::ticket);
    }

    /** The ticket, held until the transaction ends. */
    static Optional<Ticket> lock(Tx tx, TicketSight sight, UUID id) {
        return within(tx.sql(TICKETS + SEES + "and t.id = $7 for no key update of t"), sight).bind(id).first(TicketStore::ticket);
    }

    static Optional<Ticket> lockByNumber(Tx tx, TicketSight sight, UUID compound, String number) {
        return within(tx.sql(TICKETS + SEES + "and t.compound_id = $7 and t.number = $8 for no key update of t"), sight).bind(compound).bind(number)
                .first(TicketStore::ticket);
    }

    /** Newest first. */
    static List<Ticket> list(Statements where, TicketSight sight, Filter filter, Page.Request page, @Nullable UUID before) {
        return within(where.sql(TICKETS + (sight.isHome() ? SEES_HOME : SEES) + """
                  and ($7::text is null or t.kind = $7) and ($8::text is null or t.state = $8) and ($9::uuid is null or t.assignee_account_id = $9)
                  and (not $10 or t.assignee_account_id is null) and (not $11 or t.breached_at is not null)
                  and (not $12 or t.state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED'))
                  and ($13::text is null or b.number = $13) and ($14::uuid is null or t.id < $14)
                order by t.id desc limit $15"""), sight)
                .bind(filter.kind == null ? null : filter.kind.name()).bind(filter.state == null ? null : filter.state.name()).bind(filter.assignee)
                .bind(filter.unassigned).bind(filter.breached).bind(filter.open).bind(filter.building).bind(before).bind(page.rows())
                .list(TicketStore::ticket);
    }

    static List<Entry> trail(Statements where, Ticket ticket) {
        return where.sql("""
                select e.*, a.name as by_name, w.name as assignee
                from ticket_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id
                left join account w on w.compound_id = e.assignee_compound_id and w.id = e.assignee_account_id
                where e.compound_id = $1 and e.ticket_id = $2 order by e.number""")
                .bind(ticket.compoundId()).bind(ticket.id()).list(TicketStore::entry);
    }

    /** The building of a household within reach. */
    record Home(UUID compoundId, UUID householdId, UUID buildingId) {
    }

    static Optional<Home> home(Statements where, UUID[] compounds, UUID household) {
        return where.sql("select compound_id, id, building_id from household where compound_id = any($1) and id = $2").bind(compounds).bind(household)
                .first(row -> new Home(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("building_id")));
    }

    static Optional<UUID> building(Statements where, UUID compound, String number) {
        return where.sql("select id from building where compound_id = $1 and number = $2").bind(compound).bind(number).first(row -> row.getUUID("id"));
    }

    /** Whether that building, or the unit of that home in it, is at a stricter level than normal. */
    static boolean isControlled(Statements where, UUID compound, @Nullable UUID building, @Nullable UUID household) {
        return where.sql("""
                select 1 from control_level l
                where l.compound_id = $1 and l.level <> 'NORMAL'
                  and (l.place_id = $2 or l.place_id = (select unit_id from household where compound_id = $1 and id = $3))""")
                .bind(compound).bind(building).bind(household).exists();
    }

    /** Somebody who repairs in that compound. */
    static Optional<Assignee> repairman(Statements where, UUID compound, UUID account) {
        return where.sql("""
                select a.compound_id, a.id, a.name
                from account a
                join role_grant g on g.compound_id = a.compound_id and g.account_id = a.id and g.role = 'REPAIRMAN'
                join compound c on c.id = $1 join community m on m.id = c.community_id
                where a.id = $2 and a.disabled_at is null and (g.reach = 'EVERYTHING' or g.reach_id in (c.id, m.id, m.subdistrict_id))
                limit 1""").bind(compound).bind(account)
                .first(row -> new Assignee(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name")));
    }

    /** False where it no longer stands as the caller read it. */
    static boolean move(Tx tx, Ticket ticket, TicketState to, OffsetDateTime now) {
        return tx.sql("""
                update ticket set state = $4,
                    on_site_at = case when $4 in ('ON_SITE', 'DONE') then coalesce(on_site_at, $5) else on_site_at end,
                    done_at = case when $4 = 'DONE' then $5 else done_at end,
                    confirmed_at = case when $4 = 'CONFIRMED' then $5 else confirmed_at end,
                    closed_at = case when $4 in ('CLOSED', 'CANCELLED', 'MERGED') then coalesce(closed_at, $5) else closed_at end
                where compound_id = $1 and id = $2 and state = $3""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.state().name()).bind(to.name()).bind(now).update() == 1;
    }

    /** Gives it to somebody; false where it no longer stands, or is no longer assigned, as the caller read it: of several that take it, one gets it. */
    static boolean assign(Tx tx, Ticket ticket, TicketState to, Assignee assignee) {
        var before = ticket.assignee();
        return tx.sql("""
                update ticket set state = $4, assignee_compound_id = $5, assignee_account_id = $6
                where compound_id = $1 and id = $2 and state = $3 and assignee_account_id is not distinct from $7""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.state().name()).bind(to.name()).bind(assignee.compoundId())
                .bind(assignee.accountId()).bind(before == null ? null : before.accountId()).update() == 1;
    }

    static void unassign(Tx tx, Ticket ticket) {
        tx.sql("update ticket set assignee_compound_id = null, assignee_account_id = null where compound_id = $1 and id = $2")
                .bind(ticket.compoundId()).bind(ticket.id()).update();
    }

    static boolean pause(Tx tx, Ticket ticket, OffsetDateTime now, @Nullable OffsetDateTime until) {
        return tx.sql("update ticket set state = 'WAITING', paused_at = $4, resume_at = $5 where compound_id = $1 and id = $2 and state = $3")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.state().name()).bind(now).bind(until).update() == 1;
    }

    /** Ends the pause and keeps it, whatever comes after it. */
    static boolean resume(Tx tx, Ticket ticket, TicketState to, OffsetDateTime now) {
        tx.sql("""
                insert into ticket_pause (compound_id, ticket_id, paused_at, resumed_at)
                select compound_id, id, paused_at, $3 from ticket where compound_id = $1 and id = $2 and paused_at is not null and paused_at < $3""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(now).update();
        return tx.sql("""
                update ticket set state = $3, paused_at = null, resume_at = null,
                    closed_at = case when $3 in ('CANCELLED', 'MERGED') then $4 else closed_at end
                where compound_id = $1 and id = $2 and state = 'WAITING'""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(to.name()).bind(now).update() == 1;
    }

    static boolean merge(Tx tx, Ticket ticket, Ticket into, OffsetDateTime now) {
        return tx.sql("""
                update ticket set state = 'MERGED', merged_into = $4, closed_at = $5, paused_at = null, resume_at = null
                where compound_id = $1 and id = $2 and state = $3""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.state().name()).bind(into.id()).bind(now).update() == 1;
    }

    /** Its clocks begin anew. */
    static boolean reopen(Tx tx, Ticket ticket, OffsetDateTime now) {
        tx.sql("delete from ticket_pause where compound_id = $1 and ticket_id = $2").bind(ticket.compoundId()).bind(ticket.id()).update();
        return tx.sql("""
                update ticket set state = 'REOPENED', clock_started_at = $4, agreed_until = null, on_site_at = null, done_at = null, confirmed_at = null,
                    closed_at = null, rating = null, rating_words = null, rated_at = null, followed_up_at = null, follow_up_rating = null, escalates_at = null,
                    escalated_to = 0
                where compound_id = $1 and id = $2 and state = $3""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(ticket.state().name()).bind(now).update() == 1;
    }

    static void agree(Tx tx, Ticket ticket, OffsetDateTime until) {
        tx.sql("update ticket set agreed_until = $3 where compound_id = $1 and id = $2").bind(ticket.compoundId()).bind(ticket.id()).bind(until).update();
    }

    static void due(Tx tx, Ticket ticket, ClockPolicy.Due due, int policyVersion, int calendarVersion) {
        tx.sql("""
                update ticket set on_site_due_at = $3, done_due_at = $4, policy_version = $5, calendar_version = $6
                where compound_id = $1 and id = $2""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(due.onSite()).bind(due.done()).bind(policyVersion).bind(calendarVersion).update();
    }

    static List<ClockPolicy.Pause> pauses(Statements where, Ticket ticket) {
        return where.sql("select paused_at, resumed_at from ticket_pause where compound_id = $1 and ticket_id = $2 order by paused_at")
                .bind(ticket.compoundId()).bind(ticket.id())
                .list(row -> new ClockPolicy.Pause(time(row, "paused_at"), time(row, "resumed_at")));
    }

    /**
     * What it is from now on. What was agreed holds only for the level that it was agreed for; what turns out to be about staff is taken out of
     * the hands of whoever had it.
     */
    static void classify(Tx tx, Ticket ticket, TicketCategory category, Urgency urgency, Consent consent) {
        var level = category.levelFor(urgency);
        tx.sql("""
                update ticket set category = $3, level = $4, urgency = $5, serious = $6, office_only = $7, consent = $8,
                    agreed_until = case when $9 then agreed_until end,
                    state = case when $10 and state in ('ASSIGNED', 'ON_SITE') then 'ACCEPTED' else state end,
                    assignee_compound_id = case when $10 then null else assignee_compound_id end,
                    assignee_account_id = case when $10 then null else assignee_account_id end
                where compound_id = $1 and id = $2""")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(category.name()).bind(level.name()).bind(urgency.name()).bind(category.isSerious())
                .bind(category.isOfficeOnly()).bind(consent.name()).bind(level == ticket.level()).bind(category.isOfficeOnly() && !ticket.officeOnly())
                .update();
    }

    static void rate(Tx tx, Ticket ticket, int rating, @Nullable String words, OffsetDateTime now) {
        tx.sql("update ticket set rating = $3, rating_words = $4, rated_at = $5 where compound_id = $1 and id = $2")
                .bind(ticket.compoundId()).bind(ticket.id()).bind((short) rating).bind(words).bind(now).update();
    }

    static void followUp(Tx tx, Ticket ticket, @Nullable Integer rating, OffsetDateTime now) {
        tx.sql("update ticket set followed_up_at = $3, follow_up_rating = $4 where compound_id = $1 and id = $2")
                .bind(ticket.compoundId()).bind(ticket.id()).bind(now).bind(rating == null ? null : rating.shortValue()).update();
    }

    static void consent(Tx tx, Ticket ticket, Consent consent) {
        tx.sql("update ticket set consent = $3 where compound_id = $1 and id = $2").bind(ticket.compoundId()).bind(ticket.id()).bind(consent.name()).update();
    }

    private static Entry entry(Row row) {
        var from = row.getString("from_state");
        var to = row.getString("to_state");
        var reason = row.getString("reason");
        var rating = row.getShort("rating");
        var assignee = row.getString("assignee");
        return new Entry(row.getInteger("number"), TrailEvent.valueOf(row.getString("event")), from == null ? null : TicketState.valueOf(from),
                to == null ? null : TicketState.valueOf(to), time(row, "event_at"), TicketActor.valueOf(row.getString("actor")),
                row.getString("by_name"), new Words(row.getString("note"), row.getBoolean("internal"), reason == null ? null : TrailReason.valueOf(reason),
                time(row, "until_at"), rating == null ? null : rating.intValue(),
                assignee == null ? null : new Assignee(row.getUUID("assignee_compound_id"), row.getUUID("assignee_account_id"), assignee)));
    }

    /** As the compound's clocks show it: the policies ask for days. */
    static @Nullable OffsetDateTime time(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
    }

    static Ticket ticket(Row row) {
        return new Ticket(row.getUUID("compound_id"), row.getUUID("id"), row.getString("number"), TicketCategory.valueOf(row.getString("category")),
                ServiceLevel.valueOf(row.getString("level")), Urgency.valueOf(row.getString("urgency")),
                new Place(PlaceArea.valueOf(row.getString("area")), row.getString("place_text"), row.getUUID("building_id"), row.getString("building"),
                        row.getBoolean("place_controlled")),
                row.getString("description"), time(row, "contact_at"), reporter(row), row.getBoolean("office_only"),
                TicketState.valueOf(row.getString("state")), assignee(row), clocks(row), course(row), Consent.valueOf(row.getString("consent")),
                opinion(row), row.getUUID("merged_into"), row.getInteger("followers"));
    }

    private static Reporter reporter(Row row) {
        return new Reporter(row.getUUID("reporter_compound_id"), row.getUUID("reporter_account_id"), row.getUUID("household_id"),
                row.getUUID("reporter_resident_id"), row.getBoolean("anonymous"), row.getString("household"), row.getString("reporter_name"),
                row.getString("reporter_phone"));
    }

    private static @Nullable Assignee assignee(Row row) {
        var account = row.getUUID("assignee_account_id");
        var name = row.getString("assignee");
        return account == null ? null : new Assignee(row.getUUID("assignee_compound_id"), account, name == null ? "" : name);
    }

    private static Clocks clocks(Row row) {
        return new Clocks(time(row, "clock_started_at"), time(row, "agreed_until"), time(row, "on_site_due_at"),
                time(row, "done_due_at"), time(row, "paused_at"), time(row, "resume_at"),
                row.getInteger("policy_version"), row.getInteger("calendar_version"));
    }

    private static Course course(Row row) {
        var breach = row.getString("breach");
        return new Course(time(row, "submitted_at"), time(row, "on_site_at"), time(row, "done_at"),
                time(row, "confirmed_at"), time(row, "closed_at"), time(row, "breached_at"),
                breach == null ? null : Breach.valueOf(breach), row.getShort("escalated_to"), time(row, "escalates_at"));
    }

    private static Opinion opinion(Row row) {
        var rating = row.getShort("rating");
        var followUp = row.getShort("follow_up_rating");
        return new Opinion(rating == null ? null : rating.intValue(), row.getString("rating_words"), time(row, "followed_up_at"),
                followUp == null ? null : followUp.intValue());
    }
}
