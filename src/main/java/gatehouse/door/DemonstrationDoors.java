package gatehouse.door;

import gatehouse.delivery.By;
import gatehouse.door.DemonstrationDoorStore.Home;
import gatehouse.door.Purchase.Buyer;
import gatehouse.door.Purchase.Item;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Tx;
import gatehouse.photo.CleanPhoto;
import gatehouse.photo.PhotoActions;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is brought to doors in the demonstration: a volunteer, walks, and purchases that are asked for, too dear, waiting for a look, and brought. */
public final class DemonstrationDoors {
    private static final String FAMILY = "3-2-1402";
    private static final String VOLUNTEER = "1-1-101";
    /** Of the parcels at the gate one waits there. */
    private static final String BROUGHT_TO = "2-1-301";
    private static final String ASKS_TO_BE_BROUGHT = "3-1-501";
    private static final String WANTS_SHOPPING = "2-2-402";
    private static final String COSTS_MORE = "3-1-301";
    private static final String WAITS_FOR_A_LOOK = "1-2-302";
    private static final List<String> HOMES = List.of(FAMILY, VOLUNTEER, BROUGHT_TO, ASKS_TO_BE_BROUGHT, WANTS_SHOPPING, COSTS_MORE, WAITS_FOR_A_LOOK);

    private static final String WORDS = "/gatehouse/demonstration-doors.properties";

    private final Database database;
    private final BusinessClock clock;
    private final PhotoActions photos;
    private final Wordings wordings;

    DemonstrationDoors(Database database, BusinessClock clock, PhotoActions photos, Wordings wordings) {
        this.database = database;
        this.clock = clock;
        this.photos = photos;
        this.wordings = wordings;
    }

    /** Made before the transaction, since drawing takes a moment. */
    private record Props(CleanPhoto door, CleanPhoto receipt, Properties words) {
        String word(String key) {
            return Objects.requireNonNull(words.getProperty(key), key);
        }

        List<Item> items(String key) {
            return Stream.of(word(key).split(",")).map(item -> item.split(" ")).map(item -> new Item(item[0], Integer.parseInt(item[1]), item[2])).toList();
        }
    }

    private Props props() {
        return new Props(photos.clean(DemonstrationPictures.parcelAtADoor()), photos.clean(DemonstrationPictures.receipt()), words());
    }

