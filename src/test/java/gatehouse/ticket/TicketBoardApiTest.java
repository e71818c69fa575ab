package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.forms.Table;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dispatchers, the office and neighbours see of tickets, over HTTP. */
class TicketBoardApiTest {
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient resident;
    private ApiClient neighbour;
    private ApiClient dispatcher;
    private ApiClient plumber;
    private ApiClient electrician;
    private ApiClient office;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aCompound() {
        api.clock().set("2026-11-23T09:30:00+08:00");
        compound = api.given().compound("阳光花园");
        resident = api.resident(compound.household("3-2-1402"), "王小明");
        neighbour = api.resident(compound.household("10-1-101"), "李邻居");
        dispatcher = api.staff(compound.id(), Role.DISPATCHER, compound.id());
        plumber = api.staff(compound.id(), Role.REPAIRMAN, compound.id());
        electrician = api.staff(compound.id(), Role.REPAIRMAN, compound.id());
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private static ApiClient.Answer report(ApiClient who, String kind, String category, String area, String text, Object... place) {
        var where = new HashMap<String, Object>(Map.of("area", area, "text", text));
        if (place.length > 0) {
            where.put("building", place[0]);
        }
        return who.post("/tickets", Map.of("kind", kind, "category", category, "place", where, "description", "坏了", "urgency", "NORMAL")).expect(201);
    }

    private static ApiClient.Answer act(ApiClient who, String id, String event, Object... fields) {
        var body = new HashMap<String, Object>(Map.of("event", event, "note", "说明"));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return who.post("/tickets/" + id + "/events", body).expect(200);
    }

    @Test
    void rule_givesATicketToWhomItNames_theMostParticularFirst() {
        dispatcher.put("/ticket-rules", Map.of("items", List.of(Map.of("assigneeId", plumber.id()),
                Map.of("category", "ELECTRICITY", "assigneeId", electrician.id()),
                Map.of("building", "10", "assigneeId", electrician.id())))).expect(200);
        assertEquals(plumber.id().toString(), report(resident, "REPAIR", "WATER_TAP", "HOME", "厨房").text("/assignee/id"));
        var byRule = report(resident, "REPAIR", "ELECTRICITY", "HOME", "卧室");
        assertEquals(electrician.id().toString(), byRule.text("/assignee/id"));
        assertEquals("BY_RULE", byRule.text("/events/1/reason"));
        assertEquals(electrician.id().toString(), report(neighbour, "REPAIR", "WATER_TAP", "HOME", "厨房").text("/assignee/id"));
        assertEquals("SUBMITTED", report(resident, "COMPLAINT", "PARKING", "PUBLIC", "门口").text("/state"), "a rule of any repair is of no complaint");
        var loads = dispatcher.get("/ticket-repairmen").expect(200).body().path("items");
        assertEquals(3, loads.path(0).path("assigned").asInt() + loads.path(1).path("assigned").asInt());
        dispatcher.put("/ticket-rules", Map.of("items", List.of(Map.of("assigneeId", resident.id())))).expectBadField("/items/0/assigneeId");
        dispatcher.put("/ticket-rules", Map.of("items", List.of(Map.of("building", "77", "assigneeId", plumber.id())))).expectBadField("/items/0/building");
    }

    @Test
    void route_goesToEmergenciesFirst_thenHouseByHouse() {
        var ten = report(neighbour, "REPAIR", "HEATING", "HOME", "客厅").text("/id");
        var three = report(resident, "REPAIR", "HEATING", "HOME", "客厅").text("/id");
        var lift = report(resident, "REPAIR", "LIFT_TRAPPED", "PUBLIC", "电梯", "10").text("/id");
        for (var id : List.of(ten, three, lift)) {
            act(dispatcher, id, "ASSIGN", "assigneeId", plumber.id());
        }
        assertEquals(List.of(lift, three, ten), plumber.get("/ticket-route").expect(200).body().path("items").findValuesAsText("id").stream()
                .filter(List.of(lift, three, ten)::contains).toList());
        assertTrue(electrician.get("/ticket-route").expect(200).body().path("items").isEmpty());
    }

    @Test
    void publicTicket_isProposedBeforeAnotherIsSent_andFollowedWithoutNames() {
        var lift = report(resident, "REPAIR", "LIFT", "PUBLIC", "二单元电梯", "3").text("/id");
        report(resident, "REPAIR", "WATER_TAP", "HOME", "厨房");
        report(resident, "COMPLAINT", "PARKING", "PUBLIC", "门口");
        var nearby = neighbour.get("/public-tickets/nearby?category=LIFT&building=3").expect(200);
        assertEquals(lift, nearby.text("/items/0/id"));
        assertTrue(neighbour.get("/public-tickets/nearby?category=LIFT&building=10").expect(200).body().path("items").isEmpty());
        assertTrue(neighbour.get("/public-tickets/nearby?category=LIGHTING&building=3").expect(200).body().path("items").isEmpty());
        assertEquals("true", neighbour.send("PUT", "/public-tickets/" + lift + "/follow", null).expect(200).text("/following"));
        var shown = neighbour.get("/public-tickets").expect(200).body();
        assertEquals(1, shown.path("items").size());
        assertFalse(shown.toString().contains("王小明") || shown.toString().contains("1402") || shown.toString().contains("坏了"), shown.toString());
        act(dispatcher, lift, "ASSIGN", "assigneeId", plumber.id());
        assertTrue(told(neighbour, "TICKET_FOLLOWED"), "whoever follows is told");
        neighbour.get("/tickets/" + lift).expectProblem(404, "not-found");
        assertEquals("0", neighbour.send("DELETE", "/public-tickets/" + lift + "/follow", null).expect(200).text("/followers"));
    }

    /** The pump delivers within a moment; what is in the outbox counts as told. */
    private static boolean told(ApiClient who, String template) {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(
                "select 1 from outbox_message where template = '" + template + "' and recipient_id = '" + who.id() + "'")) {
            return rows.next();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void month_isSummed_andItsSampleIsStruckOff() {
        var ids = new String[4];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = report(resident, "ENQUIRY", "HOW_TO", "PUBLIC", "社区").text("/id");
            act(dispatcher, ids[i], "ACCEPT");
            act(dispatcher, ids[i], "FINISH");
            act(resident, ids[i], "CONFIRM", "rating", i == 0 ? 2 : 5);
        }
        var tasks = dispatcher.get("/ticket-follow-ups?month=2026-11").expect(200);
        assertEquals("4", tasks.text("/closed"));
        assertEquals("2", tasks.text("/wanted"));
        act(dispatcher, tasks.text("/items/0/id"), "FOLLOW_UP", "rating", 4);
        assertEquals(1, dispatcher.get("/ticket-follow-ups?month=2026-11").expect(200).body().path("items").size());
        var summary = resident.get("/service-levels/summary?month=2026-11").expect(200);
        assertEquals("4", summary.text("/compounds/0/submitted"));
        assertEquals("75", summary.text("/compounds/0/satisfactionPercent"));
        assertEquals("100", summary.text("/compounds/0/onTimePercent"));
        assertEquals("2", summary.text("/compounds/0/followUpsWanted"));
        assertEquals("ENQUIRY", summary.text("/compounds/0/levels/0/level"));
        assertEquals("0", resident.get("/service-levels/summary?month=2026-10").expect(200).text("/compounds/0/submitted"));
        resident.get("/service-levels/summary?month=2026-13").expectBadField("?month");
        var again = tasks.text("/items/0/id");
        act(resident, again, "REOPEN");
        act(dispatcher, again, "ACCEPT");
        act(dispatcher, again, "FINISH");
        act(resident, again, "CONFIRM", "rating", 5);
        assertEquals(2, dispatcher.get("/ticket-follow-ups?month=2026-11").expect(200).body().path("items").size(), "what was done anew was not followed up");
    }

    @Test
    void compoundWithoutDesk_isTheOfficesInAllThatADeskIsTold() {
        var small = api.given().compound("小院");
        var family = api.resident(small.household("1-1-101"), "王小明");
        var desk = api.staff(small.id(), Role.OFFICE, small.id());
        var id = report(family, "ENQUIRY", "HOW_TO", "PUBLIC", "社区").text("/id");
        family.post("/tickets/" + id + "/messages", Map.of("text", "请回复")).expect(201);
        act(desk, id, "ACCEPT");
        act(desk, id, "FINISH");
        act(family, id, "REOPEN");
        for (var template : List.of("TICKET_SUBMITTED", "TICKET_MAIL", "TICKET_REOPENED")) {
            assertEquals("OFFICE", toldRole(small, template));
        }
    }

    private static String toldRole(Given.Compound compound, String template) {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(
                "select recipient_role from outbox_message where template = '" + template + "' and recipient_id = '" + compound.id() + "'")) {
            return rows.next() ? rows.getString(1) : "nobody";
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void day_thatTheOfficeEnters_movesDeadlines_andAnUnlistedYearIsSaidToBeOne() {
        var id = report(resident, "REPAIR", "DOORS", "PUBLIC", "单元门", "3").text("/id");
        office.put("/working-calendar/2026-11-24", Map.of("worked", false, "name", "设备检修")).expect(200);
        var year = office.get("/working-calendar?year=2026").expect(200).body();
        assertTrue(year.path("listed").asBoolean() && year.path("items").toString().contains("设备检修"));
        assertFalse(office.get("/working-calendar?year=2027").expect(200).body().path("listed").asBoolean());
        dispatcher.put("/working-calendar/2026-11-24", Map.of("worked", true, "name", "x")).expectProblem(403, "not-permitted");
        office.send("DELETE", "/working-calendar/2026-11-24", null).expect(200);
        office.send("DELETE", "/working-calendar/2026-11-24", null).expectProblem(404, "not-found");
        assertEquals("2026-11-25T22:00:00+08:00", resident.get("/tickets/" + id).expect(200).text("/dueAt/done"));
    }

    @Test
    void photo_isShownToWhoeverSeesTheTicket_andToNobodyElse() {
        var id = report(resident, "REPAIR", "WATER_TAP", "HOME", "厨房").text("/id");
        var photo = addPhoto(resident, id).expect(201).text("/id");
        var shown = dispatcher.get("/tickets/" + id + "/photos/" + photo + "?size=THUMBNAIL").expect(200);
        assertEquals("image/jpeg", shown.header("Content-Type").orElseThrow());
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xD8}, Arrays.copyOf(shown.raw().body(), 2));
        assertEquals(photo, resident.get("/tickets/" + id).expect(200).text("/photos/0/id"));
        neighbour.get("/tickets/" + id + "/photos/" + photo).expectProblem(404, "not-found");
        var other = report(neighbour, "REPAIR", "WATER_TAP", "HOME", "厨房").text("/id");
        neighbour.get("/tickets/" + other + "/photos/" + photo).expectProblem(404, "not-found");
        addPhoto(neighbour, id).expectProblem(404, "not-found");
    }

