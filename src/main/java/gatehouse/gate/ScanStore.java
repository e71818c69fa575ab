package gatehouse.gate;

import static gatehouse.gate.GateStore.column;

import gatehouse.gate.Foresight.Foreseen;
import gatehouse.gate.Foresight.Traits;
import gatehouse.gate.GateStore.Asked;
import gatehouse.gate.GateStore.Found;
import gatehouse.gate.GateStore.Keeping;
import gatehouse.kernel.Statements;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list of scans in one statement: it reads their passes and keeps what was foreseen of those that are as they were supposed to be. */
final class ScanStore {
    private static final String DIVIDER = ",";

    private ScanStore() {
    }

    /**
     * A scan whose pass is not known yet.
     *
     * @param cardSerial which printing of the pass's card was shown; null where it was a screen
     * @param foreseen   null where its pass must be read first; else {@code keeping} is what to keep, without pass and version
     */
    record Shown(Asked asked, @Nullable Integer cardSerial, @Nullable Foreseen foreseen, @Nullable Keeping keeping) {
        private <T> @Nullable T kept(Function<GateScan, @Nullable T> field) {
            return keeping == null ? null : field.apply(keeping.scan());
        }
    }

    /** What became of a scan by the statement that read its pass. */
    enum Fate {
        /** Its pass is not as was supposed, or nothing was: it is to be judged. */
        READ,
        KEPT,
        /** Its pass was as supposed, and somebody else changed it before it could be kept: it is to be read again. */
        OVERTAKEN
    }

    record Seen(Found found, Fate fate) {
    }

    /** The first array is a subselect so that the planner does not see how short a list is: it would plan each short one anew. */
    private static final String SHOWN = """
            with w as (
                select * from unnest((select $1::uuid[]), $2::uuid[], $3::bigint[], $4::date[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::text[],
                    $10::uuid[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::boolean[], $15::smallint[], $16::boolean[],
                    $17::boolean[], $18::text[], $19::boolean[], $20::uuid[], $21::uuid[]) with ordinality
                    as w (compound_id, nonce, number, day, states, traits, card, to_state, event, shown_gate_id, shown_direction, shown_at,
                    shown_received_at, shown_offline, shown_tenths, shown_mask, to_allowed, to_reason, to_moved, to_by_compound_id, to_by_account_id,
                    place)
            ), found as (
                select w.compound_id as shown_compound_id, w.nonce as shown_nonce, w.day, w.states, w.traits, w.card, w.to_state, w.event,
                    w.shown_gate_id, w.shown_direction, w.shown_at, w.shown_received_at, w.shown_offline, w.shown_tenths, w.shown_mask, w.to_allowed,
                    w.to_reason, w.to_moved, w.to_by_compound_id, w.to_by_account_id,
            """;

    /** The version is looked at again when the pass is locked: whoever changed it since the snapshot was first. */
    private static final String KEPT = """

            ), foreseen as (
                select * from found
                where state = any(string_to_array(states, ',')) and (traits is null or concat_ws(' ', shown_at < valid_from, shown_at > leave_by,
                    coalesce(card = card_serial, true), coalesce(last_in > shown_at, false), morning, afternoon, alert_open, observed, place_sealed)
                    = any(string_to_array(traits, ',')))
            ), moved as (
                update outing_pass p set state = f.to_state, version = p.version + 1
                from (select shown_compound_id, id, version, to_state, place from foreseen order by shown_compound_id, id) f
                where p.compound_id = f.shown_compound_id and p.id = f.id and p.version = f.version
                returning f.place
            ), history as (
                insert into outing_pass_event (compound_id, pass_id, version, event, from_state, to_state, event_at, by_compound_id, by_account_id)
                select shown_compound_id, id, version + 1, event, state, to_state, shown_at, to_by_compound_id, to_by_account_id
                from foreseen where place in (select place from moved)
            ), kept as (
                insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id,
                    household_id, building_id, temperature_tenths, mask, allowed, reason, moved, by_compound_id, by_account_id)
                select shown_compound_id, shown_nonce, shown_gate_id, shown_direction, shown_at, day, shown_received_at, shown_offline, id, resident_id,
                    household_id, building_id, shown_tenths, shown_mask, to_allowed, to_reason, to_moved, to_by_compound_id, to_by_account_id
                from foreseen where place in (select place from moved)
                order by shown_compound_id, shown_nonce
            )
            select place, id, resident_id, household_id, building_id, label, colour, kind, state, valid_from, leave_by, valid_until, card_serial,
                version, slot_gate_id, last_in, gate_id, direction, scanned_at, received_at, offline, earlier_pass_id, earlier_resident_id,
                earlier_household_id, earlier_building_id, temperature_tenths, mask, allowed, reason, moved, conflict, by_compound_id, by_account_id,
                earlier_compound_id, nonce, earlier_household, earlier_colour, morning, afternoon, alert_open, observed, place_sealed,
                place in (select place from foreseen) as as_foreseen, place in (select place from moved) as kept
            from found""";

