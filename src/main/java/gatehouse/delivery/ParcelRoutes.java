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
    private final CourierActions couriers;

    ParcelRoutes(ParcelActions actions, CourierActions couriers) {
        this.actions = actions;
        this.couriers = couriers;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("registerParcel", Allow.onlyOrLink(CourierRoutes.TOKEN, GUARD), this::register),
                Endpoint.of("listParcels", Allow.only(RESIDENT, GUARD, OFFICE), this::list),
                Endpoint.of("getParcelOverview", Allow.only(GUARD, OFFICE), this::overview),
                Endpoint.of("getParcel", Allow.only(RESIDENT, GUARD, OFFICE), this::read),
                Endpoint.of("addParcelEvent", Allow.only(GUARD, OFFICE), this::happen));
    }

    record GateRef(UUID id, String name) {
    }

    record SlotRef(OffsetDateTime startsAt, OffsetDateTime endsAt) {
    }

    /** {@code written, possible} are for staff; {@code brought} says that somebody brings it, to everybody in the same way. */
    record ParcelBody(UUID id, ParcelState state, GateRef gate, @Nullable String household, boolean toSort, @Nullable String written, String carrier,
                      String trackingTail, @Nullable String shelf, boolean perishable, boolean disinfected, OffsetDateTime registeredAt,
                      @Nullable SlotRef slot, OffsetDateTime dueBackAt, boolean returnDue, boolean brought, @Nullable OffsetDateTime endedAt,
                      @Nullable List<ParcelAct> possible, @Nullable List<EntryBody> events, @Nullable List<UUID> photos) {
        static ParcelBody of(Detail detail, boolean forStaff) {
            var body = of(detail.view(), forStaff, detail.entries());
            return new ParcelBody(body.id, body.state, body.gate, body.household, body.toSort, body.written, body.carrier, body.trackingTail, body.shelf,
                    body.perishable, body.disinfected, body.registeredAt, body.slot, body.dueBackAt, body.returnDue, body.brought, body.endedAt, body.possible,
                    body.events, detail.photos());
        }

        static ParcelBody of(View view, boolean forStaff, @Nullable List<Entry> entries) {
            var parcel = view.parcel();
            var slot = parcel.slot();
            return new ParcelBody(parcel.id(), view.state(), new GateRef(parcel.gateId(), parcel.gate()), parcel.household(),
                    parcel.householdId() == null && parcel.state().isWaiting(), forStaff ? parcel.written() : null, parcel.carrier(), parcel.trackingTail(),
                    parcel.shelf(), parcel.perishable(), parcel.disinfected(), parcel.registeredAt(),
                    slot == null || view.state() != ParcelState.BOOKED ? null : new SlotRef(slot.startsAt(), slot.endsAt()), view.dueBackAt(),
                    view.returnDue(), parcel.brought(), parcel.endedAt(), forStaff ? view.possible() : null,
                    entries == null ? null : entries.stream().map(entry -> EntryBody.of(entry, forStaff)).toList(), null);
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
        var token = request.header(CourierRoutes.TOKEN);
        if (token.isPresent()) {
            return byLink(request, couriers.demand(token.get()), asked);
        }
        return Reply.of(actions.register(request.caller(), request.once(view -> Reply.answer(201, ParcelBody.of(view, true, null))),
                Duty.gate(request.caller(), asked.gateId()), asked.waybill()));
    }

    /** A courier chooses neither gate nor household, and is shown nothing but what they wrote. */
    private Reply byLink(Request request, CourierLink link, RegisterParcel asked) {
        if (asked.householdId != null || asked.gateId != null) {
            throw Problem.badField(asked.householdId != null ? "/householdId" : "/gateId", FieldFault.NOT_ALLOWED);
        }
        return Reply.of(couriers.register(link, request.once(parcel -> Reply.answer(201, ParcelBody.of(actions.view(parcel), false, null))),
                asked.waybill()));
    }

    private Reply list(Request request) {
        var caller = request.caller();
        var filter = new Filter(request.query("state").map(ParcelState::valueOf).orElse(null), gates(request), request.queryFlag("waiting"),
                request.queryFlag("toSort"), null, request.query("household").orElse(null), request.query("tracking").orElse(null));
        var page = actions.list(caller, request.scope(), filter, request.queryFlag("returnDue"), request.page());
        return Reply.ok(Request.withCursor(page.map(view -> ParcelBody.of(view, isStaff(request), null))));
    }

    /** The gates that are asked for, of a guard's own where the caller is nothing else; null for all. */
    private static UUID @Nullable [] gates(Request request) {
        var asked = request.queryId("gateId");
        if (!ParcelActions.isOnlyGuard(request.caller())) {
            return asked.map(gate -> new UUID[] {gate}).orElse(null);
        }
        return Duty.gatesOf(request.caller()).stream().filter(own -> asked.isEmpty() || asked.get().equals(own)).toArray(UUID[]::new);
    }

    private Reply overview(Request request) {
        return Reply.ok(actions.overview(request.caller(), request.scope(), gates(request)));
    }

    private static boolean isStaff(Request request) {
        return request.caller().is(Role.GUARD) || request.caller().is(Role.OFFICE);
    }

    private Reply read(Request request) {
        Detail detail = actions.read(request.caller(), request.scope(), request.pathId("id"));
        return Reply.ok(ParcelBody.of(detail, isStaff(request)));
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