    @Test
    void worker_fromOutside_comesAsTheTicketsVisitor_alsoToWhatAllShare() {
        var gate = compound.gate("东门");
        var guard = api.staff(compound.id(), Role.GUARD, gate);
        var lift = report(resident, "REPAIR", "LIFT", "PUBLIC", "电梯", "3");
        var home = report(resident, "REPAIR", "HEATING", "HOME", "客厅");
        var worker = Map.of("name", "孙师傅", "phone", "13800138000", "expectedAt", "2026-11-23T10:00:00+08:00");
        act(dispatcher, lift.text("/id"), "ASSIGN", "assigneeId", plumber.id());
        var key = UUID.randomUUID();
        plumber.withKey(key).post("/tickets/" + lift.text("/id") + "/workers", worker).expect(201);
        var expected = plumber.withKey(key).post("/tickets/" + lift.text("/id") + "/workers", worker).expect(201);
        assertEquals("true", expected.header("Idempotent-Replay").orElse("false"), "its code is computed again");
        var atGate = guard.post("/visits/lookup", Map.of("code", expected.text("/code"))).expect(200);
        assertEquals(lift.text("/number"), atGate.text("/household"), "there is no home to tell");
        assertEquals("ok", guard.post("/visits/" + expected.text("/visitId") + "/enter", Map.of("gateId", gate, "nameChecked", true, "hostPresent", true,
                "healthCode", "GREEN", "temperature", 36.4, "mask", true)).expect(200).text("/reason"));
        assertTrue(resident.get("/visits").expect(200).body().path("items").isEmpty(), "nobody's home is visited");
        assertTrue(Table.csv(office.get("/forms/gate-register.csv?date=2026-11-23")).lines().toString().contains(lift.text("/number")));
        dispatcher.post("/tickets/" + home.text("/id") + "/workers", worker).expect(201);
        assertEquals("3-2-1402", resident.get("/visits").expect(200).text("/items/0/household"));
        assertEquals("WORKER", dispatcher.get("/tickets/" + home.text("/id")).expect(200).text("/events/1/event"));
        electrician.post("/tickets/" + lift.text("/id") + "/workers", worker).expectProblem(404, "not-found");
        var wish = Map.of("field", "PHONE", "reason", "施工人员超时未签出");
        for (var asker : List.of(guard, office)) {
            assertEquals("13800138000", asker.post("/visits/" + expected.text("/visitId") + "/disclosures", wish).expect(200).text("/value"));
        }
        var laurel = api.given().compound("月桂苑");
        api.staff(laurel.id(), Role.OFFICE, laurel.id()).post("/visits/" + expected.text("/visitId") + "/disclosures", wish).expectProblem(404, "not-found");
        assertTrue(office.get("/audit/verification").expect(200).body().path("intact").asBoolean());
        act(dispatcher, home.text("/id"), "CANCEL");
        dispatcher.post("/tickets/" + home.text("/id") + "/workers", worker).expectProblem(409, "not-allowed-now");
    }