    /**
     * Reads and keeps; no nonce and no pass twice in the list. It is the whole transaction: a nonce that somebody else takes meanwhile
     * fails it, and nothing of it is kept.
     */
    static List<Seen> scan(Statements where, List<Shown> list) {
        return where.sql(SHOWN + GateStore.FOUND + GateStore.CONDITIONS + "\nfrom w" + GateStore.WHERE_FOUND + KEPT)
                .bind(column(list, shown -> shown.asked.compoundId(), UUID[]::new)).bind(column(list, shown -> shown.asked.nonce(), UUID[]::new))
                .bind(column(list, shown -> shown.asked.passNumber(), Long[]::new)).bind(column(list, shown -> shown.asked.day(), LocalDate[]::new))
                .bind(column(list, shown -> states(shown.foreseen), String[]::new)).bind(column(list, shown -> traits(shown.foreseen), String[]::new))
                .bind(column(list, Shown::cardSerial, Integer[]::new))
                .bind(column(list, shown -> shown.keeping == null ? null : shown.keeping.toState(), String[]::new))
                .bind(column(list, shown -> shown.keeping == null ? null : shown.keeping.event(), String[]::new))
                .bind(kept(list, GateScan::gateId, UUID[]::new)).bind(kept(list, scan -> scan.direction().name(), String[]::new))
                .bind(kept(list, GateScan::scannedAt, OffsetDateTime[]::new)).bind(kept(list, GateScan::receivedAt, OffsetDateTime[]::new))
                .bind(kept(list, GateScan::offline, Boolean[]::new))
                .bind(kept(list, scan -> scan.temperatureTenths() == null ? null : scan.temperatureTenths().shortValue(), Short[]::new))
                .bind(kept(list, GateScan::mask, Boolean[]::new)).bind(kept(list, GateScan::allowed, Boolean[]::new))
                .bind(kept(list, scan -> scan.reason().slug(), String[]::new)).bind(kept(list, GateScan::moved, Boolean[]::new))
                .bind(kept(list, GateScan::byCompoundId, UUID[]::new)).bind(kept(list, GateScan::byAccountId, UUID[]::new))
                .list(row -> new Seen(Found.of(row), fate(row)));
    }

    private static Fate fate(Row row) {
        if (row.getBoolean("kept")) {
            return Fate.KEPT;
        }
        return row.getBoolean("as_foreseen") ? Fate.OVERTAKEN : Fate.READ;
    }

    private static @Nullable String states(@Nullable Foreseen foreseen) {
        return foreseen == null ? null : String.join(DIVIDER, foreseen.states());
    }

    private static @Nullable String traits(@Nullable Foreseen foreseen) {
        return foreseen == null || foreseen.traits().isEmpty() ? null
                : foreseen.traits().stream().map(ScanStore::written).collect(Collectors.joining(DIVIDER));
    }

    /** As the statement writes those that it finds. */
    private static String written(Traits traits) {
        return Stream.of(traits.isTooEarly(), traits.isTooLate(), traits.cardIsGood(), traits.cameInLater(), traits.reported().morning(),
                traits.reported().afternoon(), traits.alertOpen(), traits.observed(), traits.placeSealed())
                .map(holds -> holds ? "t" : "f").collect(Collectors.joining(" "));
    }

    private static <C> C[] kept(List<Shown> list, Function<GateScan, @Nullable C> field, IntFunction<C[]> array) {
        return column(list, shown -> shown.kept(field), array);
    }
}
