package gatehouse.registry;

import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.RosterMatching.Change;
import gatehouse.registry.RosterMatching.Entry;
import gatehouse.registry.RosterMatching.Registered;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The statements of a roster import: each takes a list and is one round trip. */
final class RosterStore {

    /** Joined, not "any": a long array would be searched from its beginning for every row. */
    private static final String BY_HASH = "unnest($2::bytea[]) k(key) join resident r on r.compound_id = $1 and r.%s = k.key "
            + "join household h on h.compound_id = r.compound_id and h.id = r.household_id";

    private final PersonalData personalData;

    RosterStore(PersonalData personalData) {
        this.personalData = personalData;
    }

    // --- the import itself, outside the import's transaction, so that others can watch it

    /** False where an import of this id is running or done. One that failed may be tried again. */
    static boolean begin(Database database, RosterProgress progress, UUID account) {
        return database.sql("""
                insert into roster_import (compound_id, id, account_id, state, dry_run, lines_total, lines_read, started_at)
                values ($1, $2, $3, 'RUNNING', $4, $5, $6, $7)
                on conflict (compound_id, id) do update
                set state = 'RUNNING', lines_total = $5, lines_read = $6, started_at = $7, finished_at = null
                where roster_import.state = 'FAILED' and roster_import.account_id = $3""")
                .bind(progress.compoundId()).bind(progress.id()).bind(account).bind(progress.dryRun())
                .bind(progress.linesTotal()).bind(progress.linesRead()).bind(progress.startedAt()).update() == 1;
    }

    static void advance(Database database, RosterProgress progress, int linesRead) {
        database.sql("update roster_import set lines_read = $3 where compound_id = $1 and id = $2 and state = 'RUNNING'")
                .bind(progress.compoundId()).bind(progress.id()).bind(linesRead).update();
    }

    static void fail(Database database, RosterProgress progress, OffsetDateTime now) {
        database.sql("update roster_import set state = 'FAILED', finished_at = $3 where compound_id = $1 and id = $2 and state = 'RUNNING'")
                .bind(progress.compoundId()).bind(progress.id()).bind(now).update();
    }

    /** Done is what is committed: in the same transaction as the residents. */
    static void finish(Tx tx, RosterProgress progress, RosterReport report, OffsetDateTime now) {
        tx.sql("""
                update roster_import set state = 'DONE', lines_read = lines_total, finished_at = $3, result = $4
                where compound_id = $1 and id = $2""")
                .bind(progress.compoundId()).bind(progress.id()).bind(now).bind(json(report)).update();
    }

    /** @param lostBefore an import still running since before that died with its process */
    static Optional<RosterProgress> progress(Database database, Scope scope, UUID id, OffsetDateTime lostBefore) {
        return database.sql("""
                select compound_id, id, case when state = 'RUNNING' and started_at < $3 then 'FAILED' else state end as state,
                       dry_run, lines_total, lines_read, started_at, finished_at, result
                from roster_import where compound_id = any($1) and id = $2""")
                .bind(scope.wholeCompounds()).bind(id).bind(lostBefore).first(RosterStore::progress);
    }

    private static RosterProgress progress(Row row) {
        return new RosterProgress(row.getUUID("compound_id"), row.getUUID("id"), RosterProgress.State.valueOf(row.getString("state")),
                row.getBoolean("dry_run"), row.getInteger("lines_total"), row.getInteger("lines_read"),
                row.getOffsetDateTime("started_at"), Optional.ofNullable(row.getOffsetDateTime("finished_at")),
                Optional.ofNullable(row.getJsonObject("result")).map(RosterStore::report));
    }

    private static JsonObject json(RosterReport report) {
        var rejected = new JsonArray();
        report.rejected().forEach(each -> rejected.add(new JsonObject().put("line", each.line()).put("column", each.column())
                .put("fault", each.fault().name()).put("args", new JsonArray(each.args()))));
        return new JsonObject().put("households", report.households()).put("residents", report.residents())
                .put("created", report.created()).put("updated", report.updated()).put("rejectedLines", report.rejectedLines())
                .put("rejected", rejected);
    }

    private static RosterReport report(JsonObject json) {
        var rejected = json.getJsonArray("rejected").stream().map(JsonObject.class::cast)
                .map(each -> new RosterRejection(each.getInteger("line"), each.getString("column"),
                        RosterFault.valueOf(each.getString("fault")),
                        each.getJsonArray("args").stream().map(String.class::cast).toList()))
                .toList();
        return new RosterReport(json.getInteger("households"), json.getInteger("residents"), json.getInteger("created"),
                json.getInteger("updated"), json.getInteger("rejectedLines"), rejected);
    }