    @Test
    void whoWorksOnATicket_callsItsReporterForAReason_untilItIsClosed() {
        var tap = report(resident, "REPAIR", "WATER_TAP", "HOME", "厨房").text("/id");
        var phone = "/tickets/" + tap + "/phone";
        var why = Map.of("reason", "上门前约时间");
        act(dispatcher, tap, "ASSIGN", "assigneeId", plumber.id());
        plumber.post(phone, Map.of("reason", "约")).expectBadField("/reason");
        electrician.post(phone, why).expectProblem(404, "not-found");
        resident.post(phone, why).expectProblem(403, "not-permitted");
        assertEquals(api.phoneOf(resident.id()), plumber.post(phone, why).expect(200).text("/value"));
        dispatcher.post(phone, why).expect(200);

        var audit = office.get("/audit?action=VALUE_DISCLOSED").expect(200);
        assertEquals(List.of("DISPATCHER", "REPAIRMAN"), audit.body().path("items").findValuesAsText("role"));
        assertEquals("上门前约时间", audit.text("/items/1/reason"));
        var read = resident.get("/me/disclosures").expect(200);
        assertEquals(List.of("REPAIRMAN", "PHONE", "上门前约时间"), List.of(read.text("/items/1/by/role"), read.text("/items/1/field"), read.text("/items/1/reason")));

        act(plumber, tap, "ARRIVE");
        act(plumber, tap, "FINISH");
        plumber.post(phone, why).expect(200);
        act(resident, tap, "CONFIRM");
        act(resident, tap, "RATE", "rating", 5);
        plumber.post(phone, why).expectProblem(409, "not-allowed-now");

        var noise = resident.post("/tickets", Map.of("kind", "COMPLAINT", "category", "NOISE", "place", Map.of("area", "PUBLIC", "text", "楼上"), "description", "吵",
                "urgency", "NORMAL", "anonymous", true)).expect(201).text("/id");
        act(dispatcher, noise, "ASSIGN", "assigneeId", plumber.id());
        plumber.post("/tickets/" + noise + "/phone", why).expectProblem(409, "not-allowed-now");
        dispatcher.post("/tickets/" + noise + "/phone", why).expectProblem(409, "not-allowed-now");
    }

