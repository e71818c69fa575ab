package gatehouse.disclosure;

import gatehouse.audit.Disclosure;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is hidden of residents, and the record of who was shown it. */
final class DisclosureStore {
    private DisclosureStore() {
    }

    /**
     * A resident with what is hidden, still sealed. {@code healthCase}: there is an alert about them that was handed to the health
     * centre, or an observation.
     */
    record Hidden(UUID compoundId, UUID buildingId, UUID householdId, UUID residentId, String name, Optional<byte[]> phoneSealed,
                  Optional<byte[]> idNumberSealed, boolean healthCase) {
    }

    /** A disclosure as the resident's household reads it. */
    record Seen(UUID id, UUID residentId, String residentName, DisclosureField field, @Nullable String reason, OffsetDateTime at,
                @Nullable String byName, Role byRole) {
    }

    static Optional<Hidden> find(Statements database, Scope scope, UUID resident) {
        return database.sql("""
                select r.compound_id, r.building_id, r.household_id, r.id, r.name, r.phone_sealed, r.id_number_sealed,
                    exists (select 1 from health_alert a where a.compound_id = r.compound_id and a.resident_id = r.id and a.escalated_at is not null)
                    or exists (select 1 from observation o where o.compound_id = r.compound_id and o.resident_id = r.id) as health_case
                from resident r join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where""" + Scope.SEES_HOUSEHOLD + "and r.id = $5 and r.moved_out_at is null")
                .within(scope).bind(resident)
                .first(row -> new Hidden(row.getUUID("compound_id"), row.getUUID("building_id"), row.getUUID("household_id"), row.getUUID("id"),
                        row.getString("name"), Optional.ofNullable(row.getBuffer("phone_sealed")).map(Buffer::getBytes),
                        Optional.ofNullable(row.getBuffer("id_number_sealed")).map(Buffer::getBytes), row.getBoolean("health_case")));
    }

    /** A phone, still sealed, and the row that it is sealed for. */
    record SealedPhone(byte[] sealed, String table, UUID row) {
    }

    /** Of the roster, or else the one by which they log in. */
    static Optional<SealedPhone> phone(Statements database, UUID compound, UUID resident) {
        return database.sql("""
                select r.id, r.phone_sealed, a.id as account_id, a.phone_sealed as account_sealed
                from resident r left join account a on a.compound_id = r.compound_id and a.id = r.account_id and a.disabled_at is null
                where r.compound_id = $1 and r.id = $2 and r.moved_out_at is null""").bind(compound).bind(resident)
                .first(row -> {
                    var listed = row.getBuffer("phone_sealed");
                    var own = row.getBuffer("account_sealed");
                    return listed != null ? Optional.of(new SealedPhone(listed.getBytes(), "resident", row.getUUID("id")))
                            : Optional.ofNullable(own).map(sealed -> new SealedPhone(sealed.getBytes(), "account", row.getUUID("account_id")));
                }).flatMap(Function.identity());
    }

    /** A visitor with what is hidden, still sealed, and without a home where they come for what all share; {@code atGate}: they are inside or expected today. */
    record HiddenVisitor(UUID compoundId, @Nullable UUID buildingId, @Nullable UUID householdId, UUID visitId, Optional<byte[]> phoneSealed,
                         Optional<byte[]> idNumberSealed, boolean atGate) {
    }

    static Optional<HiddenVisitor> findVisitor(Statements database, Scope scope, UUID visit, LocalDate today) {
        return database.sql("""
                select v.compound_id, v.building_id, v.household_id, v.id, v.phone_sealed, v.id_number_sealed,
                    v.state = 'INSIDE' or (v.state = 'EXPECTED' and v.visit_date = $6) as at_gate
                from visit v left join household h on h.compound_id = v.compound_id and h.id = v.household_id
                where v.id = $5 and (v.household_id is null and v.compound_id = any($2) or""" + Scope.seesSinceHome("v.invited_at") + ")")
                .within(scope).bind(visit).bind(today)
                .first(row -> new HiddenVisitor(row.getUUID("compound_id"), row.getUUID("building_id"), row.getUUID("household_id"), row.getUUID("id"),
                        Optional.ofNullable(row.getBuffer("phone_sealed")).map(Buffer::getBytes),
                        Optional.ofNullable(row.getBuffer("id_number_sealed")).map(Buffer::getBytes), row.getBoolean("at_gate")));
    }

