package gatehouse.outing;

import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of passes. */
final class OutingStore {
    private OutingStore() {
    }

    /** Somebody who may go out: where they live and what the registry knows of them. */
    record Subject(UUID compoundId, UUID residentId, String name, UUID householdId, String household, UUID buildingId,
                   @Nullable LocalDate bornOn, @Nullable UUID buyer, boolean placeSealed) {
    }

    /** A supplies outing of a household; {@code place}: which of its day's, from 1. */
    record HomeOuting(UUID householdId, UUID passId, UUID residentId, LocalDate date, int place) {
    }

    /** The days of its household's quota that a supplies outing takes. */
    record Claim(UUID compoundId, UUID householdId, UUID passId, LocalDate from, int days, int place) {
    }

    /** A pass with the names that a reader wants beside it. */
    record NamedPass(OutingPass pass, String residentName, String household, @Nullable String gate, @Nullable LocalDate bornOn) {
    }

    /** An event in a pass's history; {@code by} null where it was the rule's or the clock's. */
    record Entry(UUID compoundId, UUID passId, int version, PassEvent event, @Nullable PassState from, PassState to, @Nullable String reason,
                 OffsetDateTime at, @Nullable By by) {
    }

    record By(UUID compoundId, UUID accountId) {
    }

    record NamedEntry(Entry entry, @Nullable String byName) {
    }

    /** A request as it was judged. */
    record Judged(UUID compoundId, UUID id, UUID residentId, PassKind kind, OffsetDateTime requestedAt, String outcome, String facts) {
    }

    /** What passes' facts ask of the certificates: the place in the list, and when staff approved one like it. */
    record Seen(int place, OffsetDateTime at) {
    }

    /** The residents of a list who live in those compounds, in any order. */
    static List<Subject> subjects(Statements where, List<UUID> compounds, List<UUID> residents) {
        return where.sql("""
                select distinct r.compound_id, r.id, r.name, r.household_id, h.label, r.building_id, r.born_on, b.resident_id as buyer,
                    exists (select 1 from control_level l where l.compound_id = r.compound_id
                            and l.place_id in (h.building_id, h.unit_id) and l.level = 'SEALED') as place_sealed
                from unnest($1::uuid[], $2::uuid[]) as w (compound_id, resident_id)
                join resident r on r.compound_id = w.compound_id and r.id = w.resident_id and r.moved_out_at is null
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                left join outing_buyer b on b.compound_id = h.compound_id and b.household_id = h.id""")
                .bind(compounds.toArray(UUID[]::new)).bind(residents.toArray(UUID[]::new))
                .list(row -> new Subject(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name"), row.getUUID("household_id"),
                        row.getString("label"), row.getUUID("building_id"), row.getLocalDate("born_on"), row.getUUID("buyer"),
                        row.getBoolean("place_sealed")));
    }

    /** Lets only one list at a time count the outings of these households. */
    static void lockHouseholds(Tx tx, List<Subject> subjects) {
        tx.sql("""
                select 1 from household where (compound_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
                order by compound_id, id for no key update""")
                .bind(column(subjects, Subject::compoundId, UUID[]::new)).bind(column(subjects, Subject::householdId, UUID[]::new)).exists();
    }

    /** The supplies outings of these households, planned or done, between two days; what was not used by {@code now} is none. */
    static List<HomeOuting> supplies(Statements where, Collection<Subject> subjects, LocalDate from, LocalDate to, OffsetDateTime now) {
        var homes = List.copyOf(subjects);
        return where.sql("""
                select household_id, id, resident_id, outing_date, coalesce((select min(q.place) from outing_quota_day q
                    where q.compound_id = p.compound_id and q.household_id = p.household_id and q.quota_date = p.outing_date and q.pass_id = p.id), 1) as place
                from outing_pass p
                where (compound_id, household_id) in (select * from unnest($1::uuid[], $2::uuid[])) and outing_date between $3 and $4
                  and kind = 'SUPPLIES' and (state in ('OUT', 'RETURNED', 'OVERDUE') or state in ('PENDING', 'APPROVED') and leave_by >= $5)
                order by outing_date, id""")
                .bind(column(homes, Subject::compoundId, UUID[]::new)).bind(column(homes, Subject::householdId, UUID[]::new)).bind(from).bind(to).bind(now)
                .list(row -> new HomeOuting(row.getUUID("household_id"), row.getUUID("id"), row.getUUID("resident_id"), row.getLocalDate("outing_date"),
                        row.getInteger("place")));
    }

