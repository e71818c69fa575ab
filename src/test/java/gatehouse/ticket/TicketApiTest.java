package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets over HTTP, every answer checked against the contract. */
class TicketApiTest {
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient resident;
    private ApiClient neighbour;
    private ApiClient dispatcher;
    private ApiClient repairman;
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
        neighbour = api.resident(compound.household("3-2-1401"), "李邻居");
        dispatcher = api.staff(compound.id(), Role.DISPATCHER, compound.id());
        repairman = api.staff(compound.id(), Role.REPAIRMAN, compound.id());
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private static Map<String, Object> wish(String kind, String category, String area) {
        return Map.of("kind", kind, "category", category, "place", Map.of("area", area, "text", "厨房"), "description", "坏了", "urgency", "NORMAL");
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        var more = new HashMap<>(body);
        more.put(name, value);
        return more;
    }

    private static ApiClient.Answer act(ApiClient who, String id, String event, Object... fields) {
        var body = new HashMap<String, Object>(Map.of("event", event));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return who.post("/tickets/" + id + "/events", body);
    }

    private String tap() {
        return resident.post("/tickets", wish("REPAIR", "WATER_TAP", "HOME")).expect(201).text("/id");
    }

    private static List<String> events(JsonNode ticket) {
        return ticket.path("events").findValuesAsText("event");
    }

    @Test
    void repair_walksFromItsReporterToTheRepairmanAndBack() {
        var submitted = resident.post("/tickets", wish("REPAIR", "WATER_TAP", "HOME")).expect(201);
        var id = submitted.text("/id");
        assertEquals("WX-20261123-0001", submitted.text("/number"));
        assertEquals("SMALL_REPAIR", submitted.text("/level"));
        assertEquals("2026-11-23T22:00:00+08:00", submitted.text("/dueAt/done"));
        assertEquals("3", submitted.text("/place/building"));
        act(repairman, id, "ASSIGN").expectProblem(404, "not-found");
        act(resident, id, "ACCEPT").expectProblem(403, "not-permitted");
        act(dispatcher, id, "ACCEPT").expect(200);
        var taken = act(repairman, id, "ASSIGN").expect(200);
        assertEquals("ASSIGNED", taken.text("/state"));
        assertEquals("3-2-1402", taken.text("/contact/household"));
        act(repairman, id, "ARRIVE").expect(200);
        act(repairman, id, "FINISH").expectBadField("/note");
        assertEquals("DONE", act(repairman, id, "FINISH", "note", "换了阀芯").expect(200).text("/state"));
        var closed = act(resident, id, "CONFIRM", "rating", 5, "note", "又快又好").expect(200);
        assertEquals("CLOSED", closed.text("/state"));
        assertEquals("5", closed.text("/rating"));
        assertEquals(List.of("SUBMIT", "ACCEPT", "ASSIGN", "ARRIVE", "FINISH", "CONFIRM", "RATE"), events(closed.body()));
        assertEquals(id, repairman.get("/tickets?assignee=me").expect(200).text("/items/0/id"));
        neighbour.get("/tickets/" + id).expectProblem(404, "not-found");
        assertTrue(neighbour.get("/tickets").expect(200).body().path("items").isEmpty());
    }

    @Test
    void ticket_thatTheDeskWroteDown_isConfirmedByTheHousehold_notByTheDesk() {
        var home = resident.me().at("/household/id").asText();
        var id = dispatcher.post("/tickets", with(wish("REPAIR", "WATER_TAP", "HOME"), "householdId", home)).expect(201).text("/id");
        act(dispatcher, id, "ACCEPT").expect(200);
        act(dispatcher, id, "FINISH", "note", "电话指导已解决").expect(200);
        act(dispatcher, id, "CONFIRM").expectProblem(403, "not-permitted");
        assertEquals("CONFIRMED", act(resident, id, "CONFIRM").expect(200).text("/state"));
        dispatcher.post("/tickets", with(wish("REPAIR", "WATER_TAP", "HOME"), "householdId", "00000000-0000-7000-8000-000000000000")).expectBadField("/householdId");
    }

    @Test
    void finished_isReopened_andItsClockBeginsAnew() {
        var id = tap();
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        act(repairman, id, "FINISH", "note", "好了").expect(200);
        act(resident, id, "RATE", "rating", 4).expectProblem(409, "not-allowed-now");
        api.clock().set("2026-11-24T10:00:00+08:00");
        var again = act(api.again(resident), id, "REOPEN", "note", "还在漏").expect(200);
        assertEquals("REOPENED", again.text("/state"));
        assertEquals("2026-11-24T22:00:00+08:00", again.text("/dueAt/done"));
        act(api.again(repairman), id, "ARRIVE").expect(200);
        act(api.again(repairman), id, "FINISH", "note", "换了整套").expect(200);
        api.clock().set("2026-12-02T10:00:01+08:00");
        act(api.again(resident), id, "REOPEN", "note", "还在漏").expectProblem(409, "too-late-to-reopen");
    }

