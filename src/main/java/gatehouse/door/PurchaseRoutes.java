package gatehouse.door;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.REPAIRMAN;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.door.Purchase.Item;
import gatehouse.door.PurchaseActions.Said;
import gatehouse.door.PurchaseActions.View;
import gatehouse.door.PurchaseActions.Wish;
import gatehouse.door.PurchaseStore.Entry;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.photo.PhotoSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of purchases. Money is yuan in JSON and fen inside. */
final class PurchaseRoutes {
    private final PurchaseActions actions;

    PurchaseRoutes(PurchaseActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        var sides = Allow.only(RESIDENT, GUARD, GRID_WORKER, DISPATCHER, REPAIRMAN, OFFICE);
        return List.of(
                Endpoint.of("createPurchase", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::request),
                Endpoint.of("listPurchases", sides, this::list),
                Endpoint.of("getPurchase", sides, request -> Reply.ok(PurchaseBody.of(actions.read(request.caller(), request.pathId("id"))))),
                Endpoint.of("addPurchaseEvent", sides, this::say),
                Endpoint.of("rewordPurchase", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::reword),
                Endpoint.of("addPurchaseReceipt", sides, this::receipt),
                Endpoint.of("getPurchaseReceipt", sides, this::picture));
    }

    record ItemBody(String name, BigDecimal quantity, String unit) {
        static ItemBody of(Item item) {
            return new ItemBody(item.name(), plain(BigDecimal.valueOf(item.quantityTenths(), 1)), item.unit());
        }

        Item item() {
            return new Item(name.strip(), quantity.movePointRight(1).intValueExact(), unit.strip());
        }
    }

    /** {@code buyer} is named to staff alone; {@code mine}: the caller buys; {@code answer}: why its words were refused; {@code closesAt}: by itself. */
    record PurchaseBody(UUID id, PurchaseState state, String household, List<ItemBody> items, BigDecimal budget, BigDecimal allowed, @Nullable BigDecimal asked,
                        @Nullable BigDecimal cost, PurchasePayBy payBy, LocalDate wantedOn, @Nullable String note, OffsetDateTime requestedAt,
                        @Nullable String buyer, boolean mine, @Nullable OffsetDateTime acceptedAt, boolean hasReceipt, @Nullable OffsetDateTime boughtAt,
                        @Nullable OffsetDateTime deliveredAt, @Nullable OffsetDateTime endedAt, @Nullable String endNote, boolean held, @Nullable String answer, boolean rewordable,
                        @Nullable OffsetDateTime closesAt, List<PurchaseStep> possible,
                        @Nullable List<EntryBody> events) {
        static PurchaseBody of(View view) {
            var each = view.purchase();
            var buyer = each.buyer();
            return new PurchaseBody(each.id(), each.state(), each.household(), each.items().stream().map(ItemBody::of).toList(), yuan(each.budgetFen()),
                    yuan(each.allowedFen()), each.askedFen() == null ? null : yuan(each.askedFen()), each.costFen() == null ? null : yuan(each.costFen()),
                    each.payBy(), each.wantedOn(), each.note(), each.requestedAt(), buyer == null || !view.side().staff() ? null : buyer.name(),
                    view.side().buyer(), each.acceptedAt(), each.receiptId() != null, each.boughtAt(), each.deliveredAt(), each.endedAt(), each.endNote(),
                    each.isHeld(), whyRefused(view), PurchasePolicy.mayReword(each.state(), each.isRefused(), view.side()), view.closesAt(), view.possible(), view.entries().isEmpty() ? null : view.entries().stream().map(entry -> EntryBody.of(entry, view.side().staff())).toList());
        }
    }

    private static @Nullable String whyRefused(View view) {
        var standing = view.purchase().standing();
        return standing != null && (view.side().household() || view.side().staff()) ? standing.answer() : null;
    }

    /** Who did it is named to staff alone. */
    record EntryBody(PurchaseEvent event, PurchaseState state, OffsetDateTime at, @Nullable BigDecimal amount, @Nullable String note, @Nullable String by) {
        static EntryBody of(Entry entry, boolean forStaff) {
            return new EntryBody(entry.event(), entry.to(), entry.at(), entry.fen() == null ? null : yuan(entry.fen()), entry.note(), forStaff ? entry.byName() : null);
        }
    }

    record CreatePurchase(@Nullable String householdId, List<ItemBody> items, BigDecimal budget, PurchasePayBy payBy, LocalDate wantedOn, @Nullable String note) {
        Wish wish() {
            return new Wish(householdId == null ? null : Identifiers.parse(householdId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)),
                    items.stream().map(ItemBody::item).toList(), fen(budget), payBy, wantedOn, note);
        }
    }

    record Reword(List<ItemBody> items, @Nullable String note) {
    }

    record SayPurchase(PurchaseStep event, @Nullable BigDecimal cost, @Nullable String note) {
    }

    static int fen(BigDecimal yuan) {
        return yuan.movePointRight(2).intValueExact();
    }

    static BigDecimal yuan(int fen) {
        return plain(BigDecimal.valueOf(fen, 2));
    }

    /** 12, not 12.00 and not 1.2E+1. */
    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private Reply request(Request request) {
        return Reply.of(actions.request(request.caller(), request.once(view -> Reply.answer(201, PurchaseBody.of(view))), request.body(CreatePurchase.class).wish()));
    }

    private Reply list(Request request) {
        return Reply.ok(Request.withCursor(actions.list(request.caller(), request.queryFlag("home"), request.queryFlag("unfinished"), request.page())
                .map(PurchaseBody::of)));
    }

    private Reply say(Request request) {
        var body = request.body(SayPurchase.class);
        return Reply.of(actions.say(request.caller(), request.once(view -> Reply.answer(200, PurchaseBody.of(view))), request.pathId("id"),
                new Said(body.event, body.cost == null ? null : fen(body.cost), body.note)));
    }

    private Reply reword(Request request) {
        var body = request.body(Reword.class);
        return Reply.of(actions.reword(request.caller(), request.once(view -> Reply.answer(200, PurchaseBody.of(view))), request.pathId("id"),
                body.items.stream().map(ItemBody::item).toList(), body.note));
    }

    private Reply receipt(Request request) {
        return Reply.of(actions.receipt(request.caller(), request.once(view -> Reply.answer(200, PurchaseBody.of(view))), request.pathId("id"),
                request.file("photo")));
    }

    private Reply picture(Request request) {
        return actions.picture(request.caller(), request.pathId("id"), request.query("size").map(PhotoSize::valueOf).orElse(PhotoSize.FULL));
    }
}
