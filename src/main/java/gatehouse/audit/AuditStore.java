package gatehouse.audit;

import gatehouse.audit.AuditChain.Head;
import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chain of audit entries. */
final class AuditStore {
    private AuditStore() {
    }

    /** A place of a list, by id and name. */
    record Named(UUID id, String name) {
    }

    /** What a list is asked for; what is null does not limit. {@code before} is not included. */
    record Filter(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before, @Nullable String action, @Nullable String subject) {
    }

    /** A row's place in the list: newest first. */
    record Place(OffsetDateTime at, UUID compoundId, long number) {
    }

    /** An entry with the words that people know: who did it; of a resident name and home; of a disclosure its reason. */
    record Told(long number, AuditEntry entry, byte[] hash, String compound, @Nullable String byName, @Nullable String subjectName,
                @Nullable String household, @Nullable String reason) {
    }

    /** The end of the compound's chain, locked until the transaction ends; a compound's first entry begins one. */
    static Head lockHead(Tx tx, UUID compound) {
        return tx.sql("""
                insert into audit_head as head (compound_id, number, hash) values ($1, 0, $2)
                on conflict (compound_id) do update set number = head.number
                returning number, hash""")
                .bind(compound).bind(Buffer.buffer(AuditChain.BEGINNING)).only(AuditStore::head);
    }

    /** Appends to the chain whose head is locked, and moves the head. */
    static void append(Tx tx, Link link) {
        var entry = link.entry();
        var by = entry.by();
        var details = new JsonObject();
        entry.details().forEach(details::put);
        tx.sql("""
                with appended as (
                    insert into audit_entry (compound_id, number, entered_at, by_compound_id, by_account_id, by_role, action, subject_kind,
                        subject_id, details, key_id, previous_hash, hash)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    returning compound_id, number, hash
                )
                update audit_head h set number = appended.number, hash = appended.hash from appended where h.compound_id = appended.compound_id""")
                .bind(entry.compoundId()).bind(link.number()).bind(entry.at()).bind(by == null ? null : by.homeCompoundId())
                .bind(by == null ? null : by.accountId()).bind(by == null ? null : by.role().name()).bind(entry.action())
                .bind(entry.subjectKind()).bind(entry.subjectId()).bind(details).bind(link.keyId())
                .bind(Buffer.buffer(link.previousHash())).bind(Buffer.buffer(link.hash()))
                .update();
    }

    /** Newest first. */
    static List<Told> list(Statements database, Scope scope, Filter filter, Page.Request page, @Nullable Place after) {
        return database.sql("""
                select e.*, c.name as compound, a.name as by_name, r.name as subject_name, h.label as household, d.reason
                from audit_entry e
                join compound c on c.id = e.compound_id
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id
                left join resident r on r.compound_id = e.compound_id
                    and r.id = case when e.subject_kind = 'resident' then e.subject_id::uuid end
                left join household h on h.compound_id = r.compound_id and h.id = r.household_id
                left join disclosure d on d.compound_id = e.compound_id and d.audit_number = e.number
                where e.compound_id = any($1) and ($2::timestamptz is null or e.entered_at >= $2)
                  and ($3::timestamptz is null or e.entered_at < $3) and ($4::text is null or e.action = $4)
                  and ($5::text is null or e.subject_id = $5)
                  and ($6::timestamptz is null or (e.entered_at, e.compound_id, e.number) < ($6, $7::uuid, $8::bigint))
                order by e.entered_at desc, e.compound_id desc, e.number desc
                limit $9""")
                .bind(scope.wholeCompounds()).bind(filter.from).bind(filter.before).bind(filter.action).bind(filter.subject)
                .bind(after == null ? null : after.at).bind(after == null ? null : after.compoundId)
                .bind(after == null ? null : after.number).bind(page.rows())
                .list(row -> new Told(row.getLong("number"), entry(row), bytes(row, "hash"), row.getString("compound"),
                        row.getString("by_name"), row.getString("subject_name"), row.getString("household"), row.getString("reason")));
    }

    static Optional<Named> compound(Statements database, Scope scope, UUID compound) {
        return database.sql("select id, name from compound where id = $2 and id = any($1)").bind(scope.wholeCompounds()).bind(compound)
                .first(row -> new Named(row.getUUID("id"), row.getString("name")));
    }

    static Optional<Head> findHead(Statements database, Scope scope, UUID compound) {
        return database.sql("select number, hash from audit_head where compound_id = $2 and compound_id = any($1)")
                .bind(scope.wholeCompounds()).bind(compound).first(AuditStore::head);
    }

    /** The next links after that number, in their order. */
    static List<Link> links(Statements database, Scope scope, UUID compound, long after, int limit) {
        return database.sql("""
                select e.*, d.id as disclosure_id, d.resident_id, d.household_id, d.field, d.reason, d.disclosed_at,
                    d.by_compound_id as shown_compound_id, d.by_account_id as shown_account_id, d.by_role as shown_role
                from audit_entry e
                left join disclosure d on d.compound_id = e.compound_id and d.audit_number = e.number
                where e.compound_id = $2 and e.compound_id = any($1) and e.number > $3
                order by e.number limit $4""")
                .bind(scope.wholeCompounds()).bind(compound).bind(after).bind(limit)
                .list(row -> new Link(row.getLong("number"), entry(row), row.getString("key_id"), bytes(row, "previous_hash"),
                        bytes(row, "hash"), disclosure(row)));
    }

    private static Head head(Row row) {
        return new Head(row.getLong("number"), bytes(row, "hash"));
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(row.getUUID("compound_id"), row.getOffsetDateTime("entered_at"),
                actor(row, "by_compound_id", "by_account_id", "by_role"), row.getString("action"), row.getString("subject_kind"),
                row.getString("subject_id"), details(row.getJsonObject("details")));
    }

    private static @Nullable Actor actor(Row row, String compound, String account, String role) {
        var id = row.getUUID(account);
        return id == null ? null : new Actor(row.getUUID(compound), id, Role.valueOf(row.getString(role)));
    }

    private static @Nullable Disclosure disclosure(Row row) {
        var id = row.getUUID("disclosure_id");
        var by = actor(row, "shown_compound_id", "shown_account_id", "shown_role");
        return id == null || by == null ? null : new Disclosure(row.getUUID("compound_id"), id, row.getUUID("resident_id"),
                row.getUUID("household_id"), DisclosureField.valueOf(row.getString("field")), row.getString("reason"),
                row.getOffsetDateTime("disclosed_at"), by);
    }

    private static SortedMap<String, String> details(JsonObject json) {
        var details = new TreeMap<String, String>();
        json.forEach(each -> details.put(each.getKey(), String.valueOf(each.getValue())));
        return details;
    }

    private static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }
}
