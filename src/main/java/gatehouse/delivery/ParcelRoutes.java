package gatehouse.delivery;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.delivery.ParcelActions.Detail;
import gatehouse.delivery.ParcelActions.Said;
import gatehouse.delivery.ParcelActions.View;
import gatehouse.delivery.ParcelActions.Waybill;
import gatehouse.delivery.ParcelStore.Entry;
import gatehouse.delivery.ParcelStore.Filter;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of parcels. */
final class ParcelRoutes {
    private final ParcelActions actions;

    ParcelRoutes(ParcelActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("registerParcel", Allow.only(GUARD), this::register),
                Endpoint.of("listParcels", Allow.only(RESIDENT, GUARD, OFFICE), this::list),
                Endpoint.of("getParcel", Allow.only(RESIDENT, GUARD, OFFICE), this::read),
                Endpoint.of("addParcelEvent", Allow.only(GUARD, OFFICE), this::happen));
    }

    record GateRef(UUID id, String name) {
    }

    record SlotRef(OffsetDateTime startsAt, OffsetDateTime endsAt) {
    }

    /** {@code written, returnDue, possible} are for staff. */
    record ParcelBody(UUID id, ParcelState state, GateRef gate, @Nullable String household, boolean toSort, @Nullable String written, String carrier,
                      String trackingTail, @Nullable String shelf, boolean perishable, boolean disinfected, OffsetDateTime registeredAt,
                      @Nullable SlotRef slot, OffsetDateTime dueBackAt, boolean returnDue, @Nullable OffsetDateTime endedAt,
                      @Nullable List<ParcelAct> possible, @Nullable List<EntryBody> events) {
        static ParcelBody of(View view, boolean forStaff, @Nullable List<Entry> entries) {
            var parcel = view.parcel();
            var slot = parcel.slot();
            return new ParcelBody(parcel.id(), view.state(), new GateRef(parcel.gateId(), parcel.gate()), parcel.household(),
                    parcel.householdId() == null && parcel.state().isWaiting(), forStaff ? parcel.written() : null, parcel.carrier(), parcel.trackingTail(),
                    parcel.shelf(), parcel.perishable(), parcel.disinfected(), parcel.registeredAt(),
                    slot == null || view.state() != ParcelState.BOOKED ? null : new SlotRef(slot.startsAt(), slot.endsAt()), view.dueBackAt(),
                    view.returnDue(), parcel.endedAt(), forStaff ? view.possible() : null,
                    entries == null ? null : entries.stream().map(entry -> EntryBody.of(entry, forStaff)).toList());
        }
    }

    /** Residents read what happened, not which of the staff did it. */
    record EntryBody(ParcelEvent event, ParcelState state, OffsetDateTime at, @Nullable String by, boolean byCourier, @Nullable String note) {
        static EntryBody of(Entry entry, boolean forStaff) {
            return new EntryBody(entry.event(), entry.to(), entry.at(), forStaff ? entry.byName() : null, entry.byCourier(), entry.note());
        }
    }

    record RegisterParcel(@Nullable String building, @Nullable String unit, @Nullable String room, @Nullable String phoneTail, @Nullable String householdId,
                          String carrier, String trackingTail, @Nullable String shelf, boolean perishable, boolean disinfected, @Nullable String gateId) {
        Waybill waybill() {
            var address = address(building, unit, room, phoneTail, householdId);
            if (address == null) {
                throw Problem.badField("/room", FieldFault.REQUIRED);
            }
            return new Waybill(address, demand("/carrier", carrier), demand("/trackingTail", trackingTail), written(shelf), perishable, disinfected);
        }
    }

    /** Null where none is written; a door that lacks a part names the part. */
    static @Nullable ParcelAddress address(@Nullable String building, @Nullable String unit, @Nullable String room, @Nullable String phoneTail,
                                           @Nullable String householdId) {
        if (householdId != null) {
            return Identifiers.parse(householdId).map(ParcelAddress.Known::new).orElseThrow(() -> Problem.badField("/householdId", FieldFault.NOBODY_THERE));
        }
        if (building != null || unit != null || room != null) {
            return new ParcelAddress.Door(demand("/building", building), demand("/unit", unit), demand("/room", room));
        }
        return phoneTail == null ? null : new ParcelAddress.PhoneTail(phoneTail);
    }

    private static String demand(String pointer, @Nullable String text) {
        var written = written(text);
        if (written == null) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
        return written;
    }

    private static @Nullable String written(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private Reply register(Request request) {
        var asked = request.body(RegisterParcel.class);
        return Reply.of(actions.register(request.caller(), request.once(view -> Reply.answer(201, ParcelBody.of(view, true, null))),
                Duty.gate(request.caller(), asked.gateId()), asked.waybill()));
    }

    private Reply list(Request request) {
        var caller = request.caller();
        var asked = request.queryId("gateId").orElse(null);
        UUID[] gates = asked != null ? new UUID[] {asked} : ParcelActions.isOnlyGuard(caller) ? Duty.gatesOf(caller).toArray(UUID[]::new) : null;
        if (asked != null && ParcelActions.isOnlyGuard(caller) && !Duty.gatesOf(caller).contains(asked)) {
            gates = new UUID[0];
        }
        var filter = new Filter(request.query("state").map(ParcelState::valueOf).orElse(null), gates, request.queryFlag("waiting"),
                request.queryFlag("toSort"), null, request.query("household").orElse(null), request.query("tracking").orElse(null));
        var page = actions.list(caller, request.scope(), filter, request.queryFlag("returnDue"), request.page());
        return Reply.ok(Request.withCursor(page.map(view -> ParcelBody.of(view, isStaff(request), null))));
    }

    private static boolean isStaff(Request request) {
        return request.caller().is(Role.GUARD) || request.caller().is(Role.OFFICE);
    }

    private Reply read(Request request) {
        Detail detail = actions.read(request.caller(), request.scope(), request.pathId("id"));
        return Reply.ok(ParcelBody.of(detail.view(), isStaff(request), detail.entries()));
    }

    record ParcelHappened(ParcelAct event, @Nullable String note, @Nullable String shelf, @Nullable String building, @Nullable String unit,
                          @Nullable String room, @Nullable String phoneTail, @Nullable String householdId) {
        Said said() {
            return new Said(event, written(note), address(building, unit, room, phoneTail, householdId), written(shelf));
        }
    }

    private Reply happen(Request request) {
        return Reply.of(actions.happen(request.caller(), request.scope(), request.once(view -> Reply.answer(200, ParcelBody.of(view, true, null))),
                request.pathId("id"), request.body(ParcelHappened.class).said()));
    }
}
