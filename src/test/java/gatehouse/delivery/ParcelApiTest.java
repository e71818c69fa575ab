package gatehouse.delivery;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParcelApiTest {
    private static ApiServer api;
    private Given.Compound garden;
    private UUID gate;
    private ApiClient guard;

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
    }

    private static Map<String, Object> waybill(Map<String, Object> address) {
        var waybill = new HashMap<String, Object>(Map.of("carrier", "SF", "trackingTail", "8812", "perishable", false, "disinfected", true));
        waybill.putAll(address);
        return waybill;
    }

    private static Map<String, Object> door(String building, String unit, String room) {
        return waybill(Map.of("building", building, "unit", unit, "room", room));
    }

    private void roster(String... lines) {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        office.send("POST", "/imports/roster", "text/csv", ("楼栋,单元,房号,姓名,手机\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    /** The inbox once the pump has been there. */
    private static ApiClient.Answer inboxOf(ApiClient resident) {
        for (int i = 0; i < 200; i++) {
            var inbox = resident.get("/notifications").expect(200);
            if (!inbox.body().path("items").isEmpty()) {
                return inbox;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("nothing came");
    }

    private static List<String> events(ApiClient.Answer parcel) {
        return parcel.body().path("events").findValuesAsText("event");
    }

    @Test
    void register_byDoor_putsItOnTheBuildingsShelfAndTellsTheHousehold() {
        var home = garden.household("3-2-1402");
        var resident = api.resident(home, "陈志远");

        var parcel = guard.post("/parcels", door("3号楼", "2单元", "1402室")).expect(201);

        assertEquals("AT_GATE", parcel.text("/state"));
        assertEquals("3-2-1402", parcel.text("/household"));
        assertEquals("3", parcel.text("/shelf"));
        assertEquals(gate.toString(), parcel.text("/gate/id"));
        assertEquals(parcel.text("/id"), resident.get("/parcels").expect(200).text("/items/0/id"));
        var message = inboxOf(resident);
        assertEquals("A parcel is at the gate", message.text("/items/0/title"));
    }

    @Test
    void register_perishable_isUrgent() {
        var resident = api.resident(garden.household("3-2-1402"), "陈志远");
        var fresh = new HashMap<>(door("3", "2", "1402"));
        fresh.put("perishable", true);

        guard.post("/parcels", fresh).expect(201);

        var message = inboxOf(resident);
        assertTrue(message.text("/items/0/title").startsWith("Urgent"), message.body().toString());
    }

    @Test
    void register_toABuildingThatHasAPlaceAlready_liesBesideIt() {
        garden.household("3-2-1402");
        garden.household("3-1-101");
        var placed = new HashMap<>(door("3", "2", "1402"));
        placed.put("shelf", "C-4");
        guard.post("/parcels", placed).expect(201);

        assertEquals("C-4", guard.post("/parcels", door("3", "1", "101")).expect(201).text("/shelf"));
    }

    @Test
    void register_toADoorThatIsNot_namesTheWrongPart() {
        garden.household("3-2-1402");

        guard.post("/parcels", door("9", "2", "1402")).expectBadField("/building");
        guard.post("/parcels", door("3", "9", "1402")).expectBadField("/unit");
        guard.post("/parcels", door("3", "2", "9999")).expectBadField("/room");
        guard.post("/parcels", waybill(Map.of("building", "3", "room", "1402"))).expectBadField("/unit");
        guard.post("/parcels", waybill(Map.of())).expectBadField("/room");
        guard.post("/parcels", waybill(Map.of("phoneTail", "0000"))).expectBadField("/phoneTail");
        guard.post("/parcels", waybill(Map.of("householdId", UUID.randomUUID()))).expectBadField("/householdId");
        assertEquals(0, guard.get("/parcels").expect(200).body().path("items").size());
    }

    @Test
    void register_byATailOfSeveralHouseholds_offersThemMasked() {
        roster("3,2,1402,陈志远,13911110001", "5,1,801,吴文斌,13922220001", "5,1,802,吴小斌,13922220002");

        var offered = guard.post("/parcels", waybill(Map.of("phoneTail", "0001"))).expectProblem(409, "address-ambiguous");

        assertEquals(List.of("3-2-1402", "5-1-801"), offered.body().path("choices").findValuesAsText("household"));
        assertEquals("陈**", offered.text("/choices/0/names/0"));
        assertFalse(offered.body().toString().contains("陈志远"));
        var chosen = guard.post("/parcels", waybill(Map.of("householdId", offered.text("/choices/1/householdId")))).expect(201);
        assertEquals("5-1-801", chosen.text("/household"));
        assertEquals("5-1-802", guard.post("/parcels", waybill(Map.of("phoneTail", "0002"))).expect(201).text("/household"));
    }

    @Test
    void register_twiceWithOneKey_isOneParcel() {
        garden.household("3-2-1402");
        var key = UUID.randomUUID();

        var first = guard.withKey(key).post("/parcels", door("3", "2", "1402")).expect(201);
        var again = guard.withKey(key).post("/parcels", door("3", "2", "1402")).expect(201);

        assertEquals(first.text("/id"), again.text("/id"));
        assertEquals(1, guard.get("/parcels").expect(200).body().path("items").size());
    }

    @Test
    void parcel_isSeenByItsHouseholdItsGateAndTheOfficeOnly() {
        var home = garden.household("3-2-1402");
        var resident = api.resident(home, "陈志远");
        var neighbour = api.resident(garden.household("3-2-1401"), "李四");
        var elsewhere = api.staff(garden.id(), Role.GUARD, garden.gate("西门"));
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var laurel = api.given().compound("月桂苑");
        var foreign = api.staff(laurel.id(), Role.OFFICE, laurel.id());
        var id = guard.post("/parcels", door("3", "2", "1402")).expect(201).text("/id");

        for (var sees : List.of(resident, guard, office)) {
            assertEquals(id, sees.get("/parcels").expect(200).text("/items/0/id"));
            sees.get("/parcels/" + id).expect(200);
        }
        for (var blind : List.of(neighbour, elsewhere, foreign)) {
            assertEquals(0, blind.get("/parcels").expect(200).body().path("items").size());
            blind.get("/parcels/" + id).expect(404);
        }
        elsewhere.post("/parcels/" + id + "/events", Map.of("event", "RETURN")).expect(404);
        elsewhere.post("/parcels", waybill(Map.of("householdId", home.id(), "gateId", gate))).expectBadField("/gateId");
    }

    @Test
    void photo_ofADamagedParcel_isSeenByItsHouseholdAndTheGate() throws IOException {
        var resident = api.resident(garden.household("3-2-1402"), "陈志远");
        var neighbour = api.resident(garden.household("3-2-1401"), "李四");
        var id = guard.post("/parcels", door("3", "2", "1402")).expect(201).text("/id");
        var form = new ByteArrayOutputStream();
        form.writeBytes("--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", form);
        form.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));

        var photo = guard.send("POST", "/parcels/" + id + "/photos", "multipart/form-data; boundary=x", form.toByteArray()).expect(201).text("/id");
        guard.post("/parcels/" + id + "/events", Map.of("event", "DAMAGE", "note", "箱角压坏")).expect(200);

        assertEquals(photo, resident.get("/parcels/" + id).expect(200).text("/photos/0"));
        resident.get("/parcels/" + id + "/photos/" + photo).expect(200);
        neighbour.get("/parcels/" + id + "/photos/" + photo).expect(404);
        resident.get("/parcels/" + id + "/photos/" + UUID.randomUUID()).expect(404);
    }

    @Test
    void parcel_keepsItsWholeTrail() {
        var resident = api.resident(garden.household("3-2-1402"), "陈志远");
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var id = guard.post("/parcels", door("3", "2", "1402")).expect(201).text("/id");

        guard.post("/parcels/" + id + "/events", Map.of("event", "LOSE")).expectBadField("/note");
        guard.post("/parcels/" + id + "/events", Map.of("event", "MOVE", "shelf", "B-2")).expect(200);
        api.clock().move(Duration.ofMinutes(5));
        assertEquals("LOST", guard.post("/parcels/" + id + "/events", Map.of("event", "LOSE", "note", "架上没有")).expect(200).text("/state"));
        guard.post("/parcels/" + id + "/events", Map.of("event", "RETURN")).expectProblem(409, "not-allowed-now");
        assertEquals("AT_GATE", guard.post("/parcels/" + id + "/events", Map.of("event", "FIND")).expect(200).text("/state"));
        assertEquals("RETURNED", office.post("/parcels/" + id + "/events", Map.of("event", "RETURN", "note", "住户拒收")).expect(200).text("/state"));

        var told = office.get("/parcels/" + id).expect(200);
        assertEquals(List.of("REGISTER", "MOVE", "LOSE", "FIND", "RETURN"), events(told));
        assertEquals("GUARD", told.text("/events/2/by"));
        assertEquals("2026-11-22T09:35:00+08:00", told.text("/events/2/at"));
        assertEquals("架上没有", told.text("/events/2/note"));
        assertTrue(resident.get("/parcels/" + id).expect(200).body().at("/events/2/by").isMissingNode());
        var entry = office.get("/audit?limit=5").expect(200).body().toString();
        assertTrue(entry.contains("PARCEL_SETTLED"), entry);
    }
}