    private static Properties words() {
        var words = new Properties();
        try (var file = new InputStreamReader(Objects.requireNonNull(DemonstrationDoors.class.getResourceAsStream(WORDS)), StandardCharsets.UTF_8)) {
            words.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return words;
    }

    /** In the compound whose homes are those of the story, and after its parcels are at the gate; nobody is told but the office. Once, on the fresh data of the demonstration. */
    public void fill() {
        var now = clock.now();
        var props = props();
        database.transact(tx -> {
            var compounds = DemonstrationDoorStore.compounds(tx);
            compounds.forEach(compound -> fill(tx, compound, props, now));
            return compounds.size();
        });
    }

    private void fill(Tx tx, UUID compound, Props props, OffsetDateTime now) {
        var homes = DemonstrationDoorStore.homes(tx, compound, HOMES);
        if (homes.size() == HOMES.size()) {
            var volunteer = homes.get(VOLUNTEER);
            var by = By.account(compound, volunteer.speaker());
            DoorVolunteerStore.insert(tx, new DoorVolunteer(compound, Ids.next(), volunteer.speaker(), "", List.of(), now.toLocalDate().minusDays(3),
                    now.toLocalDate().plusDays(27), now.minusDays(3), null),
                    List.of(homes.get(BROUGHT_TO).buildingId(), homes.get(FAMILY).buildingId()), compound, homes.get(FAMILY).worker());
            walks(tx, homes.get(BROUGHT_TO), homes.get(ASKS_TO_BE_BROUGHT), props, now);
            brought(tx, homes.get(FAMILY), by, props, now);
            asked(tx, homes.get(WANTS_SHOPPING), props.items("shopping.items"), 12_000, null, now.minusMinutes(50));
            costsMore(tx, homes.get(COSTS_MORE), by, props, now);
            var held = asked(tx, homes.get(WAITS_FOR_A_LOOK), props.items("held.items"), 6_000, props.word("held.note"), now.minusMinutes(35));
            wordings.offer(tx, new Wordings.Said(WordingKind.PURCHASE, compound, held.id(), compound, homes.get(WAITS_FOR_A_LOOK).speaker(),
                    PurchaseActions.words(held.items(), held.note())), held.requestedAt());
        }
    }

    /** One that waits to be taken, and somebody who asks for the same. */
    private static void walks(Tx tx, Home home, Home asking, Props props, OffsetDateTime now) {
        var today = now.toLocalDate();
        DoorArrangementStore.insert(tx, new DoorArrangement(home.compoundId(), Ids.next(), home.householdId(), home.buildingId(), home.label(),
                DoorArrangementState.GRANTED, props.word("arranged.note"), today.plusDays(14), now.minusMinutes(45), now.minusMinutes(45), null), home.compoundId(), home.worker());
        DoorArrangementStore.insert(tx, new DoorArrangement(asking.compoundId(), Ids.next(), asking.householdId(), asking.buildingId(), asking.label(),
                DoorArrangementState.ASKED, props.word("asked.note"), today.plusDays(7), now.minusMinutes(20), null, null), asking.compoundId(), asking.speaker());
        var id = Ids.next();
        DoorStore.insert(tx, home.compoundId(), id, home.householdId(), home.buildingId(), now.minusMinutes(44));
        DoorStore.append(tx, home.compoundId(), id, 1, DoorEvent.OPEN, DoorState.OPEN, null, null, By.CLOCK, now.minusMinutes(44));
    }

    private static Purchase asked(Tx tx, Home home, List<Item> items, int budgetFen, @Nullable String note, OffsetDateTime at) {
        var asked = new Purchase(home.compoundId(), Ids.next(), home.householdId(), home.buildingId(), home.label(), PurchaseState.REQUESTED, items, budgetFen,
                budgetFen, null, null, PurchasePayBy.WECHAT, at.toLocalDate().plusDays(1), note, at, null, null, null, null, null, null, null, 1, null, true);
        var by = By.account(home.compoundId(), home.speaker());
        PurchaseStore.insert(tx, asked, by);
        PurchaseStore.append(tx, asked, PurchaseEvent.REQUEST, budgetFen, null, by, at);
        return asked;
    }

    private static Purchase goOn(Tx tx, Purchase before, Purchase after, PurchaseEvent event, @Nullable Integer fen, By by, OffsetDateTime at) {
        PurchaseStore.change(tx, before, after);
        PurchaseStore.append(tx, after, event, fen, null, by, at);
        return after;
    }

    private static Purchase accepted(Tx tx, Purchase asked, By by, OffsetDateTime at) {
        return goOn(tx, asked, with(asked, PurchaseState.ACCEPTED, by, at, null, null, null, null, null), PurchaseEvent.ACCEPT, null, by, at);
    }

    /** The household has to say whether it may. */
    private static void costsMore(Tx tx, Home home, By by, Props props, OffsetDateTime now) {
        var accepted = accepted(tx, asked(tx, home, props.items("dearer.items"), 9_000, props.word("dearer.note"), now.minusHours(2)), by, now.minusMinutes(95));
        goOn(tx, accepted, with(accepted, PurchaseState.ASKING, by, accepted.acceptedAt(), 10_850, null, null, null, null), PurchaseEvent.ASK_MORE, 10_850, by,
                now.minusMinutes(25));
    }

    /** At the door since two hours, with its picture and its receipt. */
    private void brought(Tx tx, Home home, By by, Props props, OffsetDateTime now) {
        var keptUntil = now.toLocalDate().plusDays(30);
        var receipt = photos.keep(tx, home.compoundId(), props.receipt, keptUntil);
        var accepted = accepted(tx, asked(tx, home, props.items("brought.items"), 6_000, props.word("brought.note"), now.minusHours(6)), by, now.minusHours(5));
        var withReceipt = goOn(tx, accepted, with(accepted, PurchaseState.ACCEPTED, by, accepted.acceptedAt(), null, null, receipt, null, null),
                PurchaseEvent.RECEIPT, null, by, now.minusHours(3));
        var bought = goOn(tx, withReceipt, with(withReceipt, PurchaseState.BOUGHT, by, accepted.acceptedAt(), null, 4_680, receipt, now.minusHours(3), null),
                PurchaseEvent.BUY, 4_680, by, now.minusHours(3));
        goOn(tx, bought, with(bought, PurchaseState.DELIVERED, by, accepted.acceptedAt(), null, 4_680, receipt, bought.boughtAt(), now.minusHours(2)),
                PurchaseEvent.DELIVER, null, by, now.minusHours(2));
        DemonstrationDoorStore.done(tx, home, by, bought.id(), photos.keep(tx, home.compoundId(), props.door, keptUntil), now.minusHours(3), now.minusHours(2));
    }

    private static Purchase with(Purchase of, PurchaseState state, By buyer, @Nullable OffsetDateTime acceptedAt, @Nullable Integer askedFen,
                                 @Nullable Integer costFen, @Nullable UUID receipt, @Nullable OffsetDateTime boughtAt, @Nullable OffsetDateTime deliveredAt) {
        return new Purchase(of.compoundId(), of.id(), of.householdId(), of.buildingId(), of.household(), state, of.items(), of.budgetFen(), of.allowedFen(),
                askedFen, costFen, of.payBy(), of.wantedOn(), of.note(), of.requestedAt(),
                new Buyer(Objects.requireNonNull(buyer.compoundId()), Objects.requireNonNull(buyer.accountId()), ""), acceptedAt, receipt, boughtAt, deliveredAt, null, null,
                of.version() + 1, null, of.reachable());
    }
}