    @Test
    void pause_restsTheClock() {
        var id = tap();
        act(dispatcher, id, "ACCEPT").expect(200);
        assertEquals("WAITING", act(dispatcher, id, "PAUSE", "note", "家里没人").expect(200).text("/state"));
        api.clock().set("2026-11-25T08:30:00+08:00");
        var resumed = act(api.again(dispatcher), id, "RESUME").expect(200);
        assertEquals("ACCEPTED", resumed.text("/state"));
        assertEquals("2026-11-25T21:00:00+08:00", resumed.text("/dueAt/done"), "twelve and a half hours were left");
    }

    @Test
    void urgentWaterRepair_duringControl_waitsForTheOffice_andConstructionIsSuspended() {
        var id = resident.post("/tickets", with(wish("REPAIR", "WATER_TAP", "HOME"), "urgency", "URGENT")).expect(201).text("/id");
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        act(repairman, id, "ARRIVE").expectProblem(409, "consent-missing");
        act(dispatcher, id, "CONSENT").expectProblem(403, "not-permitted");
        assertEquals("GIVEN", act(office, id, "CONSENT").expect(200).text("/consent"));
        act(repairman, id, "ARRIVE").expect(200);
        resident.post("/tickets", wish("REPAIR", "DECORATION", "HOME")).expectProblem(409, "work-suspended");
    }

    private void setLevel(int place, String level) {
        var id = office.get("/control-levels").expect(200).text("/items/" + place + "/id");
        office.put("/control-levels/" + id, "NORMAL".equals(level) ? Map.of() : Map.of("level", level, "reason", "排查")).expect(200);
    }