    /**
     * Takes days of households' quotas, after giving back those of outings that do not count any more: not used by {@code now}, ended
     * otherwise, or of a policy with longer distances. False where somebody else took one.
     */
    static boolean claim(Tx tx, List<Claim> claims, OffsetDateTime now) {
        if (claims.isEmpty()) {
            return true;
        }
        tx.sql("""
                delete from outing_quota_day q
                using unnest($1::uuid[], $2::uuid[], $3::integer[]) as w (compound_id, household_id, days), outing_pass p
                where q.compound_id = w.compound_id and q.household_id = w.household_id and p.compound_id = q.compound_id and p.id = q.pass_id
                  and (p.state in ('REJECTED', 'CANCELLED', 'EXPIRED') or p.state in ('PENDING', 'APPROVED') and p.leave_by < $4
                       or q.quota_date >= p.outing_date + w.days)""")
                .bind(column(claims, Claim::compoundId, UUID[]::new)).bind(column(claims, Claim::householdId, UUID[]::new))
                .bind(column(claims, Claim::days, Integer[]::new)).bind(now).update();
        return tx.sql("""
                insert into outing_quota_day (compound_id, household_id, quota_date, place, pass_id)
                select c.compound_id, c.household_id, c.first_date + n, c.place, c.pass_id
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::integer[], $6::integer[])
                    as c (compound_id, household_id, pass_id, first_date, days, place), generate_series(0, c.days - 1) n
                order by 1, 2, 3, 4
                on conflict do nothing""")
                .bind(column(claims, Claim::compoundId, UUID[]::new)).bind(column(claims, Claim::householdId, UUID[]::new))
                .bind(column(claims, Claim::passId, UUID[]::new)).bind(column(claims, Claim::from, LocalDate[]::new))
                .bind(column(claims, Claim::days, Integer[]::new)).bind(column(claims, Claim::place, Integer[]::new))
                .update() == claims.stream().mapToInt(Claim::days).sum();
    }

    static int sweepQuota(Tx tx, LocalDate before) {
        return tx.sql("delete from outing_quota_day where quota_date < $1").bind(before).update();
    }

    /** When staff last approved an outing of that resident and kind with that certificate; places are those of the lists. */
    static List<Seen> documentsSeen(Statements where, List<UUID> compounds, List<UUID> residents, List<PassKind> kinds, List<String> documents) {
        return documents.isEmpty() ? List.of() : where.sql("""
                select w.place, max(p.decided_at) as seen_at
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) with ordinality as w (compound_id, resident_id, kind, document, place)
                join outing_pass p on p.compound_id = w.compound_id and p.resident_id = w.resident_id and p.kind = w.kind
                    and p.document = w.document and p.decided_by = 'STAFF' and p.decided_at is not null and p.state <> 'REJECTED'
                group by w.place""")
                .bind(compounds.toArray(UUID[]::new)).bind(residents.toArray(UUID[]::new)).bind(column(kinds, Enum::name, String[]::new))
                .bind(documents.toArray(String[]::new))
                .list(row -> new Seen(row.getLong("place").intValue() - 1, row.getOffsetDateTime("seen_at")));
    }