    /** Counts one more for the account, whose hour begins with its first; false where it had {@code most} since {@code hourAgo}. */
    static boolean count(Tx tx, UUID compound, UUID account, OffsetDateTime now, OffsetDateTime hourAgo, int most) {
        return tx.sql("""
                insert into disclosure_count as c (compound_id, account_id, hour_began_at, disclosures) values ($1, $2, $3, 1)
                on conflict (compound_id, account_id) do update
                set disclosures = case when c.hour_began_at <= $4 then 1 else c.disclosures + 1 end,
                    hour_began_at = case when c.hour_began_at <= $4 then $3 else c.hour_began_at end
                where c.hour_began_at <= $4 or c.disclosures < $5""")
                .bind(compound).bind(account).bind(now).bind(hourAgo).bind(most).update() == 1;
    }

    static OffsetDateTime hourBegan(Tx tx, UUID compound, UUID account) {
        return tx.sql("select hour_began_at from disclosure_count where compound_id = $1 and account_id = $2").bind(compound).bind(account)
                .only(row -> row.getOffsetDateTime("hour_began_at"));
    }

    static void insert(Tx tx, Disclosure disclosure, boolean ofVisitor, long auditNumber) {
        var by = disclosure.by();
        tx.sql("""
                insert into disclosure (compound_id, id, audit_number, resident_id, household_id, field, reason, disclosed_at, by_compound_id,
                    by_account_id, by_role, reason_hash, reason_salt, visit_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""")
                .bind(disclosure.compoundId()).bind(disclosure.id()).bind(auditNumber)
                .bind(ofVisitor ? null : disclosure.personId()).bind(disclosure.householdId())
                .bind(disclosure.field()).bind(disclosure.reason().only()).bind(disclosure.at()).bind(by.homeCompoundId()).bind(by.accountId())
                .bind(by.role().name()).bind(Buffer.buffer(disclosure.reason().hash())).bind(Buffer.buffer(disclosure.reason().salt()))
                .bind(ofVisitor ? disclosure.personId() : null)
                .update();
    }

    /** Of those who live in the household now, while they lived in it; newest first. */
    static List<Seen> ofHousehold(Statements database, Scope household, Page.Request page, @Nullable TimePlace after) {
        return database.sql("""
                select d.id, d.resident_id, r.name as resident_name, d.field, d.reason, d.disclosed_at, a.name as by_name, d.by_role
                from (select compound_id, id, resident_id, household_id, field, reason, disclosed_at, by_compound_id, by_account_id, by_role from disclosure
                    union all
                    select compound_id, id, resident_id, household_id, 'HEALTH', null, looked_at, by_compound_id, by_account_id, by_role from health_look) d
                join resident r on r.compound_id = d.compound_id and r.id = d.resident_id and r.household_id = d.household_id
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                left join account a on a.compound_id = d.by_compound_id and a.id = d.by_account_id
                where""" + Scope.SEES_HOUSEHOLD + """
                  and r.moved_out_at is null and ($5::timestamptz is null or (d.disclosed_at, d.id) < ($5, $6::uuid))
                order by d.disclosed_at desc, d.id desc limit $7""")
                .within(household).bind(after == null ? null : after.at()).bind(after == null ? null : after.id()).bind(page.rows())
                .list(row -> new Seen(row.getUUID("id"), row.getUUID("resident_id"), row.getString("resident_name"),
                        DisclosureField.valueOf(row.getString("field")), row.getString("reason"), row.getOffsetDateTime("disclosed_at"),
                        row.getString("by_name"), Role.valueOf(row.getString("by_role"))));
    }
}
