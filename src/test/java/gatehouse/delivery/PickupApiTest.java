package gatehouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.MultiFormatReader;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PickupApiTest {
    private static ApiServer api;
    private Given.Compound garden;
    private Given.Household home;
    private UUID gate;
    private ApiClient guard;
    private ApiClient resident;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void newCompound() {
        api.clock().set("2026-11-22T09:30:00+08:00");
        garden = api.given().compound("阳光花园");
        gate = garden.gate("东门");
        guard = api.staff(garden.id(), Role.GUARD, gate);
        home = garden.household("3-2-1402");
        resident = api.resident(home, "陈志远");
    }

    private static String parcel(ApiClient guard, Given.Household of) {
        return guard.post("/parcels", Map.of("householdId", of.id(), "carrier", "SF", "trackingTail", "8812", "perishable", false, "disinfected", true))
                .expect(201).text("/id");
    }

    private static ApiClient.Answer book(ApiClient who, String parcel, String slot) {
        return who.put("/parcels/" + parcel + "/booking", Map.of("slotId", slot));
    }

    private String slot(String hour) {
        return "20261122-" + hour + "-" + gate;
    }

    private static String code(ApiClient who, String parcel) {
        return who.get("/parcels/" + parcel + "/pickup-code").expect(200).text("/code");
    }

    private int taken(String hour) {
        for (var item : guard.get("/pickup-slots?gateId=" + gate + "&date=2026-11-22").expect(200).body().path("items")) {
            if (item.path("id").asText().equals(slot(hour))) {
                return item.path("taken").asInt();
            }
        }
        throw new AssertionError("no slot at " + hour);
    }

    @Test
    void slots_followThePolicy() {
        var slots = resident.get("/pickup-slots?gateId=" + gate).expect(200);

        assertEquals(56, slots.body().path("items").size());
        assertEquals("2026-11-22T07:00:00+08:00", slots.text("/items/0/startsAt"));
        assertEquals(20, slots.body().at("/items/0/capacity").asInt());
        assertEquals(0, resident.get("/pickup-slots?date=2026-11-24").expect(200).body().path("items").size());
    }

    @Test
    void book_isOnePlaceForWhateverWaits_alsoForWhatComesLater() {
        var first = parcel(guard, home);
        var second = parcel(guard, home);

        var booked = book(resident, first, slot("1000")).expect(200);
        var third = parcel(guard, home);

        assertEquals("BOOKED", booked.text("/state"));
        assertEquals("2026-11-22T10:00:00+08:00", booked.text("/slot/startsAt"));
        for (var id : List.of(second, third)) {
            assertEquals("BOOKED", resident.get("/parcels/" + id).expect(200).text("/state"));
        }
        assertEquals(1, taken("1000"));
        book(resident, third, slot("1000")).expect(200);
        assertEquals(1, taken("1000"));
    }

    @Test
    void rebookAndCancel_freeThePlace() {
        var id = parcel(guard, home);
        book(resident, id, slot("1000")).expect(200);

        book(resident, id, slot("1100")).expect(200);
        assertEquals(List.of(0, 1), List.of(taken("1000"), taken("1100")));
        book(resident, id, slot("1030")).expect(200);
        assertEquals(List.of(1, 0), List.of(taken("1030"), taken("1100")));
        assertEquals("AT_GATE", resident.send("DELETE", "/parcels/" + id + "/booking", null).expect(200).text("/state"));
        assertEquals(0, taken("1030"));
        resident.send("DELETE", "/parcels/" + id + "/booking", null).expectProblem(409, "not-allowed-now");
    }

    @Test
    void book_aFullSlot_isRefusedAndTheFormerStays() {
        var small = api.given().compound("小院").withPolicy("pickupSlotCapacity", "1");
        var gateThere = small.gate("门");
        var guardThere = api.staff(small.id(), Role.GUARD, gateThere);
        var one = small.household("1-1-101");
        var other = small.household("1-1-102");
        var parcels = List.of(parcel(guardThere, one), parcel(guardThere, other));
        var people = List.of(api.resident(one, "甲"), api.resident(other, "乙"));
        book(people.get(0), parcels.get(0), "20261122-1000-" + gateThere).expect(200);
        book(people.get(1), parcels.get(1), "20261122-1015-" + gateThere).expect(200);

        book(people.get(1), parcels.get(1), "20261122-1000-" + gateThere).expectProblem(409, "slot-full");
        assertEquals("2026-11-22T10:15:00+08:00", people.get(1).get("/parcels/" + parcels.get(1)).expect(200).text("/slot/startsAt"));

        people.get(0).send("DELETE", "/parcels/" + parcels.get(0) + "/booking", null).expect(200);
        book(people.get(1), parcels.get(1), "20261122-1000-" + gateThere).expect(200);
    }

    @Test
    void book_whatIsNoSlot_isRefused() {
        var id = parcel(guard, home);

        book(resident, id, slot("0900")).expectProblem(409, "slot-past");
        book(resident, id, slot("1007")).expectBadField("/slotId");
        book(resident, id, "20261122-1000-" + garden.gate("西门")).expectBadField("/slotId");
        book(resident, id, "nonsense").expectBadField("/slotId");
        book(api.resident(garden.household("9-9-909"), "路人"), id, slot("1000")).expect(404);
    }

    @Test
    void collect_handsOverEverythingOnce_withinTheSlotAsAWalk() {
        var first = parcel(guard, home);
        parcel(guard, home);
        book(resident, first, slot("0930")).expect(200);
        var code = code(resident, first);

        var looked = guard.post("/pickups/lookup", Map.of("pickupCode", code, "gateId", gate)).expect(200);
        assertEquals("IN_SLOT", looked.text("/walk"));
        assertEquals("3", looked.text("/items/0/shelf"));
        assertEquals("BOOKED", looked.text("/items/0/state"));
        var handed = guard.post("/pickups", Map.of("pickupCode", code.replace("-", "").toLowerCase(), "gateId", gate)).expect(200);

        assertEquals(2, handed.body().path("items").size());
        assertEquals(List.of("COLLECTED", "COLLECTED"), handed.body().path("items").findValuesAsText("state"));
        assertEquals("3-2-1402", handed.text("/household"));
        guard.post("/pickups", Map.of("pickupCode", code, "gateId", gate)).expectProblem(409, "pickup-code-used");
        assertNotEquals(code, code(resident, parcel(guard, home)));
        assertEquals(List.of("REGISTER", "BOOK", "COLLECT"),
                resident.get("/parcels/" + first).expect(200).body().path("events").findValuesAsText("event"));
    }

    @Test
    void collect_usesNoQuotaAndIsNoMovement() {
        var buyer = api.resident(home, "林晓燕", java.time.LocalDate.of(1985, 1, 1));
        buyer.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var code = code(buyer, parcel(guard, home));
        guard.post("/pickups", Map.of("pickupCode", code)).expect(200);

        assertEquals(0, guard.get("/movements").expect(200).body().path("items").size());
        buyer.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slot("1400"))).expect(201);
    }

    @Test
    void collect_twiceWithOneKey_isOneHandOver() {
        var code = code(resident, parcel(guard, home));
        var key = UUID.randomUUID();

        var first = guard.withKey(key).post("/pickups", Map.of("pickupCode", code)).expect(200);
        var again = guard.withKey(key).post("/pickups", Map.of("pickupCode", code)).expect(200);

        assertEquals(first.body(), again.body());
    }

    @Test
    void code_isAPictureThatReadsAsItself() throws IOException, NotFoundException {
        var answer = resident.get("/parcels/" + parcel(guard, home) + "/pickup-code").expect(200);

        var png = Base64.getDecoder().decode(answer.text("/qr").substring("data:image/png;base64,".length()));
        var picture = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(ImageIO.read(new ByteArrayInputStream(png)))));
        assertEquals(answer.text("/code").replace("-", ""), new MultiFormatReader().decode(picture).getText());
        assertTrue(answer.text("/code").matches("P-[0-9]{4}-[0-9]{4}"));
    }

    @Test
    void collect_atAnotherGate_saysWhere() {
        var west = garden.gate("西门");
        var code = code(resident, parcel(guard, home));

        var told = api.staff(garden.id(), Role.GUARD, west).post("/pickups", Map.of("pickupCode", code)).expectProblem(409, "pickup-other-gate");
        assertTrue(told.text("/detail").contains("东门"), told.body().toString());
        var laurel = api.given().compound("月桂苑");
        api.staff(laurel.id(), Role.GUARD, laurel.gate("南门")).post("/pickups", Map.of("pickupCode", code)).expectProblem(409, "pickup-code-wrong");
        guard.post("/pickups", Map.of("pickupCode", code)).expect(200);
    }

    @Test
    void guessing_isStoppedForWhoeverGuesses_notForTheGate() {
        var code = code(resident, parcel(guard, home));
        var guesser = api.staff(garden.id(), Role.GUARD, gate);
        for (int i = 0; i < 10; i++) {
            guesser.post("/pickups", Map.of("pickupCode", "P-0000-000" + i)).expectProblem(409, "pickup-code-wrong");
        }

        var stopped = guesser.post("/pickups", Map.of("pickupCode", code)).expectProblem(429, "too-many-attempts");
        assertTrue(stopped.header("Retry-After").isPresent());
        guesser.post("/pickups/lookup", Map.of("pickupCode", code)).expect(429);
        guard.post("/pickups", Map.of("pickupCode", code)).expect(200);
        api.clock().move(Duration.ofMinutes(10));
        guesser.post("/pickups", Map.of("pickupCode", "P-0000-0011")).expect(429);
    }

    @Test
    void guessing_byManyAtOneGate_isStoppedForThemTogether() {
        var code = code(resident, parcel(guard, home));
        var guessers = List.of(1, 2, 3, 4, 5).stream().map(each -> api.staff(garden.id(), Role.GUARD, gate)).toList();
        int judged = 0;
        for (int i = 0; i < 60; i++) {
            judged += guessers.get(i % 5).post("/pickups", Map.of("pickupCode", "P-0000-00" + (10 + i % 90))).status() == 409 ? 1 : 0;
        }

        assertEquals(40, judged);
        guard.post("/pickups", Map.of("pickupCode", code)).expect(200);
    }

    @Test
    void namedCollector_collectsWithACodeOfTheirOwn_untilWithdrawn() {
        parcel(guard, home);
        var named = resident.post("/household/collectors", Map.of("name", "快乐的邻居", "days", 2)).expect(201);
        assertFalse(named.body().has("code"));
        var listed = resident.get("/household/collectors").expect(200);
        var theirs = listed.text("/items/0/code");
        assertEquals("2026-11-24T00:00:00+08:00", listed.text("/items/0/validUntil"));

        var handed = guard.post("/pickups", Map.of("pickupCode", theirs)).expect(200);
        assertEquals("快乐的邻居", handed.text("/collector"));
        guard.post("/pickups", Map.of("pickupCode", theirs)).expectProblem(409, "nothing-to-collect");
        parcel(guard, home);
        guard.post("/pickups", Map.of("pickupCode", theirs)).expect(200);
        parcel(guard, home);
        resident.send("DELETE", "/household/collectors/" + named.text("/id"), null).expect(204);
        guard.post("/pickups", Map.of("pickupCode", theirs)).expectProblem(409, "pickup-code-used");
        resident.post("/household/collectors", Map.of("name", "某人", "days", 8)).expectBadField("/days");
    }

    @Test
    void lapsedBooking_waitsAgainAndReadsSoAtOnce() {
        var id = parcel(guard, home);
        book(resident, id, slot("0930")).expect(200);
        api.clock().move(Duration.ofMinutes(14));
        resident = api.again(resident);
        assertEquals("BOOKED", resident.get("/parcels/" + id).expect(200).text("/state"));

        api.clock().move(Duration.ofMinutes(1));

        assertEquals("AT_GATE", resident.get("/parcels/" + id).expect(200).text("/state"));
        assertEquals(0, resident.get("/parcels?state=BOOKED").expect(200).body().path("items").size());
        assertEquals(1, resident.get("/parcels?state=AT_GATE").expect(200).body().path("items").size());
        book(resident, id, slot("1000")).expect(200);
    }

    @Test
    void courier_registersByALink_andLearnsNothing() throws IOException {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        office.send("POST", "/imports/roster", "text/csv", "楼栋,单元,房号,姓名,手机\n5,1,801,吴文斌,13922220001\n5,1,802,吴小斌,13933330001\n"
                .getBytes(StandardCharsets.UTF_8)).expect(200);
        guard.post("/courier-links", Map.of("label", "顺丰", "hours", 3)).expect(201);
        var link = guard.get("/courier-links").expect(200);
        var token = link.text("/items/0/url").split("#")[1];
        var courier = api.visitor().with("Gate-Link", token);
        assertEquals("东门", courier.get("/courier-link").expect(200).text("/gate"));

        var known = courier.post("/parcels", courierBill(Map.of("building", "3", "unit", "2", "room", "1402"))).expect(201);
        var answers = List.of(known, courier.post("/parcels", courierBill(Map.of("building", "77", "unit", "2", "room", "1"))).expect(201),
                courier.post("/parcels", courierBill(Map.of("phoneTail", "0001"))).expect(201),
                courier.post("/parcels", courierBill(Map.of("phoneTail", "9876"))).expect(201));

        assertEquals(1, answers.stream().map(each -> each.body().toString().replace(each.text("/id"), "")).distinct().count());
        assertEquals(known.text("/id"), resident.get("/parcels").expect(200).text("/items/0/id"));
        assertEquals(List.of("*9876", "*0001", "77-2-1"), guard.get("/parcels?toSort=true").expect(200).body().path("items").findValuesAsText("written"));
        assertEquals(3, guard.get("/parcel-overview").expect(200).body().path("toSort").asInt());
        courier.post("/parcels", courierBill(Map.of("householdId", home.id()))).expectBadField("/householdId");
        courier.get("/parcels").expect(401);
        courier.get("/pickup-slots").expect(401);
        var sorted = guard.post("/parcels/" + answers.get(1).text("/id") + "/events", Map.of("event", "SORT", "building", "3", "unit", "2", "room", "1402"))
                .expect(200);
        assertEquals("3-2-1402", sorted.text("/household"));
        assertFalse(sorted.body().has("written"));
        for (var building : List.of("3", "77")) {
            long began = System.nanoTime();
            courier.post("/parcels", courierBill(Map.of("building", building, "unit", "2", "room", "1402"))).expect(201);
            assertTrue(System.nanoTime() - began >= CourierActions.ALWAYS_TAKES.toNanos(), "the answer is there too early: how long it takes would tell who lives there");
        }
    }

    private static Map<String, Object> courierBill(Map<String, Object> address) {
        var bill = new HashMap<String, Object>(Map.of("carrier", "SF", "trackingTail", "8812", "perishable", false, "disinfected", false));
        bill.putAll(address);
        return bill;
    }

    @Test
    void courierLink_endsByItsHourByRevocationAndByItsShare() {
        var compound = api.given().compound("小院").withPolicy("courierParcelsAnHour", "2");
        var gateThere = compound.gate("门");
        var guardThere = api.staff(compound.id(), Role.GUARD, gateThere);
        var first = guardThere.post("/courier-links", Map.of("label", "甲", "hours", 1)).expect(201).text("/id");
        var token = guardThere.get("/courier-links").expect(200).text("/items/0/url").split("#")[1];
        var courier = api.visitor().with("Gate-Link", token);
        courier.post("/parcels", courierBill(Map.of("phoneTail", "0001"))).expect(201);
        courier.post("/parcels", courierBill(Map.of("phoneTail", "0001"))).expect(201);
        courier.post("/parcels", courierBill(Map.of("phoneTail", "0001"))).expectProblem(429, "too-many-attempts");

        api.visitor().with("Gate-Link", (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1)).get("/courier-link").expectProblem(401, "gate-link-not-good");
        api.visitor().with("Gate-Link", token.substring(0, 63) + (token.charAt(63) == 'A' ? 'Q' : 'A')).get("/courier-link").expect(401);
        api.visitor().with("Gate-Link", "x").post("/parcels", courierBill(Map.of("phoneTail", "0001"))).expectProblem(401, "gate-link-not-good");
        api.staff(garden.id(), Role.OFFICE, garden.id()).send("DELETE", "/courier-links/" + first, null).expect(404);
        guard.send("DELETE", "/courier-links/" + first, null).expect(404);
        guardThere.send("DELETE", "/courier-links/" + first, null).expect(204);
        courier.get("/courier-link").expect(401);

        guardThere.post("/courier-links", Map.of("label", "乙", "hours", 1)).expect(201);
        var second = api.visitor().with("Gate-Link", guardThere.get("/courier-links").expect(200).text("/items/0/url").split("#")[1]);
        api.clock().move(Duration.ofMinutes(59));
        second.get("/courier-link").expect(200);
        api.clock().move(Duration.ofMinutes(1));
        second.get("/courier-link").expect(401);
    }

    @Test
    void waitingParcels_areInTheLivePicture() {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        parcel(guard, home);
        var code = code(resident, parcel(guard, home));

        assertEquals(2, office.get("/monitor?date=2026-11-22").expect(200).body().at("/compounds/0/parcels").asInt());
        guard.post("/pickups", Map.of("pickupCode", code)).expect(200);
        assertEquals(0, office.get("/monitor?date=2026-11-22").expect(200).body().at("/compounds/0/parcels").asInt());
    }
}
