package gatehouse.delivery;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.delivery.ParcelRoutes.GateRef;
import gatehouse.delivery.ParcelRoutes.ParcelBody;
import gatehouse.delivery.ParcelRoutes.SlotRef;
import gatehouse.delivery.PickupActions.Shown;
import gatehouse.delivery.PickupActions.SlotView;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Await;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of slots, codes and hand-over. */
final class PickupRoutes {
    private final BookingIntake intake;
    private final PickupActions pickups;
    private final CollectorActions collectors;
    private final ParcelActions parcels;
    private final PickupQr qr = new PickupQr();

    PickupRoutes(BookingIntake intake, PickupActions pickups, CollectorActions collectors, ParcelActions parcels) {
        this.intake = intake;
        this.pickups = pickups;
        this.collectors = collectors;
        this.parcels = parcels;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listPickupSlots", Allow.only(RESIDENT, GUARD, OFFICE), this::slots),
                Endpoint.of("bookPickup", Allow.only(RESIDENT), this::book),
                Endpoint.of("cancelPickup", Allow.only(RESIDENT), this::unbook),
                Endpoint.of("getPickupCode", Allow.only(RESIDENT), this::code),
                Endpoint.of("findPickup", Allow.only(GUARD), this::look),
                Endpoint.of("handOverParcels", Allow.only(GUARD), this::collect),
                Endpoint.of("listCollectors", Allow.only(RESIDENT), this::listCollectors),
                Endpoint.of("nameCollector", Allow.only(RESIDENT), this::nameCollector),
                Endpoint.of("withdrawCollector", Allow.only(RESIDENT), this::withdraw));
    }

    record SlotBody(String id, GateRef gate, OffsetDateTime startsAt, OffsetDateTime endsAt, int capacity, int taken) {
        static SlotBody of(SlotView view) {
            return new SlotBody(view.slot().id(), new GateRef(view.gate().id(), view.gate().name()), view.slot().startsAt(), view.endsAt(),
                    view.capacity(), view.taken());
        }
    }

    private Reply slots(Request request) {
        var slots = pickups.slots(request.scope(), request.queryId("gateId").orElse(null), request.queryDate("date").orElse(null));
        return Reply.ok(new Page<>(slots.stream().map(SlotBody::of).toList(), null));
    }

    record BookPickup(String slotId) {
    }

    /** Not hot: what is answered goes by the compound's rules, which may have to be read. */
    private Reply book(Request request) {
        var slot = PickupSlot.parse(request.body(BookPickup.class).slotId()).orElseThrow(() -> Problem.badField("/slotId", FieldFault.NO_SUCH_SLOT));
        return Reply.ok(body(Await.on(intake.book(request.caller(), request.pathId("id"), slot))));
    }

    private Reply unbook(Request request) {
        return Reply.ok(body(pickups.unbook(request.caller(), request.scope(), request.pathId("id"))));
    }

    private ParcelBody body(Parcel parcel) {
        return ParcelBody.of(parcels.view(parcel), false, null);
    }

    record CodeBody(String code, String qr) {
        static CodeBody of(PickupCode code, PickupQr qr) {
            return new CodeBody(code.printed(), qr.dataUrl(code.scanned()));
        }
    }

    private Reply code(Request request) {
        return Reply.ok(CodeBody.of(pickups.code(request.scope(), request.pathId("id")), qr));
    }

    record ShowCode(String pickupCode, @Nullable String gateId) {
    }

    record ShownBody(String household, List<ParcelBody> items, @Nullable String collector, PickupWalk walk, @Nullable SlotRef slot) {
    }

    private ShownBody shown(Shown shown) {
        var slot = shown.pickup().slot();
        return new ShownBody(shown.pickup().household(), shown.parcels().stream().map(each -> ParcelBody.of(parcels.view(each), true, null)).toList(),
                shown.collector(), shown.walk(), slot == null ? null : new SlotRef(slot.startsAt(), slot.endsAt()));
    }

    private Reply look(Request request) {
        var asked = request.body(ShowCode.class);
        return Reply.ok(shown(pickups.look(request.caller(), request.scope(), Duty.gate(request.caller(), asked.gateId), asked.pickupCode,
                request.clientAddress())));
    }

    private Reply collect(Request request) {
        var asked = request.body(ShowCode.class);
        return Reply.of(pickups.collect(request.caller(), request.scope(), request.once(handed -> Reply.answer(200, shown(handed))),
                Duty.gate(request.caller(), asked.gateId), asked.pickupCode, request.clientAddress()));
    }

    record NameCollector(String name, int days) {
    }

    /** Without the code where it was just made: no table of answers is to hold one. */
    record CollectorBody(UUID id, String name, OffsetDateTime validUntil, @Nullable String code, @Nullable String qr) {
        static CollectorBody of(Collector collector) {
            return new CollectorBody(collector.id(), collector.name(), collector.validUntil(), null, null);
        }

        static CollectorBody of(CollectorActions.View view, PickupQr qr) {
            return new CollectorBody(view.collector().id(), view.collector().name(), view.collector().validUntil(), view.code().printed(),
                    qr.dataUrl(view.code().scanned()));
        }
    }

    private Reply listCollectors(Request request) {
        return Reply.ok(new Page<>(collectors.list(request.scope()).stream().map(each -> CollectorBody.of(each, qr)).toList(), null));
    }

    private Reply nameCollector(Request request) {
        var asked = request.body(NameCollector.class);
        return Reply.of(collectors.name(request.caller(), request.scope(), request.once(made -> Reply.answer(201, CollectorBody.of(made))),
                asked.name, asked.days));
    }

    private Reply withdraw(Request request) {
        collectors.withdraw(request.scope(), request.pathId("id"));
        return Reply.noContent();
    }
}
