package gatehouse.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the shelf at the gate to a door, by somebody who never learns why. */
class DoorApiTest {
    private static final String FORM = "multipart/form-data; boundary=between";
    private static ApiServer api;
    private LocalDate today;
    private Given.Compound garden;
    private ApiClient guard;
    private ApiClient office;
    private ApiClient gridWorker;
    private ApiClient volunteer;

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
        // A job runs once for a minute, so the clock never goes back.
        api.clock().move(Duration.ofMinutes(3));
        today = api.clock().business().today();
        garden = api.given().compound("阳光花园");
        guard = api.staff(garden.id(), Role.GUARD, garden.gate("东门"));
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        garden.household("2-1-101");
        gridWorker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("网格一", "2", "3"));
        volunteer = api.resident(garden.household("2-1-301"), "热心人");
        office.post("/door-volunteers", Map.of("accountId", volunteer.id().toString(), "buildings", List.of(garden.building("2"), garden.building("10")),
                "from", today.toString(), "until", today.plusDays(8).toString())).expect(201);
    }

    private String parcelFor(Given.Household home) {
        return guard.post("/parcels", Map.of("householdId", home.id().toString(), "carrier", "SF", "trackingTail", "8812", "perishable", false,
                "disinfected", true)).expect(201).text("/id");
    }

    private void cannotWalk(Given.Household home) {
        office.post("/door-arrangements", Map.of("householdId", home.id().toString(), "note", "腿骨折", "until", today.plusDays(28).toString())).expect(201);
    }

    private void underObservation(Given.Household home, UUID resident) {
        office.post("/observations", Map.of("residentIds", List.of(resident.toString()), "reason", "密切接触者", "startsOn", today.toString(), "days", 14)).expect(201);
    }

    /** The clock of the product opens walks; here until it has. */
    private static void until(BooleanSupplier come) {
        for (int i = 0; i < 300 && !come.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertTrue(come.getAsBoolean());
    }

    private static JsonNode tasksOf(ApiClient carrier) {
        return carrier.get("/door-tasks").expect(200).body().path("items");
    }

    private void awaitTasks(int count) {
        api.clock().move(Duration.ofMinutes(1));
        until(() -> tasksOf(api.again(office)).size() == count);
    }

    private String openTask(Given.Household home) {
        parcelFor(home);
        cannotWalk(home);
        var label = office.get("/households/" + home.id()).expect(200).text("/label");
        for (var task : tasksOf(office)) {
            if (task.path("household").asText().equals(label)) {
                return task.path("id").asText();
            }
        }
        throw new AssertionError("no walk to " + label);
    }

    private static ApiClient.Answer say(ApiClient carrier, String task, String event) {
        return carrier.post("/door-tasks/" + task + "/events", Map.of("event", event));
    }

    private static ApiClient.Answer show(ApiClient carrier, String path, byte[] picture) {
        var form = new ByteArrayOutputStream();
        form.writeBytes("--between\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        form.writeBytes(picture);
        form.writeBytes("\r\n--between--\r\n".getBytes(StandardCharsets.UTF_8));
        return carrier.send("POST", path, FORM, form.toByteArray());
    }

    private static byte[] picture() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return bytes.toByteArray();
    }

    @Test
    void walk_fromTaking_toLeaving_tellsTheHouseholdWithAPicture() {
        var home = garden.household("2-1-501");
        var family = api.resident(home, "陈志远");
        var parcel = parcelFor(home);
        cannotWalk(home);
        var task = tasksOf(volunteer).get(0);
        var id = task.path("id").asText();
        assertEquals(parcel, task.at("/parcels/0/id").asText());
        assertEquals("[\"TAKE\"]", task.path("possible").toString());

        say(volunteer, id, "RING").expectProblem(409, "not-allowed-now");
        assertEquals("TAKEN", say(volunteer, id, "TAKE").expect(200).text("/state"));
        show(volunteer, "/door-tasks/" + id + "/photo", picture()).expectProblem(409, "not-allowed-now");
        say(volunteer, id, "PLACE").expect(200);
        assertEquals("AT_GATE", family.get("/parcels/" + parcel).expect(200).text("/state"));
        assertEquals("SHOWN", show(volunteer, "/door-tasks/" + id + "/photo", picture()).expect(200).text("/state"));
        assertEquals("AT_DOOR", family.get("/parcels/" + parcel).expect(200).text("/state"));
        say(volunteer, id, "RING").expect(200);
        assertEquals("DONE", say(volunteer, id, "LEAVE").expect(200).text("/state"));

        assertEquals(0, tasksOf(volunteer).size());
        until(() -> family.get("/notifications").expect(200).body().toString().contains("Something lies at your door"));
        var own = family.get("/household/door").expect(200);
        assertTrue(own.body().path("brought").asBoolean());
        assertEquals(200, family.get("/door-tasks/" + id + "/photo?size=THUMBNAIL").status());
        api.resident(garden.household("2-1-502"), "邻居").get("/door-tasks/" + id + "/photo").expectProblem(404, "not-found");
        var trail = office.get("/door-tasks/" + id).expect(200).body().path("events").findValuesAsText("event");
        assertEquals(List.of("OPEN", "TAKE", "PLACE", "SHOW", "RING", "LEAVE"), trail);
    }

    /** The same two homes, one under observation, one that cannot walk: nothing that a volunteer reads tells which is which. */
    @Test
    void reason_isInNothingThatAVolunteerReads() {
        var observed = garden.household("2-1-601");
        var walker = garden.household("2-1-602");
        api.resident(observed, "甲家人");
        api.resident(walker, "乙家人");
        underObservation(observed, observed.resident("观察者金丝雀"));
        cannotWalk(walker);
        parcelFor(observed);
        parcelFor(walker);
        awaitTasks(2);
        volunteer = api.again(volunteer);
        var said = new ArrayList<String>();
        var tasks = new ArrayList<>(List.of(tasksOf(volunteer).get(0), tasksOf(volunteer).get(1)));
        for (int i = 0; i < 2; i++) {
            var id = tasks.get(i).path("id").asText();
            var answers = new ArrayList<JsonNode>(List.of(tasks.get(i), volunteer.get("/door-tasks/" + id).expect(200).body()));
            for (var step : List.of("TAKE", "PLACE")) {
                answers.add(say(volunteer, id, step).expect(200).body());
            }
            answers.add(show(volunteer, "/door-tasks/" + id + "/photo", picture()).expect(200).body());
            answers.add(say(volunteer, id, "RING").expect(200).body());
            answers.add(say(volunteer, id, "LEAVE").expect(200).body());
            var whole = new StringBuilder();
            answers.forEach(answer -> whole.append(nameless(answer)).append('\n'));
            said.add(whole.toString());
        }
        assertEquals(said.get(0), said.get(1));
        var everything = volunteer.get("/door-tasks?done=true&mine=true").expect(200).body().toString() + volunteer.get("/notifications").expect(200).body()
                + volunteer.me() + volunteer.get("/parcels").expect(200).body();
        for (var word : List.of("金丝雀", "观察", "腿", "密切", "observation", "OBSERV", today.plusDays(28).toString(), today.plusDays(14).toString(), "\"until\"", "arrangement", "家人")) {
            assertFalse(everything.contains(word) || said.get(0).contains(word), word);
        }
        volunteer.get("/door-arrangements").expect(200).body().path("items").forEach(each -> assertEquals("2-1-301", each.path("household").asText()));
        assertTrue(volunteer.get("/observations").expect(200).body().path("items").isEmpty());
        api.resident(observed, "丙家人").get("/notifications").expect(200);
    }

    /** Both homes are told the same words about what is brought. */
    @Test
    void household_isToldTheSame_whateverTheReason() {
        var observed = garden.household("3-1-601");
        var walker = garden.household("3-1-602");
        var first = api.resident(observed, "甲家人");
        var second = api.resident(walker, "乙家人");
        underObservation(observed, observed.resident("某人"));
        cannotWalk(walker);
        parcelFor(observed);
        parcelFor(walker);
        awaitTasks(2);
        for (var family : List.of(api.again(first), api.again(second))) {
            until(() -> family.get("/notifications").expect(200).body().toString().contains("Something is being brought to your door"));
            assertTrue(family.get("/household/door").expect(200).body().path("brought").asBoolean());
        }
    }

    /** Three days on the shelf: whoever collects is reminded and in the end loses it; what somebody brings lies where it lies, for either reason alike. */
    @Test
    void broughtParcel_isNeitherChasedNorSentBack_whileItsWalkIsOpen() {
        var observed = garden.household("3-1-1301");
        var walker = garden.household("3-1-1302");
        var plain = garden.household("3-1-1303");
        var family = api.resident(walker, "乙家人");
        var neighbour = api.resident(plain, "丙家人");
        underObservation(observed, observed.resident("某人"));
        var arrangement = office.post("/door-arrangements", Map.of("householdId", walker.id().toString(), "until", today.plusDays(28).toString()))
                .expect(201).text("/id");
        var first = registered(observed);
        var second = registered(walker);
        var collected = registered(plain);
        assertTrue(first.path("brought").asBoolean());
        assertFalse(collected.path("brought").asBoolean());
        assertEquals(timeless(first), timeless(second));

        api.clock().move(Duration.ofHours(25));
        var told = api.again(neighbour);
        until(() -> told.get("/notifications").expect(200).body().toString().contains("A parcel waits for you"));
        api.clock().move(Duration.ofHours(48));
        var gate = api.again(guard);
        until(() -> eventsOf(gate, collected).contains("RETURN_DUE"));
        assertEquals(List.of("REGISTER"), eventsOf(gate, first));
        assertEquals(List.of("REGISTER"), eventsOf(gate, second));
        assertEquals(1, gate.get("/parcel-overview").expect(200).body().path("returnDue").asInt());
        var due = gate.get("/parcels?returnDue=true").expect(200);
        assertEquals(1, due.body().path("items").size());
        assertEquals(collected.path("id").asText(), due.text("/items/0/id"));
        var home = api.again(family);
        assertTrue(home.get("/parcels").expect(200).body().at("/items/0/brought").asBoolean());
        var inbox = home.get("/notifications").expect(200).body().toString();
        assertTrue(inbox.contains("Something is being brought to your door"), inbox);
        assertFalse(inbox.contains("A parcel is at the gate") || inbox.contains("A parcel waits for you"), inbox);

        home.post("/door-arrangements/" + arrangement + "/events", Map.of("event", "END")).expect(200);
        api.clock().move(Duration.ofMinutes(1));
        until(() -> !home.get("/parcels").expect(200).body().at("/items/0/brought").asBoolean());
        api.clock().move(Duration.ofMinutes(1));
        until(() -> eventsOf(gate, second).contains("RETURN_DUE"));
    }

    private JsonNode registered(Given.Household home) {
        return guard.post("/parcels", Map.of("householdId", home.id().toString(), "carrier", "SF", "trackingTail", "8812", "perishable", false,
                "disinfected", true)).expect(201).body();
    }

    private static List<String> eventsOf(ApiClient gate, JsonNode parcel) {
        return gate.get("/parcels/" + parcel.path("id").asText()).expect(200).body().path("events").findValuesAsText("event");
    }

    private static String timeless(JsonNode parcel) {
        var copy = (ObjectNode) parcel.deepCopy();
        copy.remove(List.of("registeredAt", "dueBackAt"));
        return nameless(copy);
    }

    /** Without what belongs to one home: ids, room, times of its own. */
    private static String nameless(JsonNode answer) {
        var copy = answer.deepCopy();
        copy.findParents("id").forEach(each -> ((ObjectNode) each).remove("id"));
        var object = (ObjectNode) copy;
        object.remove(List.of("household", "room"));
        return object.toString();
    }

    @Test
    void oneWalk_takenByManyAtOnce_isOnePersons() throws Exception {
        var id = openTask(garden.household("2-1-701"));
        var carriers = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var carrier = i % 2 == 0 ? volunteer : api.staff(garden.id(), Role.OFFICE, garden.id());
            carriers.add(() -> say(carrier, id, "TAKE").status());
        }
        int taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(carriers)) {
                assertTrue(each.get() == 200 || each.get() == 409);
                taken += each.get() == 200 ? 1 : 0;
            }
        }
        assertEquals(1, taken);
    }

    @Test
    void route_goesByBuildingUnitFloorRoom() {
        for (var label : List.of("10-1-101", "2-1-1402", "2-1-201", "2-2-101", "2-1-203")) {
            openTask(garden.household(label));
        }
        var labels = new ArrayList<String>();
        tasksOf(volunteer).forEach(task -> labels.add(task.path("household").asText()));
        assertEquals(List.of("2-1-201", "2-1-203", "2-1-1402", "2-2-101", "10-1-101"), labels);
        var first = volunteer.get("/door-tasks?limit=2").expect(200);
        var rest = volunteer.get("/door-tasks?limit=2&cursor=" + first.text("/next")).expect(200);
        assertEquals("2-1-1402", rest.text("/items/0/household"));
    }

    @Test
    void volunteer_servesTheirBuildingsAndDays_andNobodyElseMay() {
        var own = openTask(garden.household("2-1-801"));
        var other = openTask(garden.household("3-1-801"));
        assertTrue(volunteer.get("/me").expect(200).body().path("permissions").toString().contains("\"listDoorTasks\""));
        say(volunteer, other, "TAKE").expectProblem(404, "not-found");
        var neighbour = api.resident(garden.household("2-1-802"), "邻居");
        assertFalse(neighbour.get("/me").expect(200).body().path("permissions").toString().contains("DoorTask\""));
        neighbour.get("/door-tasks").expectProblem(403, "not-permitted");
        say(neighbour, own, "TAKE").expectProblem(403, "not-permitted");
        show(guard, "/door-tasks/" + own + "/photo", picture()).expectProblem(403, "not-permitted");
        say(gridWorker, other, "TAKE").expect(200);

        var later = office.post("/door-volunteers", Map.of("accountId", neighbour.id().toString(), "from", today.plusDays(1).toString(),
                "until", today.plusDays(2).toString())).expect(201).text("/id");
        neighbour.get("/door-tasks").expectProblem(403, "not-permitted");
        api.clock().move(Duration.ofDays(1));
        api.again(neighbour).get("/door-tasks").expect(200);
        api.again(office).post("/door-volunteers/" + later + "/end").expect(200);
        api.again(neighbour).get("/door-tasks").expectProblem(403, "not-permitted");
        api.again(volunteer).get("/door-tasks").expect(200);
        api.clock().move(Duration.ofDays(8));
        api.again(volunteer).get("/door-tasks").expectProblem(403, "not-permitted");
    }

    @Test
    void namingAVolunteer_tooLongOrOfAnotherPlace_namesTheField() {
        var wrong = Map.of("accountId", volunteer.id().toString(), "from", today.toString(), "until", today.plusDays(365).toString());
        assertEquals("/until", office.post("/door-volunteers", wrong).expectProblem(400, "bad-input").text("/errors/0/pointer"));
        var elsewhere = api.resident(api.given().compound("月桂苑").household("1-1-101"), "别处");
        assertEquals("/accountId", office.post("/door-volunteers", Map.of("accountId", elsewhere.id().toString(), "from", today.toString(), "until", today.plusDays(1).toString()))
                .expectProblem(400, "bad-input").text("/errors/0/pointer"));
        assertEquals("/buildings", office.post("/door-volunteers", Map.of("accountId", volunteer.id().toString(), "buildings", List.of(UUID.randomUUID().toString()),
                "from", today.toString(), "until", today.plusDays(1).toString())).expectProblem(400, "bad-input").text("/errors/0/pointer"));
    }

    @Test
    void resident_asks_isGranted_andStopsIt() {
        var home = garden.household("3-1-901");
        var family = api.resident(home, "陈志远");
        var parcel = parcelFor(home);
        assertFalse(family.get("/household/door").expect(200).body().path("brought").asBoolean());
        var asked = family.post("/door-arrangements", Map.of("note", "老人下不了楼")).expect(201);
        assertEquals("ASKED", asked.text("/state"));
        family.post("/door-arrangements", Map.of()).expectProblem(409, "not-allowed-now");
        family.post("/door-arrangements/" + asked.text("/id") + "/events", Map.of("event", "GRANT")).expectProblem(404, "not-found");
        gridWorker.post("/door-arrangements/" + asked.text("/id") + "/events", Map.of("event", "GRANT", "until", today.plusDays(3).toString())).expect(200);
        assertEquals(parcel, tasksOf(gridWorker).get(0).at("/parcels/0/id").asText());
        family.post("/door-arrangements/" + asked.text("/id") + "/events", Map.of("event", "END")).expect(200);
        awaitTasks(0);
        assertFalse(api.again(family).get("/household/door").expect(200).body().path("brought").asBoolean());
    }

    @Test
    void parcelByItself_isDelivered_andWhatAnotherCarriesIsNot() {
        var home = garden.household("2-1-1001");
        var parcel = parcelFor(home);
        var second = parcelFor(home);
        var delivered = show(volunteer, "/parcels/" + parcel + "/door-delivery", picture()).expect(200);
        assertEquals("AT_DOOR", delivered.text("/state"));
        var walk = volunteer.get("/door-tasks?done=true&mine=true").expect(200).body().at("/items/0");
        assertEquals("DONE", walk.path("state").asText());
        assertEquals(List.of("OPEN", "TAKE", "PLACE", "SHOW", "RING", "LEAVE"), office.get("/door-tasks/" + walk.path("id").asText()).expect(200).body()
                .path("events").findValuesAsText("event"));
        show(volunteer, "/parcels/" + parcel + "/door-delivery", picture()).expectProblem(409, "not-allowed-now");
        cannotWalk(home);
        for (var task : tasksOf(office)) {
            if (task.path("state").asText().equals("OPEN")) {
                say(office, task.path("id").asText(), "TAKE").expect(200);
            }
        }
        show(volunteer, "/parcels/" + second + "/door-delivery", picture()).expectProblem(409, "not-allowed-now");
        assertEquals(400, show(volunteer, "/parcels/" + second + "/door-delivery", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}).status());
        show(volunteer, "/parcels/" + second + "/door-delivery", "<svg/>".getBytes(StandardCharsets.UTF_8)).expectProblem(415, "wrong-media-type");
        show(volunteer, "/parcels/" + second + "/door-delivery", new byte[10_600_000]).expectProblem(413, "too-large");
    }

    @Test
    void samePictureSentTwiceWithItsKey_isOneStep() {
        var id = openTask(garden.household("2-1-1101"));
        say(volunteer, id, "TAKE").expect(200);
        say(volunteer, id, "PLACE").expect(200);
        var keyed = volunteer.withKey(UUID.randomUUID());
        show(keyed, "/door-tasks/" + id + "/photo", picture()).expect(200);
        assertEquals("true", show(keyed, "/door-tasks/" + id + "/photo", picture()).expect(200).header("Idempotent-Replay").orElse("missing"));
    }

    @Test
    void walkWhosePictureIsTaken_isNeverLate_andEndsByItselfWhereNobodySaysTheyLeft() {
        var id = openTask(garden.household("2-1-1202"));
        say(volunteer, id, "TAKE").expect(200);
        say(volunteer, id, "PLACE").expect(200);
        api.clock().move(Duration.ofMinutes(100));
        volunteer = api.again(volunteer);
        show(volunteer, "/door-tasks/" + id + "/photo", picture()).expect(200);
        api.clock().move(Duration.ofMinutes(60));
        var worker = api.again(gridWorker);
        assertFalse(worker.get("/door-tasks/" + id).expect(200).body().path("overdue").asBoolean());
        assertEquals(0, worker.get("/monitor").expect(200).body().at("/compounds/0/doorTasksOverdue").asInt());
        api.clock().move(Duration.ofMinutes(60));
        var later = api.again(gridWorker);
        until(() -> later.get("/door-tasks/" + id).expect(200).text("/state").equals("DONE"));
        var left = later.get("/door-tasks/" + id).expect(200).body().path("events").path(4);
        assertEquals("LEAVE", left.path("event").asText());
        assertTrue(left.path("by").isMissingNode(), "by the clock: " + left);
        assertFalse(later.get("/notifications").expect(200).body().toString().contains("Something is not at its door in time"));
    }

    @Test
    void walkGivenBack_isFreeAgain_andOneThatTakesTooLongIsToldToTheGridWorkerOnce() {
        var id = openTask(garden.household("2-1-1201"));
        say(volunteer, id, "TAKE").expect(200);
        say(volunteer, id, "GIVE_BACK").expect(200);
        assertEquals("OPEN", office.get("/door-tasks/" + id).expect(200).text("/state"));
        say(gridWorker, id, "TAKE").expect(200);
        say(volunteer, id, "GIVE_BACK").expectProblem(409, "not-allowed-now");

        api.clock().move(Duration.ofMinutes(121));
        var worker = api.again(gridWorker);
        until(() -> worker.get("/notifications").expect(200).body().toString().contains("Something is not at its door in time"));
        assertTrue(worker.get("/door-tasks/" + id).expect(200).body().path("overdue").asBoolean());
        var figures = worker.get("/monitor").expect(200).body().at("/compounds/0");
        assertEquals(1, figures.path("doorTasks").asInt());
        assertEquals(1, figures.path("doorTasksOverdue").asInt());
    }
}