    /** Other connections planned their statements when these tables were small; they would keep to it until the next autovacuum. */
    static void refreshStatistics(Database database) {
        database.sql("analyze building, unit, household, resident").update();
    }

    // --- within the import's transaction

    /** The tables grow under the import: a plan kept from its first chunk would read them whole for each of the last. */
    static void planEachStatementAnew(Tx tx) {
        tx.sql("set local plan_cache_mode = force_custom_plan").update();
    }

    /** False while another import of this compound holds it. Held until the transaction ends. */
    static boolean lock(Tx tx, UUID compound) {
        return tx.sql("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked")
                .bind("roster/" + compound).only(row -> row.getBoolean("locked"));
    }

    /** Everybody who shares a household, a phone or an ID number with these entries; the same person possibly more than once. */
    static List<Registered> registered(Tx tx, UUID compound, List<Entry> entries) {
        var all = new ArrayList<Registered>();
        all.addAll(registeredBy(tx, compound, "unnest($2::text[]) k(key) join household h on h.compound_id = $1 and h.label = k.key "
                + "join resident r on r.compound_id = h.compound_id and r.household_id = h.id",
                entries.stream().map(Entry::household).distinct().toArray(String[]::new)));
        all.addAll(registeredBy(tx, compound, BY_HASH.formatted("id_number_hash"), hashes(entries, Entry::idNumberHash)));
        all.addAll(registeredBy(tx, compound, BY_HASH.formatted("phone_hash"), hashes(entries, Entry::phoneHash)));
        return all;
    }

    private static List<Registered> registeredBy(Tx tx, UUID compound, String join, Object[] keys) {
        return tx.sql("""
                select r.id, h.label, r.name, r.relation, r.born_on, r.id_number_hash, r.phone_hash
                from %s where r.compound_id = $1 and r.moved_out_at is null""".formatted(join))
                .bind(compound).bind(keys)
                .list(row -> new Registered(row.getUUID("id"), row.getString("label"), row.getString("name"),
                        Relation.valueOf(row.getString("relation")), Optional.ofNullable(row.getLocalDate("born_on")),
                        hex(row.getBuffer("id_number_hash")), hex(row.getBuffer("phone_hash"))));
    }

    private static Buffer[] hashes(List<Entry> entries, Function<Entry, Optional<String>> hash) {
        return entries.stream().map(hash).flatMap(Optional::stream)
                .map(hex -> Buffer.buffer(HexFormat.of().parseHex(hex))).toArray(Buffer[]::new);
    }

    private static Optional<String> hex(@Nullable Buffer hash) {
        return Optional.ofNullable(hash).map(bytes -> HexFormat.of().formatHex(bytes.getBytes()));
    }

    /** Where a household is. */
    record Place(UUID household, UUID building) {}

    /** The places of these labels; buildings, units and households that are missing are made. */
    static Map<String, Place> places(Tx tx, UUID compound, Collection<HouseholdLabel> labels, OffsetDateTime now) {
        Map<String, UUID> buildings = buildings(tx, compound, labels.stream().map(HouseholdLabel::building).distinct().toList());
        Map<UnitKey, UUID> units = units(tx, compound,
                labels.stream().map(label -> new UnitKey(buildings.get(label.building()), label.unit())).distinct().toList());
        List<HouseholdLabel> all = List.copyOf(labels);
        tx.sql("""
                insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                select $1, id, building_id, unit_id, room, label, $2
                from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[]) v(id, building_id, unit_id, room, label)
                on conflict do nothing""")
                .bind(compound).bind(now).bind(newIds(all.size()))
                .bind(column(all, label -> buildings.get(label.building()), UUID[]::new))
                .bind(column(all, label -> units.get(new UnitKey(buildings.get(label.building()), label.unit())), UUID[]::new))
                .bind(column(all, HouseholdLabel::room, String[]::new)).bind(column(all, HouseholdLabel::toString, String[]::new))
                .update();
        var places = new HashMap<String, Place>();
        tx.sql("""
                select h.label, h.id, h.building_id
                from unnest($2::text[]) k(label) join household h on h.compound_id = $1 and h.label = k.label""")
                .bind(compound).bind(column(all, HouseholdLabel::toString, String[]::new))
                .list(row -> places.put(row.getString("label"), new Place(row.getUUID("id"), row.getUUID("building_id"))));
        return places;
    }

