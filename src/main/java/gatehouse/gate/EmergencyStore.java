package gatehouse.gate;

import gatehouse.gate.EmergencyActions.Admission;
import gatehouse.gate.EmergencyActions.Filter;
import gatehouse.gate.EmergencyEntry.Papers;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of emergency vehicles. */
final class EmergencyStore {
    private static final String ENTRIES = """
            select e.*, g.name as gate from emergency_entry e join gate g on g.compound_id = e.compound_id and g.id = e.gate_id
            where e.compound_id = any($1)""";

    private EmergencyStore() {
    }

    /** The id under which it is kept: that of an earlier one where the nonce is known. */
    static UUID insert(Tx tx, UUID compoundId, UUID id, Admission wish, DeviceTime time, UUID by) {
        var at = time.at();
        return tx.sql("""
                insert into emergency_entry (compound_id, id, gate_id, service, entry_date, entered_at, received_at, offline, nonce, let_in_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                on conflict (compound_id, nonce) do update set nonce = excluded.nonce
                returning id""")
                .bind(compoundId).bind(id).bind(wish.gateId()).bind(wish.service().name()).bind(at.toLocalDate()).bind(at).bind(time.receivedAt())
                .bind(time.offline()).bind(wish.nonce()).bind(by).only(row -> row.getUUID("id"));
    }

    static Optional<EmergencyEntry> find(Statements where, Scope scope, UUID id) {
        return where.sql(ENTRIES + " and e.id = $2").bind(scope.wholeCompounds()).bind(id).first(EmergencyStore::entry);
    }

    /** False where somebody wrote them before. */
    static boolean register(Tx tx, EmergencyEntry entry, Papers papers, OffsetDateTime at, UUID byCompound, UUID by) {
        return tx.sql("""
                update emergency_entry set plate = $3, organisation = $4, people = $5, purpose = $6, registered_at = $7,
                    registered_by_compound_id = $8, registered_by = $9
                where compound_id = $1 and id = $2 and registered_at is null""")
                .bind(entry.compoundId()).bind(entry.id()).bind(papers.plate()).bind(papers.organisation()).bind((short) papers.people())
                .bind(papers.purpose()).bind(at).bind(byCompound).bind(by).update() == 1;
    }

    /** False where they had left before. */
    static boolean leave(Tx tx, EmergencyEntry entry, UUID gateId, OffsetDateTime at, boolean offline, UUID byCompound, UUID by) {
        return tx.sql("""
                update emergency_entry set left_at = $3, left_gate_id = $4, left_offline = $5, left_by_compound_id = $6, left_by = $7
                where compound_id = $1 and id = $2 and left_at is null""")
                .bind(entry.compoundId()).bind(entry.id()).bind(at).bind(gateId).bind(offline).bind(byCompound).bind(by).update() == 1;
    }

    /** The latest first. */
    static List<EmergencyEntry> entries(Statements where, Scope scope, Filter filter, Page.Request page, @Nullable UUID before) {
        return where.sql(ENTRIES + """
                  and (not $2 or e.registered_at is null or e.left_at is null) and ($3::date is null or e.entry_date = $3)
                  and ($4::uuid is null or e.id < $4) and (not $6 or e.registered_at is null)
                order by e.id desc limit $5""")
                .bind(scope.wholeCompounds()).bind(filter.open()).bind(filter.date()).bind(before).bind(page.rows()).bind(filter.unregistered())
                .list(EmergencyStore::entry);
    }

    private static EmergencyEntry entry(Row row) {
        var organisation = row.getString("organisation");
        return new EmergencyEntry(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("gate_id"), row.getString("gate"),
                EmergencyService.valueOf(row.getString("service")), row.getOffsetDateTime("entered_at"), row.getBoolean("offline"),
                organisation == null ? null : new Papers(row.getString("plate"), organisation, row.getShort("people"), row.getString("purpose")),
                row.getOffsetDateTime("registered_at"), row.getOffsetDateTime("left_at"));
    }
}
