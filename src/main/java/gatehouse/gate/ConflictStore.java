package gatehouse.gate;

import gatehouse.gate.Conflict.Finding;
import gatehouse.gate.Conflict.Passage;
import gatehouse.gate.Conflict.Review;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Movements with conflicts, of residents and of visitors, and what the office found out about them. */
final class ConflictStore {
    /** Of whole compounds only: what is in it is for the office. */
    private static final String CONFLICTS = """
            select x.*, g.name as gate, h.label as household, a.name as guard, r.finding, r.note, r.reviewed_at, b.name as reviewer
            from (
                select s.compound_id, s.nonce as id, 'PASS' as kind, s.scanned_at as at, s.received_at, s.offline, s.gate_id, s.direction,
                    s.conflict, s.household_id, p.kind as pass_kind, n.name, s.temperature_tenths, s.mask, s.by_compound_id, s.by_account_id,
                    m.at as before_at, m.gate as before_gate, m.direction as before_direction
                from gate_scan s
                left join outing_pass p on p.compound_id = s.compound_id and p.id = s.pass_id
                left join resident n on n.compound_id = s.compound_id and n.id = s.resident_id
                left join lateral (select o.scanned_at as at, og.name as gate, o.direction from gate_scan o
                    join gate og on og.compound_id = o.compound_id and og.id = o.gate_id
                    where o.compound_id = s.compound_id and o.pass_id = s.pass_id and o.moved and o.nonce <> s.nonce and o.scanned_at <= s.scanned_at
                    order by o.scanned_at desc, o.nonce desc limit 1) m on true
                where s.compound_id = any($1) and s.conflict is not null
                union all
                select e.compound_id, e.id, 'VISIT', e.event_at, coalesce(e.received_at, e.event_at), e.offline, e.gate_id,
                    case e.event when 'LEAVE' then 'OUT' else 'IN' end, e.conflict, v.household_id, null, nullif(v.visitor_name, ''), e.temperature_tenths, e.mask,
                    e.by_compound_id, e.by_account_id, m.at, m.gate, m.direction
                from visit_event e
                join visit v on v.compound_id = e.compound_id and v.id = e.visit_id
                left join lateral (select o.event_at as at, og.name as gate, case o.event when 'LEAVE' then 'OUT' else 'IN' end as direction
                    from visit_event o join gate og on og.compound_id = o.compound_id and og.id = o.gate_id
                    where o.compound_id = e.compound_id and o.visit_id = e.visit_id and o.event in ('ENTER', 'LEAVE') and o.id <> e.id
                      and o.event_at <= e.event_at
                    order by o.event_at desc, o.id desc limit 1) m on true
                where e.compound_id = any($1) and e.conflict is not null
            ) x
            join gate g on g.compound_id = x.compound_id and g.id = x.gate_id
            left join household h on h.compound_id = x.compound_id and h.id = x.household_id
            left join account a on a.compound_id = x.by_compound_id and a.id = x.by_account_id
            left join gate_conflict_review r on r.compound_id = x.compound_id and r.conflict_id = x.id
            left join account b on b.compound_id = r.by_compound_id and b.id = r.by_account_id
            """;

    private ConflictStore() {
    }

    /** How many wait, and since when the first of them. */
    record Waiting(int count, @Nullable OffsetDateTime oldestAt) {
    }

    /** @param open only those that nobody has looked into, or only the others */
    static List<Conflict> conflicts(Statements where, Scope scope, boolean open, Page.Request page, @Nullable TimePlace before) {
        return where.sql(CONFLICTS + """
                where (r.conflict_id is null) = $2 and ($3::timestamptz is null or (x.at, x.id) < ($3, $4::uuid))
                order by x.at desc, x.id desc limit $5""")
                .bind(scope.wholeCompounds()).bind(open).bind(before == null ? null : before.at()).bind(before == null ? null : before.id())
                .bind(page.rows()).list(ConflictStore::conflict);
    }

    static Optional<Conflict> find(Statements where, Scope scope, UUID id) {
        return where.sql(CONFLICTS + "where x.id = $2").bind(scope.wholeCompounds()).bind(id).first(ConflictStore::conflict);
    }

    /** False where somebody was faster. */
    static boolean review(Tx tx, Conflict conflict, Finding finding, String note, OffsetDateTime at, UUID byCompound, UUID by) {
        return tx.sql("""
                insert into gate_conflict_review (compound_id, conflict_id, finding, note, reviewed_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing""")
                .bind(conflict.compoundId()).bind(conflict.id()).bind(finding.name()).bind(note).bind(at).bind(byCompound).bind(by).update() == 1;
    }

    static Waiting waiting(Statements where, Scope scope) {
        return where.sql("""
                select count(*)::int as waiting, min(x.at) as oldest_at from (
                    select s.compound_id, s.nonce as id, s.scanned_at as at from gate_scan s
                    where s.compound_id = any($1) and s.conflict is not null
                    union all
                    select e.compound_id, e.id, e.event_at from visit_event e where e.compound_id = any($1) and e.conflict is not null
                ) x
                where not exists (select 1 from gate_conflict_review r where r.compound_id = x.compound_id and r.conflict_id = x.id)""")
                .bind(scope.wholeCompounds()).only(ConflictStore::count);
    }

    static Waiting missingPapers(Statements where, Scope scope) {
        return where.sql("""
                select count(*)::int as waiting, min(entered_at) as oldest_at from emergency_entry
                where compound_id = any($1) and registered_at is null""")
                .bind(scope.wholeCompounds()).only(ConflictStore::count);
    }

    private static Waiting count(Row row) {
        return new Waiting(row.getInteger("waiting"), row.getOffsetDateTime("oldest_at"));
    }

    private static Conflict conflict(Row row) {
        var tenths = row.getShort("temperature_tenths");
        var before = row.getOffsetDateTime("before_at");
        var finding = row.getString("finding");
        return new Conflict(row.getUUID("compound_id"), row.getUUID("id"), Conflict.Kind.valueOf(row.getString("kind")), row.getOffsetDateTime("at"),
                row.getOffsetDateTime("received_at"), row.getBoolean("offline"), row.getUUID("gate_id"), row.getString("gate"),
                Direction.valueOf(row.getString("direction")), row.getString("conflict"), row.getString("household"), row.getString("name"),
                row.getString("pass_kind"), tenths == null ? null : tenths.intValue(), row.getBoolean("mask"), row.getString("guard"),
                before == null ? null : new Passage(before, row.getString("before_gate"), Direction.valueOf(row.getString("before_direction"))),
                finding == null ? null : new Review(Finding.valueOf(finding), row.getString("note"), row.getOffsetDateTime("reviewed_at"),
                        row.getString("reviewer")));
    }
}
