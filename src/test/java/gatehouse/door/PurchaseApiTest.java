package gatehouse.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Something bought for a household, within what it agreed to, and brought to its door. */
class PurchaseApiTest {
    private static ApiServer api;
    private Given.Compound garden;
    private ApiClient office;
    private ApiClient volunteer;
    private ApiClient family;

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
        garden = api.given().compound("阳光花园");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        volunteer = api.resident(garden.household("2-1-301"), "热心人");
        family = api.resident(garden.household("2-1-501"), "陈志远");
        office.post("/door-volunteers", Map.of("accountId", volunteer.id().toString(), "buildings", List.of(garden.building("2")), "from", "2026-11-22",
                "until", "2026-11-30")).expect(201);
    }

    private static Map<String, Object> wish(Object budget) {
        return new HashMap<>(Map.of("items", List.of(Map.of("name", "鸡蛋", "quantity", 1.5, "unit", "斤"), Map.of("name", "酱油", "quantity", 1, "unit", "瓶")),
                "budget", budget, "payBy", "WECHAT", "wantedOn", "2026-11-22"));
    }

    private static ApiClient.Answer say(ApiClient who, String id, String event, Object... more) {
        var body = new HashMap<String, Object>(Map.of("event", event));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return who.post("/purchases/" + id + "/events", body);
    }

    private static ApiClient.Answer photo(ApiClient who, String path) {
        var form = new ByteArrayOutputStream();
        try {
            form.writeBytes("--between\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", form);
            form.writeBytes("\r\n--between--\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return who.send("POST", path, "multipart/form-data; boundary=between", form.toByteArray());
    }

    @Test
    void purchase_dearerThanAgreed_isAskedFor_thenBoughtBroughtAndClosed() {
        var asked = family.post("/purchases", wish(40.5)).expect(201);
        var id = asked.text("/id");
        assertEquals("40.5", asked.text("/budget"));
        assertEquals("1.5", asked.text("/items/0/quantity"));
        say(volunteer, id, "BUY", "cost", 40).expectProblem(409, "not-allowed-now");
        say(volunteer, id, "ACCEPT").expect(200);
        assertEquals(id, volunteer.get("/purchases").expect(200).text("/items/0/id"));
        assertTrue(volunteer.get("/purchases?home=true").expect(200).body().path("items").isEmpty(), "what one buys for others is not one's own household's");
        say(volunteer, id, "BUY", "cost", 40).expectProblem(409, "receipt-missing");
        say(volunteer, id, "BUY", "cost", 40.51).expectProblem(409, "budget-exceeded");
        say(volunteer, id, "ASK_MORE", "cost", 40.5).expectProblem(409, "not-allowed-now");
        say(volunteer, id, "ASK_MORE", "cost", 46.8).expect(200);
        say(volunteer, id, "AGREE").expectProblem(409, "not-allowed-now");
        assertEquals("46.8", family.get("/purchases/" + id).expect(200).text("/asked"));
        say(family, id, "AGREE").expect(200);
        photo(volunteer, "/purchases/" + id + "/receipt").expect(200);
        var bought = say(volunteer, id, "BUY", "cost", 46.8).expect(200);
        assertEquals("BOUGHT", bought.text("/state"));

        var task = volunteer.get("/door-tasks").expect(200);
        assertEquals("鸡蛋", task.text("/items/0/purchases/0/items/0/name"));
        var walk = task.text("/items/0/id");
        for (var step : List.of("TAKE", "PLACE")) {
            volunteer.post("/door-tasks/" + walk + "/events", Map.of("event", step)).expect(200);
        }
        photo(volunteer, "/door-tasks/" + walk + "/photo").expect(200);
        assertEquals("DELIVERED", family.get("/purchases/" + id).expect(200).text("/state"));
        assertEquals(200, family.get("/purchases/" + id + "/receipt?size=THUMBNAIL").status());
        say(family, id, "CLOSE").expect(200);
        var trail = office.get("/purchases/" + id).expect(200).body().path("events").findValuesAsText("event");
        assertEquals(List.of("REQUEST", "ACCEPT", "ASK_MORE", "AGREE", "RECEIPT", "BUY", "DELIVER", "CLOSE"), trail);
    }

    /** Brought at once: the walk is one of a volunteer who takes, places and shows it. */
    private String brought() {
        var id = family.post("/purchases", wish(40)).expect(201).text("/id");
        say(volunteer, id, "ACCEPT").expect(200);
        photo(volunteer, "/purchases/" + id + "/receipt").expect(200);
        say(volunteer, id, "BUY", "cost", 36).expect(200);
        var walk = volunteer.get("/door-tasks").expect(200).text("/items/0/id");
        for (var step : List.of("TAKE", "PLACE")) {
            volunteer.post("/door-tasks/" + walk + "/events", Map.of("event", step)).expect(200);
        }
        photo(volunteer, "/door-tasks/" + walk + "/photo").expect(200);
        for (var step : List.of("RING", "LEAVE")) {
            volunteer.post("/door-tasks/" + walk + "/events", Map.of("event", step)).expect(200);
        }
        return id;
    }

    @Test
    void broughtPurchase_thatNobodyCloses_closesByItselfAtTheHourItSays() {
        var first = brought();
        var closesAt = family.get("/purchases/" + first).expect(200).text("/closesAt");
        assertEquals("2026-11-25T09:30:00+08:00", closesAt);
        try {
            api.clock().set("2026-11-22T09:35:00+08:00");
            var second = brought();
            api.clock().set(closesAt);
            var desk = api.again(office);
            until(() -> desk.get("/purchases/" + first).expect(200).text("/state").equals("CLOSED"));
            assertEquals("DELIVERED", desk.get("/purchases/" + second).expect(200).text("/state"), "brought five minutes later");
            var closed = desk.get("/purchases/" + first).expect(200).body();
            assertEquals(closesAt, closed.path("endedAt").asText());
            assertTrue(closed.path("closesAt").isMissingNode());
            var last = closed.path("events").path(closed.path("events").size() - 1);
            assertEquals("CLOSE", last.path("event").asText());
            assertTrue(last.path("by").isMissingNode(), "by the clock: " + last);
            say(api.again(family), first, "CLOSE").expectProblem(409, "not-allowed-now");
            say(api.again(family), second, "CLOSE").expect(200);
        } finally {
            api.clock().set("2026-11-22T09:30:00+08:00");
        }
    }

    private static void until(BooleanSupplier come) {
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (!come.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 30 s");
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void limits_areThePolicys() {
        assertEquals("/budget", family.post("/purchases", wish(500.01)).expectProblem(400, "bad-input").text("/errors/0/pointer"));
        var late = wish(20);
        late.put("wantedOn", "2026-12-22");
        assertEquals("/wantedOn", family.post("/purchases", late).expectProblem(400, "bad-input").text("/errors/0/pointer"));
        family.post("/purchases", wish(20)).expect(201);
        var second = family.post("/purchases", wish(20)).expect(201).text("/id");
        family.post("/purchases", wish(20)).expectProblem(409, "purchases-used-up");
        say(family, second, "CANCEL").expectProblem(400, "bad-input");
        say(family, second, "CANCEL", "note", "有了").expect(200);
        family.post("/purchases", wish(20)).expect(201);
    }

    @Test
    void oneHousehold_askingManyTimesAtOnce_hasOnlyWhatThePolicyAllows() throws Exception {
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> family.post("/purchases", wish(20)).status());
        }
        assertEquals(2, count(calls, 201));
    }

    @Test
    void onePurchase_acceptedByManyAtOnce_isOneBuyers() throws Exception {
        var id = family.post("/purchases", wish(20)).expect(201).text("/id");
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 6; i++) {
            var buyer = i % 2 == 0 ? volunteer : office;
            calls.add(() -> say(buyer, id, "ACCEPT").status());
        }
        assertEquals(1, count(calls, 200));
    }

    private static int count(List<Callable<Integer>> calls, int status) throws Exception {
        int found = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(calls)) {
                found += each.get() == status ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void neighbour_readsNothing_andAVolunteerOnlyWhatIsFreeOrTheirs() {
        var id = family.post("/purchases", wish(20)).expect(201).text("/id");
        var neighbour = api.resident(garden.household("2-1-502"), "邻居");
        neighbour.get("/purchases/" + id).expectProblem(404, "not-found");
        say(neighbour, id, "ACCEPT").expectProblem(404, "not-found");
        assertTrue(neighbour.get("/purchases").expect(200).body().path("items").isEmpty());
        assertEquals(id, volunteer.get("/purchases").expect(200).text("/items/0/id"));
        assertTrue(volunteer.get("/purchases?home=true").expect(200).body().path("items").isEmpty());
        volunteer.get("/purchases/" + id).expect(200);
        say(office, id, "ACCEPT").expect(200);
        assertTrue(volunteer.get("/purchases").expect(200).body().path("items").isEmpty());
        volunteer.get("/purchases/" + id).expectProblem(404, "not-found");
        photo(volunteer, "/purchases/" + id + "/receipt").expectProblem(409, "not-allowed-now");
        photo(office, "/purchases/" + id + "/receipt").expect(200);
        assertEquals(404, volunteer.get("/purchases/" + id + "/receipt").status());
        assertFalse(family.get("/purchases/" + id).expect(200).body().toString().contains("\"buyer\""));
        say(family, id, "REJECT", "note", "x").expectProblem(409, "not-allowed-now");
        assertEquals("店铺关门", say(office, id, "REJECT", "note", "店铺关门").expect(200).text("/endNote"));
    }

    @Test
    void staff_askForWhoCannot() {
        var elder = garden.household("2-1-601");
        var asked = wish(30);
        asked.put("householdId", elder.id().toString());
        assertEquals("2-1-601", office.post("/purchases", asked).expect(201).text("/household"));
        family.post("/purchases", asked).expectProblem(404, "not-found");
    }

    @Test
    void householdWithoutAccount_isAnsweredForByStaffWhoDoNotBuyIt_withANote() {
        var elder = garden.household("2-1-602");
        var asked = wish(30);
        asked.put("householdId", elder.id().toString());
        var id = office.post("/purchases", asked).expect(201).text("/id");
        var desk = api.staff(garden.id(), Role.OFFICE, garden.id());
        say(office, id, "ACCEPT").expect(200);
        assertFalse(say(office, id, "ASK_MORE", "cost", 35).expect(200).body().path("possible").toString().contains("AGREE"));
        say(office, id, "AGREE", "note", "我说的").expectProblem(409, "not-allowed-now");
        until(() -> desk.get("/notifications").expect(200).body().toString().contains("its household has no account"));
        say(desk, id, "AGREE").expectBadField("/note");
        assertEquals("35", say(desk, id, "AGREE", "note", "已电话联系老人，同意").expect(200).text("/allowed"));
        var own = family.post("/purchases", wish(30)).expect(201).text("/id");
        say(office, own, "ACCEPT").expect(200);
        say(office, own, "ASK_MORE", "cost", 35).expect(200);
        say(desk, own, "AGREE", "note", "已电话联系").expectProblem(409, "not-allowed-now");
    }
}