    /** Where these residents live now. */
    static Map<UUID, UUID> householdsOf(Tx tx, UUID compound, Collection<UUID> residents) {
        var households = new HashMap<UUID, UUID>();
        tx.sql("select id, household_id from resident where compound_id = $1 and id = any($2)").bind(compound).bind(residents.toArray(UUID[]::new))
                .list(row -> households.put(row.getUUID("id"), row.getUUID("household_id")));
        return households;
    }

    private record UnitKey(UUID building, String number) {}

    private static Map<String, UUID> buildings(Tx tx, UUID compound, List<String> numbers) {
        tx.sql("""
                insert into building (compound_id, id, number)
                select $1, id, number from unnest($2::uuid[], $3::text[]) v(id, number)
                on conflict do nothing""")
                .bind(compound).bind(newIds(numbers.size())).bind(numbers.toArray(String[]::new)).update();
        var ids = new HashMap<String, UUID>();
        tx.sql("select id, number from building where compound_id = $1 and number = any($2)")
                .bind(compound).bind(numbers.toArray(String[]::new)).list(row -> ids.put(row.getString("number"), row.getUUID("id")));
        return ids;
    }

    private static Map<UnitKey, UUID> units(Tx tx, UUID compound, List<UnitKey> keys) {
        tx.sql("""
                insert into unit (compound_id, id, building_id, number)
                select $1, id, building_id, number from unnest($2::uuid[], $3::uuid[], $4::text[]) v(id, building_id, number)
                on conflict do nothing""")
                .bind(compound).bind(newIds(keys.size())).bind(column(keys, UnitKey::building, UUID[]::new))
                .bind(column(keys, UnitKey::number, String[]::new)).update();
        var ids = new HashMap<UnitKey, UUID>();
        tx.sql("select id, building_id, number from unit where compound_id = $1 and building_id = any($2)")
                .bind(compound).bind(column(keys, UnitKey::building, UUID[]::new))
                .list(row -> ids.put(new UnitKey(row.getUUID("building_id"), row.getString("number")), row.getUUID("id")));
        return ids;
    }

    void create(Tx tx, UUID compound, List<Entry> entries, Map<String, Place> places, OffsetDateTime now) {
        UUID[] ids = newIds(entries.size());
        Map<Entry, UUID> idOf = new LinkedHashMap<>();
        for (int i = 0; i < ids.length; i++) {
            idOf.put(entries.get(i), ids[i]);
        }
        tx.sql("""
                insert into resident (compound_id, id, household_id, building_id, name, relation, born_on,
                    phone_sealed, phone_hash, phone_masked, id_number_sealed, id_number_hash, id_number_masked, created_at, updated_at)
                select $1, v.*, $2, $2
                from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[],
                            $9::bytea[], $10::bytea[], $11::text[], $12::bytea[], $13::bytea[], $14::text[]) v""")
                .bind(compound).bind(now).bind(ids)
                .bind(column(entries, entry -> places.get(entry.household()).household, UUID[]::new))
                .bind(column(entries, entry -> places.get(entry.household()).building, UUID[]::new))
                .bind(column(entries, entry -> entry.line().name(), String[]::new))
                .bind(column(entries, entry -> entry.line().relation().orElse(Relation.OTHER).name(), String[]::new))
                .bind(column(entries, entry -> entry.line().bornOn().orElse(null), LocalDate[]::new))
                .bind(column(entries, entry -> sealedPhone(entry, idOf.get(entry)), Buffer[]::new))
                .bind(column(entries, entry -> bytes(entry.phoneHash()), Buffer[]::new))
                .bind(column(entries, RosterStore::maskedPhone, String[]::new))
                .bind(column(entries, entry -> sealedIdNumber(entry, idOf.get(entry)), Buffer[]::new))
                .bind(column(entries, entry -> bytes(entry.idNumberHash()), Buffer[]::new))
                .bind(column(entries, RosterStore::maskedIdNumber, String[]::new))
                .update();
    }

    /** Phones that change are let go before any is given, because two residents may have swapped theirs. */
    static void releasePhones(Tx tx, UUID compound, List<Change> changes) {
        tx.sql("""
                update resident set phone_sealed = null, phone_hash = null, phone_masked = null
                where compound_id = $1 and id = any($2)""")
                .bind(compound).bind(changes.stream().filter(Change::ofPhone).map(change -> change.before().id()).toArray(UUID[]::new))
                .update();
    }