    static ApiClient.Answer addPhoto(ApiClient who, String id) {
        var form = new ByteArrayOutputStream();
        form.writeBytes("--part\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(PNG);
        form.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.US_ASCII));
        return who.send("POST", "/tickets/" + id + "/photos", "multipart/form-data; boundary=part", form.toByteArray());
    }

    @Test
    void ledger_andMonth_areForms_andTheLivePictureCountsTickets() {
        var id = report(resident, "REPAIR", "WATER_TAP", "HOME", "=1+1").text("/id");
        resident.post("/tickets", Map.of("kind", "COMPLAINT", "category", "NOISE", "place", Map.of("area", "HOME", "text", "楼上"), "description", "吵",
                "urgency", "NORMAL", "anonymous", true)).expect(201);
        act(dispatcher, id, "ASSIGN", "assigneeId", plumber.id());
        var ledger = Table.csv(office.get("/forms/ticket-ledger.csv?date=2026-11-23"));
        assertEquals(2, ledger.lines().size());
        var lines = ledger.lines().toString();
        assertTrue(lines.contains("王小明") && lines.contains("匿名") && lines.contains("水龙头"), lines);
        var month = Table.csv(office.get("/forms/ticket-month.csv?date=2026-11-23"));
        assertEquals(1, month.lines().size());
        dispatcher.get("/forms/ticket-ledger.csv").expectProblem(403, "not-permitted");
        var monitor = office.get("/monitor").expect(200);
        assertEquals("2", monitor.text("/compounds/0/tickets/open"));
        assertEquals("1", monitor.text("/compounds/0/tickets/assigned"));
        var buildings = monitor.body().at("/compounds/0/buildings");
        int open = 0;
        for (var building : buildings) {
            open += building.at("/tickets/open").asInt();
        }
        assertEquals(1, open, "the building would tell who complains");
    }
}