    /** The levels of the compound, its building and unit may change while a ticket is open: what counts is how they are when somebody goes. */
    @Test
    void work_isJudgedByTheStrictestLevelOfItsPlace_whenSomebodyGoes() {
        var calm = api.given().compound("月桂苑").withPolicy("controlLevel", "\"NORMAL\"");
        resident = api.resident(calm.household("3-2-1402"), "王小明");
        dispatcher = api.staff(calm.id(), Role.DISPATCHER, calm.id());
        repairman = api.staff(calm.id(), Role.REPAIRMAN, calm.id());
        office = api.staff(calm.id(), Role.OFFICE, calm.id());
        var decoration = resident.post("/tickets", wish("REPAIR", "DECORATION", "HOME")).expect(201).text("/id");
        act(dispatcher, decoration, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        var urgent = with(wish("REPAIR", "WATER_TAP", "HOME"), "urgency", "URGENT");
        var begun = resident.post("/tickets", urgent).expect(201).text("/id");
        act(dispatcher, begun, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        act(repairman, begun, "ARRIVE").expect(200);
        var waiting = resident.post("/tickets", urgent).expect(201);
        assertEquals("NOT_NEEDED", waiting.text("/consent"));
        act(dispatcher, waiting.text("/id"), "ASSIGN", "assigneeId", repairman.id()).expect(200);

        for (int place = 0; place < 2; place++) {
            setLevel(place, "SEALED");
            act(repairman, decoration, "ARRIVE").expectProblem(409, "work-suspended");
            act(repairman, decoration, "FINISH", "note", "好了").expectProblem(409, "work-suspended");
            act(repairman, waiting.text("/id"), "ARRIVE").expectProblem(409, "consent-missing");
            act(repairman, waiting.text("/id"), "FINISH", "note", "好了").expectProblem(409, "consent-missing");
            var seen = repairman.get("/tickets/" + waiting.text("/id")).expect(200);
            assertEquals("NEEDED", seen.text("/consent"));
            assertFalse(seen.body().path("possible").toString().contains("ARRIVE") || seen.body().path("possible").toString().contains("FINISH"));
            resident.post("/tickets", wish("REPAIR", "DECORATION", "HOME")).expectProblem(409, "work-suspended");
            assertEquals("NEEDED", resident.post("/tickets", urgent).expect(201).text("/consent"));
            assertEquals("NOT_NEEDED", resident.post("/tickets", with(urgent, "place", Map.of("area", "PUBLIC", "text", "西门"))).expect(201).text("/consent"));
            setLevel(place, "NORMAL");
        }
        setLevel(1, "SEALED");
        act(repairman, begun, "FINISH", "note", "换了阀芯").expect(200);
        assertEquals("GIVEN", act(office, waiting.text("/id"), "CONSENT").expect(200).text("/consent"));
        act(repairman, waiting.text("/id"), "ARRIVE").expect(200);
        setLevel(1, "NORMAL");
        act(repairman, decoration, "ARRIVE").expect(200);
    }

    @Test
    void taking_byManyAtOnce_isOnesOnly() throws Exception {
        var id = tap();
        act(dispatcher, id, "ACCEPT").expect(200);
        var crew = IntStream.range(0, 12).mapToObj(i -> api.staff(compound.id(), Role.REPAIRMAN, compound.id())).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(crew.stream().map(each -> (Callable<Integer>) () -> act(each, id, "ASSIGN").status()).toList());
            long taken = 0;
            for (var answer : answers) {
                assertTrue(List.of(200, 404, 409).contains(answer.get()), "answered " + answer.get());
                taken += answer.get() == 200 ? 1 : 0;
            }
            assertEquals(1, taken);
        }
    }

    @Test
    void numbers_ofTicketsThatComeAtOnce_areDifferent() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(IntStream.range(0, 40).mapToObj(i -> (Callable<String>) () -> (i % 2 == 0 ? resident : neighbour)
                    .post("/tickets", wish("ENQUIRY", "HOW_TO", "PUBLIC")).expect(201).text("/number")).toList());
            var numbers = new HashSet<String>();
            for (var answer : answers) {
                numbers.add(answer.get());
            }
            assertEquals(40, numbers.size());
            assertTrue(numbers.contains("ZX-20261123-0001") && numbers.contains("ZX-20261123-0040"), numbers.toString());
        }
    }

    @Test
    void anonymousComplaint_namesNobody_butToItsReporter() {
        var complaint = resident.post("/tickets", with(wish("COMPLAINT", "NOISE", "HOME"), "anonymous", true)).expect(201);
        assertEquals("王小明", complaint.text("/contact/name"));
        for (var staff : List.of(dispatcher, office)) {
            var read = staff.get("/tickets/" + complaint.text("/id")).expect(200).body();
            assertFalse(read.has("contact"), read.toString());
            assertFalse(read.at("/place").has("building"), "the building of the household would tell: " + read);
            assertFalse(read.toString().contains("王小明") || read.toString().contains("1402"), read.toString());
        }
        var sister = api.resident(compound.household("3-2-1403"), "别家");
        sister.get("/tickets/" + complaint.text("/id")).expectProblem(404, "not-found");
        resident.post("/tickets", with(wish("REPAIR", "WATER_TAP", "HOME"), "anonymous", true)).expectBadField("/anonymous");
    }

    @Test
    void duplicate_isMergedIntoTheOther_andItsReporterFollowsThat() {
        var first = resident.post("/tickets", wish("REPAIR", "LIFT", "PUBLIC")).expect(201);
        var second = neighbour.post("/tickets", wish("REPAIR", "LIFT", "PUBLIC")).expect(201);
        act(dispatcher, second.text("/id"), "MERGE", "mergeInto", "WX-20261123-9999").expectBadField("/mergeInto");
        act(dispatcher, second.text("/id"), "MERGE", "mergeInto", second.text("/number")).expectBadField("/mergeInto");
        assertEquals("MERGED", act(dispatcher, second.text("/id"), "MERGE", "mergeInto", first.text("/number")).expect(200).text("/state"));
        assertEquals("1", resident.get("/tickets/" + first.text("/id")).expect(200).text("/followers"));
    }

    @Test
    void mergedComplaint_showsItsReporterStatesAndTimes_andNothingOfTheOther() {
        var first = resident.post("/tickets", with(wish("COMPLAINT", "PARKING", "PUBLIC"), "description", "王家窗下总停车")).expect(201);
        var second = neighbour.post("/tickets", wish("COMPLAINT", "PARKING", "PUBLIC")).expect(201);
        act(dispatcher, second.text("/id"), "MERGE", "mergeInto", first.text("/number")).expect(200);
        api.clock().move(Duration.ofMinutes(5));
        act(dispatcher, first.text("/id"), "ACCEPT", "note", "王小明家已联系").expect(200);
        var item = neighbour.get("/followed-tickets").expect(200).body().path("items").path(0);
        assertEquals(first.text("/id"), item.path("id").asText());
        assertEquals("ACCEPTED", item.path("state").asText());
        assertEquals(List.of("ACCEPTED"), item.path("stages").findValuesAsText("state"));
        var names = new TreeSet<String>();
        item.fieldNames().forEachRemaining(names::add);
        assertEquals(Set.of("id", "number", "state", "dueAt", "stages"), names, "neither words nor place nor category of another's complaint");
        assertFalse(item.toString().contains("王") || item.toString().contains("1402"), item.toString());
        neighbour.get("/tickets/" + first.text("/id")).expectProblem(404, "not-found");
        assertTrue(resident.get("/followed-tickets").expect(200).body().path("items").isEmpty(), "nobody follows their own");
        dispatcher.get("/followed-tickets").expectProblem(403, "not-permitted");
    }

    @Test
    void complaintAboutStaff_isTheOfficesAlone() {
        var id = resident.post("/tickets", wish("COMPLAINT", "STAFF_CONDUCT", "PUBLIC")).expect(201).text("/id");
        dispatcher.get("/tickets/" + id).expectProblem(404, "not-found");
        repairman.get("/tickets/" + id).expectProblem(404, "not-found");
        office.get("/tickets/" + id).expect(200);
    }

    @Test
    void wish_thatIsWrong_isToldWhere() {
        resident.post("/tickets", wish("REPAIR", "NOISE", "HOME")).expectBadField("/category");
        resident.post("/tickets", with(wish("REPAIR", "LIFT", "PUBLIC"), "place", Map.of("area", "PUBLIC", "text", "门口", "building", "77")))
                .expectBadField("/place/building");
        dispatcher.post("/tickets", wish("REPAIR", "WATER_TAP", "HOME")).expectBadField("/householdId");
        assertEquals("38", Integer.toString(resident.get("/ticket-categories").expect(200).body().path("items").size()));
    }
}
