package gatehouse.door;

import gatehouse.delivery.AddressStore;
import gatehouse.delivery.By;
import gatehouse.delivery.Home;
import gatehouse.door.Purchase.Buyer;
import gatehouse.door.Purchase.Item;
import gatehouse.door.PurchasePolicy.Side;
import gatehouse.door.PurchaseStore.Entry;
import gatehouse.http.Caller;
import gatehouse.http.Reply;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoSize;
import gatehouse.registry.Policies;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of purchases: ask, accept, buy within what was agreed, close. The walk that brings them is {@link DoorActions}'. */
final class PurchaseActions {
    private static final Set<Role> STAFF = Set.of(Role.GRID_WORKER, Role.OFFICE);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final PhotoActions photos;
    private final Wordings wordings;

    PurchaseActions(Database database, BusinessClock clock, Policies policies, PhotoActions photos, Wordings wordings) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.photos = photos;
        this.wordings = wordings;
    }

    /** What is asked for; by staff for a household that cannot ask itself. */
    record Wish(@Nullable UUID householdId, List<Item> items, int budgetFen, PurchasePayBy payBy, LocalDate wantedOn, @Nullable String note) {
    }

    /** What somebody says; {@code fen}: what it costs, where the step needs it. */
    record Said(PurchaseStep step, @Nullable Integer fen, @Nullable String note) {
    }

    /** {@code closesAt}: when it closes by itself; null unless it was brought. */
    record View(Purchase purchase, Side side, List<PurchaseStep> possible, List<Entry> entries, @Nullable OffsetDateTime closesAt) {
    }

    /** Where somebody looks: all of {@code seen}, and of {@code free} what nobody has accepted. */
    private record Sight(Scope seen, Scope free, Scope staff, Scope own) {
    }

    private Sight sight(Statements where, Caller caller) {
        var own = caller.scopeBy(Set.of(Role.RESIDENT));
        var staff = caller.scopeBy(STAFF);
        var serving = DoorVolunteerStore.serving(where, caller.compoundId(), caller.accountId(), clock.today());
        if (own.compounds().length == 0 && staff.compounds().length == 0 && serving.nowhere()) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        var free = serving.nowhere() ? Scope.NOTHING : serving.whole() ? Scope.ofCompounds(List.of(caller.compoundId()))
                : Scope.ofBuildings(caller.compoundId(), serving.buildings());
        return new Sight(own.union(staff), free, staff, own);
    }

    private static Side side(Caller caller, Sight sight, Purchase purchase) {
        var buyer = purchase.buyer();
        boolean buys = buyer != null && buyer.accountId().equals(caller.accountId()) && buyer.compoundId().equals(caller.compoundId());
        boolean staff = sight.staff.sees(purchase.compoundId(), purchase.buildingId(), purchase.householdId());
        return new Side(sight.own.sees(purchase.compoundId(), purchase.buildingId(), purchase.householdId()), buys,
                !purchase.isHeld() && sight.free.sees(purchase.compoundId(), purchase.buildingId(), purchase.householdId()), staff, purchase.reachable());
    }

    Answer request(Caller caller, Once<View> once, Wish wish) {
        var now = clock.now();
        var sight = sight(database, caller);
        boolean forOthers = wish.householdId != null && !wish.householdId.equals(caller.householdId());
        return database.transact(once, tx -> {
            var home = (forOthers ? AddressStore.within(tx, sight.staff, wish.householdId)
                    : caller.householdId() == null ? Optional.<Home>empty() : AddressStore.known(tx, caller.compoundId(), caller.householdId()))
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var rules = rules(home.compoundId());
            check(wish, rules, now.toLocalDate());
            if (PurchaseStore.lockUnfinished(tx, home.compoundId(), home.householdId()) >= rules.purchases()) {
                throw Problem.of(ProblemType.PURCHASES_USED_UP, rules.purchases());
            }
            var by = By.account(caller.compoundId(), caller.accountId());
            var asked = new Purchase(home.compoundId(), Ids.next(), home.householdId(), home.buildingId(), home.label(), PurchaseState.REQUESTED, wish.items,
                    wish.budgetFen, wish.budgetFen, null, null, wish.payBy, wish.wantedOn, wish.note, now, null, null, null, null, null, null, null, 1, null, home.reachable());
            PurchaseStore.insert(tx, asked, by);
            PurchaseStore.append(tx, asked, PurchaseEvent.REQUEST, wish.budgetFen, null, by, now);
            wordings.offer(tx, said(caller, asked, wish.items, wish.note), now);
            Outbox.put(tx, now, Message.of(asked.compoundId(), "purchase-asked/" + asked.id(), MessageTemplate.PURCHASE_ASKED,
                    new Recipient.HoldersOfBuilding(Role.GRID_WORKER, asked.buildingId())).about(asked.id()));
            return view(tx, caller, sight, PurchaseStore.find(tx, everywhere(caller, sight), asked.id()).orElseThrow());
        });
    }

    private static Wordings.Said said(Caller caller, Purchase purchase, List<Item> items, @Nullable String note) {
        return new Wordings.Said(WordingKind.PURCHASE, purchase.compoundId(), purchase.id(), caller.compoundId(), caller.accountId(), words(items, note));
    }

    /** All that a volunteer reads. */
    static String words(List<Item> items, @Nullable String note) {
        return Stream.concat(items.stream().map(item -> item.name() + " " + item.unit()), Stream.ofNullable(note)).collect(Collectors.joining("\n"));
    }

    /** Other words for a purchase whose words were refused; they are looked at like the first. */
    Answer reword(Caller caller, Once<View> once, UUID id, List<Item> items, @Nullable String note) {
        var now = clock.now();
        var sight = sight(database, caller);
        return database.transact(once, tx -> {
            var purchase = found(caller, sight, PurchaseStore.lock(tx, everywhere(caller, sight), id));
            if (!PurchasePolicy.mayReword(purchase.state(), purchase.isRefused(), side(caller, sight, purchase))) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            write(tx, caller, purchase, new Draft(purchase, purchase.state()).purchase(), PurchaseEvent.REWORD, null, null, now);
            PurchaseStore.reword(tx, purchase, items, note);
            Wordings.forget(tx, WordingKind.PURCHASE, purchase.compoundId(), List.of(id));
            wordings.offer(tx, said(caller, purchase, items, note), now);
            return view(tx, caller, sight, PurchaseStore.find(tx, everywhere(caller, sight), id).orElseThrow());
        });
    }

    private static void check(Wish wish, DoorRules rules, LocalDate today) {
        if (wish.budgetFen > rules.budgetYuan() * 100) {
            throw Problem.badField("/budget", FieldFault.TOO_BIG, rules.budgetYuan());
        }
        if (wish.wantedOn.isBefore(today)) {
            throw Problem.badField("/wantedOn", FieldFault.IN_PAST);
        }
        if (wish.wantedOn.isAfter(today.plusDays(rules.aheadDays()))) {
            throw Problem.badField("/wantedOn", FieldFault.TOO_MANY_DAYS, rules.aheadDays());
        }
    }

    /** One's household's; what is free and one's own, for volunteers; all in their charge, for staff. */
    Page<View> list(Caller caller, boolean home, boolean unfinished, Page.Request page) {
        var sight = sight(database, caller);
        var rows = PurchaseStore.purchases(database, home ? sight.own : sight.seen, home ? Scope.NOTHING : sight.free, home ? null : caller.compoundId(),
                home ? null : caller.accountId(), unfinished, page, DoorOfficeActions.after(page));
        return Page.cut(rows, page, each -> each.id().toString()).map(each -> {
            var side = side(caller, sight, each);
            return new View(each, side, PurchasePolicy.possible(each.state(), side), List.of(), closesAt(each));
        });
    }

    View read(Caller caller, UUID id) {
        var sight = sight(database, caller);
        var purchase = found(caller, sight, PurchaseStore.find(database, everywhere(caller, sight), id));
        if (!PurchasePolicy.isReadable(purchase.state(), side(caller, sight, purchase))) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return view(database, caller, sight, purchase);
    }

    private static Scope everywhere(Caller caller, Sight sight) {
        return sight.seen.union(sight.free).union(Scope.ofCompounds(List.of(caller.compoundId())));
    }

    /** What another buys is a volunteer's as little as what is elsewhere; but who comes a moment late is told so, not that there is nothing. */
    private static Purchase found(Caller caller, Sight sight, Optional<Purchase> purchase) {
        return purchase.filter(each -> !side(caller, sight, each).none()).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    Answer say(Caller caller, Once<View> once, UUID id, Said said) {
        var now = clock.now();
        var sight = sight(database, caller);
        return database.transact(once, tx -> {
            var purchase = found(caller, sight, PurchaseStore.lock(tx, everywhere(caller, sight), id));
            if (!PurchasePolicy.may(said.step, side(caller, sight, purchase))) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var state = PurchasePolicy.after(purchase.state(), said.step).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
            var after = stepped(caller, purchase, said, state, now);
            write(tx, caller, purchase, after, PurchaseEvent.valueOf(said.step.name()), said.fen, said.note, now);
            tell(tx, after, said.step, now);
            return view(tx, caller, sight, PurchaseStore.find(tx, everywhere(caller, sight), id).orElseThrow());
        });
    }

    private static Purchase stepped(Caller caller, Purchase before, Said said, PurchaseState state, OffsetDateTime now) {
        var draft = new Draft(before, state);
        switch (said.step) {
            case ACCEPT -> {
                draft.buyer = new Buyer(caller.compoundId(), caller.accountId(), "");
                draft.acceptedAt = now;
            }
            case GIVE_BACK -> {
                draft.buyer = null;
                draft.acceptedAt = null;
                draft.askedFen = null;
            }
            case ASK_MORE -> {
                draft.askedFen = needed(said.fen);
                if (PurchasePolicy.isWithin(draft.askedFen, before.allowedFen())) {
                    throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
                }
            }
            case AGREE -> {
                if (!before.reachable() && (said.note == null || said.note.isBlank())) {
                    throw Problem.badField("/note", FieldFault.REQUIRED);
                }
                draft.allowedFen = before.askedFen() == null ? before.allowedFen() : before.askedFen();
                draft.askedFen = null;
            }
            case BUY -> {
                draft.costFen = needed(said.fen);
                draft.boughtAt = now;
                if (!PurchasePolicy.isWithin(draft.costFen, before.allowedFen())) {
                    throw Problem.of(ProblemType.BUDGET_EXCEEDED);
                }
                if (before.receiptId() == null) {
                    throw Problem.of(ProblemType.RECEIPT_MISSING);
                }
            }
            case CLOSE -> draft.endedAt = now;
            case CANCEL, REJECT -> {
                if (said.note == null || said.note.isBlank()) {
                    throw Problem.badField("/note", FieldFault.REQUIRED);
                }
                draft.askedFen = null;
                draft.endedAt = now;
                draft.endNote = said.note.strip();
            }
        }
        return draft.purchase();
    }

    private static int needed(@Nullable Integer fen) {
        if (fen == null) {
            throw Problem.badField("/cost", FieldFault.REQUIRED);
        }
        return fen;
    }

    /** A purchase while a step changes it. */
    private static final class Draft {
        private final Purchase before;
        private final PurchaseState state;
        private int allowedFen;
        private @Nullable Integer askedFen;
        private @Nullable Integer costFen;
        private @Nullable Buyer buyer;
        private @Nullable OffsetDateTime acceptedAt;
        private @Nullable UUID receiptId;
        private @Nullable OffsetDateTime boughtAt;
        private @Nullable OffsetDateTime deliveredAt;
        private @Nullable OffsetDateTime endedAt;
        private @Nullable String endNote;

        Draft(Purchase before, PurchaseState state) {
            this.before = before;
            this.state = state;
            this.allowedFen = before.allowedFen();
            this.askedFen = before.askedFen();
            this.costFen = before.costFen();
            this.buyer = before.buyer();
            this.acceptedAt = before.acceptedAt();
            this.receiptId = before.receiptId();
            this.boughtAt = before.boughtAt();
            this.deliveredAt = before.deliveredAt();
        }

        Purchase purchase() {
            return new Purchase(before.compoundId(), before.id(), before.householdId(), before.buildingId(), before.household(), state, before.items(),
                    before.budgetFen(), allowedFen, askedFen, costFen, before.payBy(), before.wantedOn(), before.note(), before.requestedAt(), buyer,
                    acceptedAt, receiptId, boughtAt, deliveredAt, endedAt, endNote, before.version() + 1, before.standing(), before.reachable());
        }
    }

    private static void write(Tx tx, Caller caller, Purchase before, Purchase after, PurchaseEvent event, @Nullable Integer fen, @Nullable String note,
                              OffsetDateTime now) {
        if (!PurchaseStore.change(tx, before, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        PurchaseStore.append(tx, after, event, fen, note, By.account(caller.compoundId(), caller.accountId()), now);
    }

    private static void tell(Tx tx, Purchase purchase, PurchaseStep step, OffsetDateTime now) {
        var template = switch (step) {
            case ACCEPT -> MessageTemplate.PURCHASE_ACCEPTED;
            case ASK_MORE -> MessageTemplate.PURCHASE_COSTS_MORE;
            case REJECT -> MessageTemplate.PURCHASE_REJECTED;
            case GIVE_BACK, AGREE, BUY, CLOSE, CANCEL -> null;
        };
        if (template != null) {
            DoorRounds.tellHousehold(tx, purchase.compoundId(), purchase.householdId(), "purchase/" + purchase.id() + "/" + purchase.version(), template,
                    purchase.id(), now);
        }
        if (step == PurchaseStep.ASK_MORE && !purchase.reachable()) {
            askStaff(tx, purchase, "grid", new Recipient.HoldersOfBuilding(Role.GRID_WORKER, purchase.buildingId()), now);
            askStaff(tx, purchase, "office", new Recipient.HoldersOfCompound(Role.OFFICE), now);
        }
        var buyer = purchase.buyer();
        if (buyer != null && (step == PurchaseStep.AGREE || step == PurchaseStep.CANCEL)) {
            Outbox.put(tx, now, Message.of(purchase.compoundId(), "purchase-buyer/" + purchase.id() + "/" + purchase.version(), MessageTemplate.PURCHASE_ANSWERED,
                    new Recipient.Account(buyer.compoundId(), buyer.accountId())).about(purchase.id()));
        }
        if (step == PurchaseStep.BUY) {
            DoorRounds.openFor(tx, purchase.compoundId(), purchase.householdId(), purchase.buildingId(), now);
        }
    }

    private static void askStaff(Tx tx, Purchase purchase, String who, Recipient staff, OffsetDateTime now) {
        Outbox.put(tx, now, Message.of(purchase.compoundId(), "purchase-answer/" + purchase.id() + "/" + purchase.version() + "/" + who,
                MessageTemplate.PURCHASE_ANSWER_FOR, staff).about(purchase.id()));
    }

    /** The buyer's, while they buy; a second one takes the place of the first. */
    Answer receipt(Caller caller, Once<View> once, UUID id, byte[] sent) {
        var now = clock.now();
        DoorReach.of(database, caller, now.toLocalDate());
        var sight = sight(database, caller);
        found(caller, sight, PurchaseStore.find(database, everywhere(caller, sight), id));
        var photo = photos.clean(sent);
        return database.transact(once, tx -> {
            var purchase = found(caller, sight, PurchaseStore.lock(tx, everywhere(caller, sight), id));
            if (purchase.state() != PurchaseState.ACCEPTED || !side(caller, sight, purchase).buyer()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            if (purchase.receiptId() != null) {
                photos.forget(tx, purchase.compoundId(), List.of(purchase.receiptId()));
            }
            var draft = new Draft(purchase, purchase.state());
            draft.receiptId = photos.keep(tx, purchase.compoundId(), photo, now.toLocalDate().plusDays(rules(purchase.compoundId()).photoDays()));
            write(tx, caller, purchase, draft.purchase(), PurchaseEvent.RECEIPT, null, null, now);
            return view(tx, caller, sight, PurchaseStore.find(tx, everywhere(caller, sight), id).orElseThrow());
        });
    }

    /** For the household, the buyer and the staff in charge. */
    Reply picture(Caller caller, UUID id, PhotoSize size) {
        var sight = sight(database, caller);
        var purchase = found(caller, sight, PurchaseStore.find(database, everywhere(caller, sight), id));
        if (purchase.receiptId() == null || !PurchasePolicy.ownsAPart(side(caller, sight, purchase))) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return photos.show(purchase.compoundId(), purchase.receiptId(), size);
    }

    /** By the walk that brought it, within its transaction. */
    static void delivered(Tx tx, Caller caller, Purchase purchase, OffsetDateTime now) {
        var draft = new Draft(purchase, PurchaseState.DELIVERED);
        draft.deliveredAt = now;
        write(tx, caller, purchase, draft.purchase(), PurchaseEvent.DELIVER, null, null, now);
    }

    /** Closes what was brought long enough ago and nobody closed; answers how many. For every minute. */
    int closeBrought() {
        var now = clock.now();
        var valuesOf = policies.all();
        int closed = 0;
        for (var compound : PurchaseStore.compoundsWithBrought(database)) {
            var before = now.minus(DoorRules.of(valuesOf.apply(compound)).closesAfter());
            for (var id : PurchaseStore.brought(database, compound, before, AT_ONCE)) {
                closed += database.transact(tx -> closeBrought(tx, compound, id, now));
            }
        }
        return closed;
    }

    private static int closeBrought(Tx tx, UUID compound, UUID id, OffsetDateTime now) {
        var purchase = PurchaseStore.lock(tx, Scope.ofCompounds(List.of(compound)), id).orElseThrow();
        var closed = PurchasePolicy.after(purchase.state(), PurchaseStep.CLOSE);
        if (closed.isEmpty()) {
            return 0;
        }
        var draft = new Draft(purchase, closed.get());
        draft.endedAt = now;
        var after = draft.purchase();
        if (!PurchaseStore.change(tx, purchase, after)) {
            return 0;
        }
        PurchaseStore.append(tx, after, PurchaseEvent.CLOSE, null, null, By.CLOCK, now);
        return 1;
    }

    private @Nullable OffsetDateTime closesAt(Purchase purchase) {
        var brought = purchase.state() == PurchaseState.DELIVERED ? purchase.deliveredAt() : null;
        return brought == null ? null : brought.plus(rules(purchase.compoundId()).closesAfter());
    }

    private View view(Statements where, Caller caller, Sight sight, Purchase purchase) {
        var side = side(caller, sight, purchase);
        return new View(purchase, side, PurchasePolicy.possible(purchase.state(), side), PurchaseStore.entries(where, purchase), closesAt(purchase));
    }

    private DoorRules rules(UUID compound) {
        return DoorRules.of(policies.of(compound));
    }
}