    /** The compound of a resident within the scope; for the event loop. */
    static Future<Optional<UUID>> compoundOf(Database database, Scope scope, UUID residentId) {
        return database.sql("""
                select r.compound_id from resident r
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where r.id = $5 and r.compound_id = any($1) and r.moved_out_at is null and""" + Scope.SEES_HOUSEHOLD)
                .within(scope).bind(residentId).execute()
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next().getUUID("compound_id")));
    }

    static void insertPasses(Tx tx, List<OutingPass> passes) {
        if (passes.isEmpty()) {
            return;
        }
        Sql sql = tx.sql("""
                insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, gate_id, slot_starts_at,
                    outing_date, valid_from, leave_by, valid_until, purpose, document, vehicle_plate, colour, requested_at, decided_by,
                    decided_at, code_number, version)
                select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[],
                    $9::timestamptz[], $10::date[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[],
                    $16::text[], $17::text[], $18::timestamptz[], $19::text[], $20::timestamptz[], $21::bigint[], $22::integer[])""")
                .bind(column(passes, OutingPass::compoundId, UUID[]::new)).bind(column(passes, OutingPass::id, UUID[]::new))
                .bind(column(passes, OutingPass::householdId, UUID[]::new)).bind(column(passes, OutingPass::buildingId, UUID[]::new))
                .bind(column(passes, OutingPass::residentId, UUID[]::new)).bind(column(passes, pass -> pass.kind().name(), String[]::new))
                .bind(column(passes, pass -> pass.state().name(), String[]::new))
                .bind(column(passes, pass -> pass.slot() == null ? null : pass.slot().gateId(), UUID[]::new))
                .bind(column(passes, pass -> pass.slot() == null ? null : pass.slot().startsAt(), OffsetDateTime[]::new));
        sql.bind(column(passes, OutingPass::outingDate, LocalDate[]::new))
                .bind(column(passes, pass -> pass.window().validFrom(), OffsetDateTime[]::new))
                .bind(column(passes, pass -> pass.window().leaveBy(), OffsetDateTime[]::new))
                .bind(column(passes, pass -> pass.window().validUntil(), OffsetDateTime[]::new))
                .bind(column(passes, OutingPass::purpose, String[]::new)).bind(column(passes, OutingPass::document, String[]::new))
                .bind(column(passes, OutingPass::vehiclePlate, String[]::new)).bind(column(passes, pass -> pass.colour().name(), String[]::new))
                .bind(column(passes, OutingPass::requestedAt, OffsetDateTime[]::new))
                .bind(column(passes, pass -> pass.decidedBy().name(), String[]::new))
                .bind(column(passes, OutingPass::decidedAt, OffsetDateTime[]::new))
                .bind(column(passes, OutingPass::codeNumber, Long[]::new)).bind(column(passes, OutingPass::version, Integer[]::new))
                .update();
    }

    static void append(Tx tx, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        tx.sql("""
                insert into outing_pass_event (compound_id, pass_id, version, event, from_state, to_state, reason, event_at, by_compound_id,
                    by_account_id)
                select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[],
                    $8::timestamptz[], $9::uuid[], $10::uuid[])""")
                .bind(column(entries, Entry::compoundId, UUID[]::new)).bind(column(entries, Entry::passId, UUID[]::new))
                .bind(column(entries, Entry::version, Integer[]::new)).bind(column(entries, entry -> entry.event.name(), String[]::new))
                .bind(column(entries, entry -> entry.from == null ? null : entry.from.name(), String[]::new))
                .bind(column(entries, entry -> entry.to.name(), String[]::new)).bind(column(entries, Entry::reason, String[]::new))
                .bind(column(entries, Entry::at, OffsetDateTime[]::new))
                .bind(column(entries, entry -> entry.by == null ? null : entry.by.compoundId, UUID[]::new))
                .bind(column(entries, entry -> entry.by == null ? null : entry.by.accountId, UUID[]::new))
                .update();
    }

    static void keepRequests(Tx tx, List<Judged> requests) {
        if (requests.isEmpty()) {
            return;
        }
        tx.sql("""
                insert into outing_request (compound_id, id, resident_id, kind, requested_at, outcome, facts)
                select compound_id, id, resident_id, kind, requested_at, outcome, facts::jsonb
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[])
                    as r (compound_id, id, resident_id, kind, requested_at, outcome, facts)""")
                .bind(column(requests, Judged::compoundId, UUID[]::new)).bind(column(requests, Judged::id, UUID[]::new))
                .bind(column(requests, Judged::residentId, UUID[]::new)).bind(column(requests, each -> each.kind.name(), String[]::new))
                .bind(column(requests, Judged::requestedAt, OffsetDateTime[]::new)).bind(column(requests, Judged::outcome, String[]::new))
                .bind(column(requests, Judged::facts, String[]::new))
                .update();
    }

    /** The requests of a compound since then, oldest first, at most so many: what a policy that is thought of is tried on. */
    static List<Judged> requests(Statements where, UUID compound, OffsetDateTime since, int limit) {
        return where.sql("""
                select compound_id, id, resident_id, kind, requested_at, outcome, facts::text as facts from outing_request
                where compound_id = $1 and requested_at >= $2 order by requested_at, id limit $3""")
                .bind(compound).bind(since).bind(limit)
                .list(row -> new Judged(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("resident_id"),
                        PassKind.valueOf(row.getString("kind")), row.getOffsetDateTime("requested_at"), row.getString("outcome"),
                        row.getString("facts")));
    }

    private static final String PASS = """
            select p.*, r.name as resident_name, r.born_on, h.label, g.name as gate
            from outing_pass p
            join resident r on r.compound_id = p.compound_id and r.id = p.resident_id
            join household h on h.compound_id = p.compound_id and h.id = p.household_id
            left join gate g on g.compound_id = p.compound_id and g.id = p.gate_id
            """;

    /** What a list shows; absent conditions let everything through. {@code now}: states are those of this moment. */
    record Filter(@Nullable PassState state, @Nullable LocalDate date, @Nullable UUID residentId, OffsetDateTime now) {
    }

    /** Passes within the scope, the newest request first. */
    static List<NamedPass> passes(Statements where, Scope scope, Filter filter, Page.Request page, @Nullable UUID before) {
        return where.sql(PASS + "where" + Scope.SEES_RESIDENT + """
                  and ($5::text is null or $5 = case when p.state in ('PENDING', 'APPROVED') and p.leave_by < $8 then 'EXPIRED'
                                                     when p.state = 'OUT' and p.valid_until < $8 then 'OVERDUE' else p.state end)
                  and ($6::date is null or p.outing_date = $6) and ($7::uuid is null or p.resident_id = $7)
                  and ($9::uuid is null or p.id < $9)
                order by p.id desc limit $10""")
                .within(scope).bind(filter.state == null ? null : filter.state.name()).bind(filter.date).bind(filter.residentId).bind(filter.now)
                .bind(before).bind(page.rows())
                .list(OutingStore::named);
    }

    /** Requests of a building that wait for staff; {@code since}: when the oldest was made. */
    record Pending(UUID buildingId, int passes, Optional<OffsetDateTime> since) {
    }

    /** Every building in reach; what was asked by the end of that day, waits still and is not past. */
    static List<Pending> pending(Statements where, Scope scope, LocalDate date, OffsetDateTime now) {
        return where.sql("""
                select b.id, count(p.id)::int as passes, min(p.requested_at) as since
                from building b
                left join outing_pass p on p.compound_id = b.compound_id and p.building_id = b.id and p.state = 'PENDING'
                    and p.leave_by >= $5 and p.requested_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by b.id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date).bind(now)
                .list(row -> new Pending(row.getUUID("id"), row.getInteger("passes"), Optional.ofNullable(row.getOffsetDateTime("since"))));
    }

    static Optional<NamedPass> pass(Statements where, Scope scope, UUID id) {
        return where.sql(PASS + "where p.id = $5 and" + Scope.SEES_RESIDENT).within(scope).bind(id).first(OutingStore::named);
    }

    /** The pass, held until the transaction ends. */
    static Optional<NamedPass> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(PASS + "where p.id = $5 and" + Scope.SEES_RESIDENT + "for update of p").within(scope).bind(id).first(OutingStore::named);
    }

    /** The history of passes, oldest first. */
    static List<NamedEntry> entries(Statements where, UUID compound, UUID passId) {
        return where.sql("""
                select e.*, a.name as by_name from outing_pass_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id
                where e.compound_id = $1 and e.pass_id = $2 order by e.version""")
                .bind(compound).bind(passId).list(OutingStore::entry);
    }

    /** Writes what an event changed; false where somebody was faster. */
    static boolean move(Tx tx, OutingPass before, OutingPass after) {
        return tx.sql("""
                update outing_pass set state = $4, valid_from = $5, leave_by = $6, valid_until = $7, decided_at = $8, decision_reason = $9,
                    card_serial = $10, version = $11
                where compound_id = $1 and id = $2 and version = $3""")
                .bind(before.compoundId()).bind(before.id()).bind(before.version()).bind(after.state().name())
                .bind(after.window().validFrom()).bind(after.window().leaveBy()).bind(after.window().validUntil())
                .bind(after.decidedAt()).bind(after.reason()).bind(after.cardSerial()).bind(after.version())
                .update() == 1;
    }

    private static final String MARKED = """
            , marked as (
                update outing_pass p set state = '%1$s', version = p.version + 1 from due
                where p.compound_id = due.compound_id and p.id = due.id
                returning p.compound_id, p.id, p.version, due.state)
            insert into outing_pass_event (compound_id, pass_id, version, event, from_state, to_state, event_at)
            select compound_id, id, version, '%2$s', state, '%1$s', $1 from marked returning compound_id""";

    /** Writes down that passes were not used in time; answers the compound of each. */
    static List<UUID> expire(Tx tx, OffsetDateTime now, int limit) {
        return tx.sql("""
                with due as (
                    select compound_id, id, state from outing_pass where state in ('PENDING', 'APPROVED') and leave_by < $1
                    order by leave_by limit $2 for update skip locked)""" + MARKED.formatted("EXPIRED", "EXPIRE"))
                .bind(now).bind(limit).list(row -> row.getUUID("compound_id"));
    }

    /** Writes down that people are not back in time; answers the compound of each. */
    static List<UUID> overdue(Tx tx, OffsetDateTime now, int limit) {
        return tx.sql("""
                with due as (
                    select compound_id, id, state from outing_pass where state = 'OUT' and valid_until < $1
                    order by valid_until limit $2 for update skip locked)""" + MARKED.formatted("OVERDUE", "MISS"))
                .bind(now).bind(limit).list(row -> row.getUUID("compound_id"));
    }

    /** A pass whose slot was closed after it was asked for: at which gate, why, when and by whom. */
    record Closed(OutingPass pass, String gate, @Nullable String reason, OffsetDateTime closedAt, By by) {
    }

    /** Passes that nobody has used, of slots that were closed, held until the transaction ends. */
    static List<Closed> closed(Tx tx, OffsetDateTime now, int limit) {
        return tx.sql("""
                select p.*, g.name as gate, d.reason as closed_reason, d.changed_at as closed_at,
                    d.changed_by_compound_id, d.changed_by
                from outing_slot s
                join outing_gate_day d on d.compound_id = s.compound_id and d.gate_id = s.gate_id and d.slot_date = s.slot_date
                join gate g on g.compound_id = s.compound_id and g.id = s.gate_id
                join outing_pass p on p.compound_id = s.compound_id and p.outing_date = s.slot_date and p.gate_id = s.gate_id
                    and p.slot_starts_at = s.starts_at
                where s.closed and s.ends_at > $1 and p.state in ('PENDING', 'APPROVED') and p.leave_by >= $1
                order by p.compound_id, p.gate_id, p.slot_starts_at, p.id limit $2 for update of p""")
                .bind(now).bind(limit)
                .list(row -> new Closed(pass(row), row.getString("gate"), row.getString("closed_reason"), row.getOffsetDateTime("closed_at"),
                        new By(row.getUUID("changed_by_compound_id"), row.getUUID("changed_by"))));
    }

    /** Passes of these people of a compound that nobody has used and that are not past, held until the transaction ends. */
    static List<OutingPass> unused(Tx tx, UUID compound, List<UUID> residents, OffsetDateTime now) {
        return tx.sql("""
                select * from outing_pass
                where compound_id = $1 and resident_id = any($2) and outing_date >= $4 and state in ('PENDING', 'APPROVED') and leave_by >= $3
                order by gate_id, slot_starts_at, id for update""")
                .bind(compound).bind(residents.toArray(UUID[]::new)).bind(now).bind(now.toLocalDate().minusDays(1)).list(OutingStore::pass);
    }

    /** Those who leave a household are not who goes shopping for it. */
    static void dropBuyers(Tx tx, UUID compound, List<UUID> households, List<UUID> residents) {
        tx.sql("""
                delete from outing_buyer where compound_id = $1
                    and (household_id, resident_id) in (select * from unnest($2::uuid[], $3::uuid[]))""")
                .bind(compound).bind(households.toArray(UUID[]::new)).bind(residents.toArray(UUID[]::new)).update();
    }

    /** Forgets requests that no preview looks back to. */
    static int sweepRequests(Tx tx, OffsetDateTime before) {
        return tx.sql("delete from outing_request where requested_at < $1").bind(before).update();
    }

    /** Names who goes shopping for a household; null names nobody. */
    static void nameBuyer(Tx tx, UUID compound, UUID household, @Nullable UUID resident, UUID account, OffsetDateTime now) {
        if (resident == null) {
            tx.sql("delete from outing_buyer where compound_id = $1 and household_id = $2").bind(compound).bind(household).update();
            return;
        }
        tx.sql("""
                insert into outing_buyer (compound_id, household_id, resident_id, named_at, named_by) values ($1, $2, $3, $4, $5)
                on conflict (compound_id, household_id) do update
                set resident_id = excluded.resident_id, named_at = excluded.named_at, named_by = excluded.named_by""")
                .bind(compound).bind(household).bind(resident).bind(now).bind(account).update();
    }

    static Optional<UUID> buyer(Statements where, UUID compound, UUID household) {
        return where.sql("select resident_id from outing_buyer where compound_id = $1 and household_id = $2").bind(compound).bind(household)
                .first(row -> row.getUUID("resident_id"));
    }

    private static NamedPass named(Row row) {
        return new NamedPass(pass(row), row.getString("resident_name"), row.getString("label"), row.getString("gate"), row.getLocalDate("born_on"));
    }

    private static OutingPass pass(Row row) {
        return new OutingPass(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getUUID("resident_id"), PassKind.valueOf(row.getString("kind")), PassState.valueOf(row.getString("state")),
                row.getUUID("gate_id") == null ? null : SlotStore.key(row), row.getLocalDate("outing_date"),
                new PassWindow(row.getOffsetDateTime("valid_from"), row.getOffsetDateTime("leave_by"), row.getOffsetDateTime("valid_until")),
                row.getString("purpose"), row.getString("document"), row.getString("vehicle_plate"), PassColour.valueOf(row.getString("colour")),
                row.getOffsetDateTime("requested_at"), DecidedBy.valueOf(row.getString("decided_by")), row.getOffsetDateTime("decided_at"),
                row.getString("decision_reason"), row.getLong("code_number"), row.getInteger("card_serial"), row.getInteger("version"));
    }

    private static NamedEntry entry(Row row) {
        var account = row.getUUID("by_account_id");
        return new NamedEntry(new Entry(row.getUUID("compound_id"), row.getUUID("pass_id"), row.getInteger("version"),
                PassEvent.valueOf(row.getString("event")), Stream.ofNullable(row.getString("from_state")).map(PassState::valueOf).findFirst().orElse(null),
                PassState.valueOf(row.getString("to_state")), row.getString("reason"), row.getOffsetDateTime("event_at"),
                account == null ? null : new By(row.getUUID("by_compound_id"), account)), row.getString("by_name"));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