    void update(Tx tx, UUID compound, List<Change> changes, Map<String, Place> places, OffsetDateTime now) {
        tx.sql("""
                update resident r
                set household_id = v.household_id, building_id = v.building_id, name = v.name, relation = v.relation,
                    born_on = coalesce(v.born_on, r.born_on), updated_at = $2,
                    phone_sealed = coalesce(v.phone_sealed, r.phone_sealed), phone_hash = coalesce(v.phone_hash, r.phone_hash),
                    phone_masked = coalesce(v.phone_masked, r.phone_masked),
                    id_number_sealed = coalesce(v.id_number_sealed, r.id_number_sealed),
                    id_number_hash = coalesce(v.id_number_hash, r.id_number_hash),
                    id_number_masked = coalesce(v.id_number_masked, r.id_number_masked)
                from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[],
                            $9::bytea[], $10::bytea[], $11::text[], $12::bytea[], $13::bytea[], $14::text[])
                    v(id, household_id, building_id, name, relation, born_on,
                      phone_sealed, phone_hash, phone_masked, id_number_sealed, id_number_hash, id_number_masked)
                where r.compound_id = $1 and r.id = v.id""")
                .bind(compound).bind(now).bind(column(changes, change -> change.before().id(), UUID[]::new))
                .bind(column(changes, change -> places.get(change.entry().household()).household, UUID[]::new))
                .bind(column(changes, change -> places.get(change.entry().household()).building, UUID[]::new))
                .bind(column(changes, change -> change.entry().line().name(), String[]::new))
                .bind(column(changes, change -> change.entry().line().relation().orElse(change.before().relation()).name(), String[]::new))
                .bind(column(changes, change -> change.entry().line().bornOn().orElse(null), LocalDate[]::new))
                .bind(column(changes, change -> change.ofPhone() ? sealedPhone(change.entry(), change.before().id()) : null, Buffer[]::new))
                .bind(column(changes, change -> change.ofPhone() ? bytes(change.entry().phoneHash()) : null, Buffer[]::new))
                .bind(column(changes, change -> change.ofPhone() ? maskedPhone(change.entry()) : null, String[]::new))
                .bind(column(changes, change -> change.ofIdNumber() ? sealedIdNumber(change.entry(), change.before().id()) : null, Buffer[]::new))
                .bind(column(changes, change -> change.ofIdNumber() ? bytes(change.entry().idNumberHash()) : null, Buffer[]::new))
                .bind(column(changes, change -> change.ofIdNumber() ? maskedIdNumber(change.entry()) : null, String[]::new))
                .update();
    }

    /** What is open about these people's health goes with them: who looks after their new building sees it, who moves in after them does not. */
    static void carryCare(Tx tx, UUID compound, Collection<UUID> residents) {
        for (var open : List.of("health_alert c set household_id = r.household_id, building_id = r.building_id from resident r where c.state <> 'CLOSED'",
                "observation c set household_id = r.household_id, building_id = r.building_id from resident r where c.state = 'OPEN'")) {
            tx.sql("update " + open + " and c.compound_id = $1 and c.resident_id = any($2) and r.compound_id = c.compound_id and r.id = c.resident_id")
                    .bind(compound).bind(residents.toArray(UUID[]::new)).update();
        }
    }

    private @Nullable Buffer sealedPhone(Entry entry, UUID resident) {
        return entry.line().phone().map(phone -> Buffer.buffer(personalData.seal(phone, "resident", resident))).orElse(null);
    }

    private @Nullable Buffer sealedIdNumber(Entry entry, UUID resident) {
        return entry.line().idNumber().map(number -> Buffer.buffer(personalData.seal(number, "resident", resident))).orElse(null);
    }

    private static @Nullable String maskedPhone(Entry entry) {
        return entry.line().phone().map(PhoneNumber::masked).orElse(null);
    }

    private static @Nullable String maskedIdNumber(Entry entry) {
        return entry.line().idNumber().map(IdNumber::masked).orElse(null);
    }

    private static @Nullable Buffer bytes(Optional<String> hex) {
        return hex.map(text -> Buffer.buffer(HexFormat.of().parseHex(text))).orElse(null);
    }

    private static UUID[] newIds(int count) {
        var ids = new UUID[count];
        for (int i = 0; i < count; i++) {
            ids[i] = Ids.next();
        }
        return ids;
    }

    private static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
