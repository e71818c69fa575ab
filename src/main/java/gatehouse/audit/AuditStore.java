package gatehouse.audit;

import gatehouse.audit.AuditChain.Head;
import gatehouse.audit.AuditChain.Link;
import gatehouse.audit.AuditChain.Sealing;
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
    /** What is due before $2, or before the parameter that is filled in. */
    private static final String DETAILS_DUE = " from audit_entry where compound_id = $1 and entered_at < $2 and blanked_by is null and format = 2"
            + " and details <> '{}' and action <> 'RETENTION_APPLIED' ";
    private static final String REASONS_DUE = " from disclosure where compound_id = $1 and disclosed_at < %s and blanked_by is null"
            + " and reason_hash is not null ";

    private AuditStore() {
    }

    /** A place of a list, by id and name. */
    record Named(UUID id, String name) {
    }

    /** What a list is asked for; what is null does not limit. {@code before} is not included. {@code person}: the account that did it. */
    record Filter(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before, @Nullable String action, @Nullable String subject,
                  @Nullable UUID person) {
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
        var sealing = link.sealing();
        var by = entry.by();
        var details = new JsonObject();
        entry.details().forEach(details::put);
        tx.sql("""
                with appended as (
                    insert into audit_entry (compound_id, number, entered_at, by_compound_id, by_account_id, by_role, action, subject_kind,
                        subject_id, details, key_id, previous_hash, hash, format, details_hash, details_salt, attached_seal)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                    returning compound_id, number, hash
                )
                update audit_head h set number = appended.number, hash = appended.hash from appended where h.compound_id = appended.compound_id""")
                .bind(entry.compoundId()).bind(link.number()).bind(entry.at()).bind(by == null ? null : by.homeCompoundId())
                .bind(by == null ? null : by.accountId()).bind(by == null ? null : by.role().name()).bind(entry.action())
                .bind(entry.subjectKind()).bind(entry.subjectId()).bind(details).bind(sealing.keyId())
                .bind(Buffer.buffer(link.previousHash())).bind(Buffer.buffer(link.hash())).bind(sealing.format())
                .bind(buffer(sealing.details().hash())).bind(buffer(sealing.details().salt())).bind(buffer(sealing.attachedSeal()))
                .update();
    }

    /**
     * Newest first. What tells of somebody's health (alerts, observations, what the health centre was shown), and the reasons of
     * disclosures, only where {@code health} holds the whole compound.
     */
    static List<Told> list(Statements database, Scope scope, Scope health, Filter filter, Page.Request page, @Nullable Place after) {
        return database.sql("""
                select e.*, c.name as compound, a.name as by_name, coalesce(r.name, s.name) as subject_name, h.label as household,
                    case when e.compound_id = any($11) then d.reason end as reason
                from audit_entry e
                join compound c on c.id = e.compound_id
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id
                left join resident r on r.compound_id = e.compound_id
                    and r.id = case when e.subject_kind = 'resident' then e.subject_id::uuid end
                left join account s on s.compound_id = e.compound_id
                    and s.id = case when e.subject_kind = 'account' then e.subject_id::uuid end
                left join household h on h.compound_id = r.compound_id and h.id = r.household_id
                left join disclosure d on d.compound_id = e.compound_id and d.audit_number = e.number
                where e.compound_id = any($1) and ($2::timestamptz is null or e.entered_at >= $2)
                  and ($3::timestamptz is null or e.entered_at < $3) and ($4::text is null or e.action = $4)
                  and ($5::text is null or e.subject_id = $5) and ($6::uuid is null or e.by_account_id = $6)
                  and ($7::timestamptz is null or (e.entered_at, e.compound_id, e.number) < ($7, $8::uuid, $9::bigint))
                  and (e.compound_id = any($11) or not (e.action ~ '^(ALERT|OBSERVATION)_' or e.by_role is not distinct from 'HEALTH_CENTRE'))
                order by e.entered_at desc, e.compound_id desc, e.number desc
                limit $10""")
                .bind(scope.wholeCompounds()).bind(filter.from).bind(filter.before).bind(filter.action).bind(filter.subject).bind(filter.person)
                .bind(after == null ? null : after.at).bind(after == null ? null : after.compoundId)
                .bind(after == null ? null : after.number).bind(page.rows()).bind(health.wholeCompounds())
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

    /** A chain by its compound, with the end that the database names. */
    record Chain(Named compound, Head head) {
    }

    /** All chains, for jobs. */
    static List<Chain> allChains(Statements database) {
        return database.sql("select c.id, c.name, h.number, h.hash from audit_head h join compound c on c.id = h.compound_id order by c.id")
                .list(row -> new Chain(new Named(row.getUUID("id"), row.getString("name")), head(row)));
    }

    static List<UUID> compounds(Statements where) {
        return where.sql("select id from compound order by id").list(row -> row.getUUID("id"));
    }

    static List<UUID> chains(Statements database) {
        return allChains(database).stream().map(each -> each.compound().id()).toList();
    }

    static Optional<byte[]> hashOf(Statements database, UUID compound, long number) {
        return database.sql("select hash from audit_entry where compound_id = $1 and number = $2").bind(compound).bind(number)
                .first(row -> bytes(row, "hash"));
    }

    /** Whether a restore after that time gave up the entry of that number; {@code anywhere}: by the word of whichever chain. */
    static boolean tellsOfRestore(Statements database, UUID compound, long number, OffsetDateTime after, boolean anywhere) {
        return database.sql("""
                select exists (select from audit_entry where action = 'BACKUP_RESTORED' and entered_at > $3
                    and ($4 or compound_id = $1 and number <= $2)) as told""")
                .bind(compound).bind(number).bind(after).bind(anywhere).only(row -> row.getBoolean("told"));
    }

    /** Whether there is anything to blank; certificates themselves stay. */
    static boolean isDue(Tx tx, UUID compound, OffsetDateTime entriesBefore, OffsetDateTime reasonsBefore) {
        return tx.sql("select exists (select 1" + DETAILS_DUE + ") or exists (select 1" + REASONS_DUE.formatted("$3") + ") as due")
                .bind(compound).bind(entriesBefore).bind(reasonsBefore).only(row -> row.getBoolean("due"));
    }

    static long blankDetails(Tx tx, UUID compound, long certificate, OffsetDateTime before, int most) {
        return tx.sql("update audit_entry set details = '{}', details_salt = null, blanked_by = $3 where compound_id = $1 and number in (select number"
                + DETAILS_DUE + "order by entered_at limit $4)").bind(compound).bind(before).bind(certificate).bind(most).update();
    }

    static long blankReasons(Tx tx, UUID compound, long certificate, OffsetDateTime before, int most) {
        return tx.sql("update disclosure set reason = null, reason_salt = null, blanked_by = $3 where compound_id = $1 and id in (select id"
                + REASONS_DUE.formatted("$2") + "order by disclosed_at limit $4)").bind(compound).bind(before).bind(certificate).bind(most).update();
    }

    /** The next links after that number, in their order. */
    static List<Link> links(Statements database, Scope scope, UUID compound, long after, int limit) {
        return database.sql("""
                select e.*, d.id as disclosure_id, coalesce(d.resident_id, d.visit_id) as person_id, d.household_id, d.field, d.reason, d.reason_hash, d.reason_salt, d.disclosed_at,
                    d.blanked_by as reason_blanked_by,
                    d.by_compound_id as shown_compound_id, d.by_account_id as shown_account_id, d.by_role as shown_role,
                    e.blanked_by is null or exists (select 1 from audit_entry c
                        where c.compound_id = e.compound_id and c.number = e.blanked_by and c.action = 'RETENTION_APPLIED') as certified,
                    d.blanked_by is null or exists (select 1 from audit_entry c
                        where c.compound_id = d.compound_id and c.number = d.blanked_by and c.action = 'RETENTION_APPLIED') as reason_certified
                from audit_entry e
                left join disclosure d on d.compound_id = e.compound_id and d.audit_number = e.number
                where e.compound_id = $2 and e.compound_id = any($1) and e.number > $3
                order by e.number limit $4""")
                .bind(scope.wholeCompounds()).bind(compound).bind(after).bind(limit)
                .list(row -> new Link(row.getLong("number"), entry(row), sealing(row), bytes(row, "previous_hash"), bytes(row, "hash"),
                        disclosure(row)));
    }

    /** How many words a certificate let go, and how young the youngest of them was. */
    record Blanked(long entries, @Nullable OffsetDateTime lastEntryAt, long reasons, @Nullable OffsetDateTime lastReasonAt) {
    }

    static Blanked blankedBy(Statements database, Scope scope, UUID compound, long certificate) {
        return database.sql("""
                select (select count(*) from audit_entry where compound_id = $2 and blanked_by = $3) as entries,
                    (select max(entered_at) from audit_entry where compound_id = $2 and blanked_by = $3) as last_entry_at,
                    (select count(*) from disclosure where compound_id = $2 and blanked_by = $3) as reasons,
                    (select max(disclosed_at) from disclosure where compound_id = $2 and blanked_by = $3) as last_reason_at
                where $2 = any($1)""")
                .bind(scope.wholeCompounds()).bind(compound).bind(certificate)
                .only(row -> new Blanked(row.getLong("entries"), row.getOffsetDateTime("last_entry_at"), row.getLong("reasons"),
                        row.getOffsetDateTime("last_reason_at")));
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
        return id == null || by == null ? null : new Disclosure(row.getUUID("compound_id"), id, row.getUUID("person_id"),
                row.getUUID("household_id"), row.getString("field"), reason(row), row.getOffsetDateTime("disclosed_at"), by);
    }

    private static Words reason(Row row) {
        var text = row.getString("reason");
        return new Words(bytesOrNull(row, "reason_hash"), bytesOrNull(row, "reason_salt"), text == null ? List.of() : List.of(text),
                row.getLong("reason_blanked_by"), row.getBoolean("reason_certified"));
    }

    private static Sealing sealing(Row row) {
        var details = new Words(bytesOrNull(row, "details_hash"), bytesOrNull(row, "details_salt"),
                AuditChain.parts(details(row.getJsonObject("details"))), row.getLong("blanked_by"), row.getBoolean("certified"));
        return new Sealing(row.getInteger("format"), row.getString("key_id"), details, bytesOrNull(row, "attached_seal"));
    }

    private static SortedMap<String, String> details(JsonObject json) {
        var details = new TreeMap<String, String>();
        json.forEach(each -> details.put(each.getKey(), String.valueOf(each.getValue())));
        return details;
    }

    private static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }

    private static byte @Nullable [] bytesOrNull(Row row, String column) {
        var buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }
}
