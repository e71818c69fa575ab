package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.audit.AuditLog;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Role;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a ticket that was sorted wrongly, and of one that was closed long ago. */
class TicketKeepApiTest {
    private static final String WORD = "赵知秋";
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient resident;
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
        dispatcher = api.staff(compound.id(), Role.DISPATCHER, compound.id());
        repairman = api.staff(compound.id(), Role.REPAIRMAN, compound.id());
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private String report(String kind, String category) {
        return resident.post("/tickets", Map.of("kind", kind, "category", category, "place", Map.of("area", "HOME", "text", WORD + "家厨房"),
                "description", WORD + "说漏水", "urgency", "NORMAL")).expect(201).text("/id");
    }

    private static ApiClient.Answer act(ApiClient who, String id, String event, Object... fields) {
        var body = new HashMap<String, Object>(Map.of("event", event));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return who.post("/tickets/" + id + "/events", body);
    }

    private static ApiClient.Answer classify(ApiClient who, String id, String category, String urgency) {
        return who.put("/tickets/" + id + "/classification", Map.of("category", category, "urgency", urgency, "reason", "现场看是爆管"));
    }

    private static List<String> events(JsonNode ticket) {
        return ticket.path("events").findValuesAsText("event");
    }

    private static long count(String sql) {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long told(String template, UUID whom) {
        return count("select count(*) from outbox_message where template = '" + template + "' and '" + whom + "' in (recipient_id, compound_id)"
                + " and (recipient_id = '" + whom + "' or recipient_kind = 'HOLDERS_OF_COMPOUND')");
    }

    @Test
    void sortedAnew_hasTheDeadlinesOfItsLevelFromItsReport_andItsReporterReadsWhy() {
        var id = report("REPAIR", "WATER_TAP");
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        api.clock().set("2026-11-23T09:40:00+08:00");
        var burst = classify(dispatcher, id, "WATER_BURST", "EMERGENCY").expect(200);
        assertEquals(List.of("EMERGENCY", "2026-11-23T09:45:00+08:00", "2026-11-24T09:30:00+08:00", "NEEDED", "ASSIGNED"),
                Stream.of("/level", "/dueAt/onSite", "/dueAt/done", "/consent", "/state").map(burst::text).toList());
        var read = resident.get("/tickets/" + id).expect(200);
        assertEquals(List.of("CLASSIFY", "现场看是爆管", "DISPATCHER", "2026-11-24T09:30:00+08:00"),
                Stream.of("event", "note", "by/role", "until").map(name -> read.text("/events/2/" + name)).toList());
        assertEquals(List.of(2L, 1L, 1L), List.of(told("TICKET_PROGRESS", resident.id()), told("TICKET_PROGRESS", repairman.id()), told("TICKET_CONSENT", compound.id())));
        assertEquals(3, events(classify(dispatcher, id, "WATER_BURST", "EMERGENCY").expect(200).body()).size(), "the same again changes nothing");
        api.clock().set("2026-11-23T10:00:00+08:00");
        office = api.again(office);
        var calmer = classify(office, id, "WATER_TAP", "NORMAL").expect(200);
        assertEquals(List.of("ON_SITE", "2026-11-23T09:45:00+08:00", "2026-11-23T22:00:00+08:00"),
                Stream.of("/breach", "/breachedAt", "/dueAt/done").map(calmer::text).toList(), "a promise that was missed stays missed");
        assertTrue(calmer.body().at("/dueAt/onSite").isMissingNode() || calmer.body().at("/dueAt/onSite").isNull());
        var audited = office.get("/audit?action=TICKET_STEP&subject=" + id).expect(200);
        assertEquals(List.of("CLASSIFY", "WATER_BURST EMERGENCY", "WATER_TAP NORMAL"),
                Stream.of("event", "from", "to").map(name -> audited.text("/items/0/details/" + name)).toList());
    }

    @Test
    void sortedAnew_isOnlyByTheDesk_withinItsKind_whileItIsOpen() {
        var id = report("REPAIR", "WATER_TAP");
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        classify(repairman, id, "DRAIN", "NORMAL").expectProblem(403, "not-permitted");
        classify(resident, id, "DRAIN", "NORMAL").expectProblem(403, "not-permitted");
        classify(dispatcher, id, "NOISE", "NORMAL").expectBadField("/category");
        classify(dispatcher, id, "DECORATION", "NORMAL").expectProblem(409, "work-suspended");
        dispatcher.put("/tickets/" + id + "/classification", Map.of("category", "DRAIN", "urgency", "NORMAL", "reason", "  ")).expectBadField("/reason");
        act(repairman, id, "FINISH", "note", "好了").expect(200);
        classify(dispatcher, id, "DRAIN", "NORMAL").expectProblem(409, "not-allowed-now");
    }

    @Test
    void complaint_thatIsAboutStaff_goesToTheOffice_whoeverHadIt() {
        var id = report("COMPLAINT", "NOISE");
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        assertEquals("ACCEPTED", classify(dispatcher, id, "STAFF_CONDUCT", "NORMAL").expect(200).text("/state"));
        repairman.get("/tickets/" + id).expectProblem(404, "not-found");
        dispatcher.get("/tickets/" + id).expectProblem(404, "not-found");
        assertEquals("STAFF_CONDUCT", office.get("/tickets/" + id).expect(200).text("/category"));
    }

    @Test
    void whenItsDaysAreOver_aClosedTicketIsNumbersOnly_againstOneCertificate_onTwoInstances() throws Exception {
        compound.withPolicy("ticketsKept", "180");
        var id = report("REPAIR", "WATER_TAP");
        var open = report("REPAIR", "DRAIN");
        act(dispatcher, id, "ASSIGN", "assigneeId", repairman.id()).expect(200);
        resident.post("/tickets/" + id + "/messages", Map.of("text", WORD + "晚上在家")).expect(201);
        repairman.post("/tickets/" + id + "/notes", Map.of("note", WORD + "家有狗", "internal", true)).expect(200);
        TicketBoardApiTest.addPhoto(resident, id).expect(201);
        dispatcher.post("/tickets/" + id + "/workers", Map.of("name", "钱师傅", "phone", ApiServer.phone(), "expectedAt", "2026-11-23T10:00:00+08:00")).expect(201);
        act(repairman, id, "FINISH", "note", WORD + "家换了阀芯").expect(200);
        act(resident, id, "CONFIRM", "rating", 5, "note", WORD + "满意").expect(200);
        var month = resident.get("/service-levels/summary?month=2026-11").expect(200).body();

        assertEquals(0, forgetOnTwoInstances("2027-05-22T03:00:00+08:00"), "the last of its days counts whole");
        assertTrue(written(id) > 0);
        assertEquals(1, homesVisited(id));
        assertEquals(1, forgetOnTwoInstances("2027-05-23T03:00:00+08:00"));

        assertEquals(0, written(id));
        assertEquals(0, homesVisited(id), "a worker's visit no longer says whose home it was");
        assertEquals(0, count("select count(*) from ticket_photo where ticket_id = '" + id + "'") + count("select count(*) from photo where compound_id = '"
                + compound.id() + "'"));
        Stream.of(resident, dispatcher, office).forEach(who -> who.get("/tickets/" + id).expectProblem(404, "not-found"));
        act(resident, id, "RATE", "rating", 1).expectProblem(404, "not-found");
        assertEquals(WORD + "说漏水", resident.get("/tickets/" + open).expect(200).text("/description"));
        assertEquals(month, resident.get("/service-levels/summary?month=2026-11").expect(200).body(), "numbers stay");
        var ledger = office.get("/forms/ticket-ledger.csv?date=2026-11-23").expect(200).raw().body();
        assertFalse(new String(ledger, StandardCharsets.UTF_8).contains(WORD + "满意"), "also in the papers");
        var certificates = office.get("/audit?action=RETENTION_APPLIED").expect(200);
        assertEquals(1, certificates.body().path("items").size());
        assertEquals(List.of("1", "1", "1", "2026-11-24"), Stream.of("tickets", "ticketMessages", "ticketPhotos", "ticketsClosedBefore")
                .map(name -> certificates.text("/items/0/details/" + name)).toList());
        assertEquals("true", office.get("/audit/verification?compoundId=" + compound.id()).expect(200).text("/intact"));
        assertEquals(0, forgetOnTwoInstances("2027-05-24T03:00:00+08:00"), "twice does nothing more");
    }

    private static long homesVisited(String ticket) {
        return count("select count(*) from visit where ticket_id = '" + ticket + "' and (household_id is not null or building_id is not null)");
    }

    /** Rows that hold the word which its people wrote, or the account of who reported it. */
    private long written(String id) {
        var holds = "::text like any (array['%" + WORD + "%', '%" + resident.id() + "%'])";
        return count("select (select count(*) from ticket t where t.id = '" + id + "' and t" + holds + ") + (select count(*) from ticket_event e where e.ticket_id = '"
                + id + "' and e" + holds + ") + (select count(*) from ticket_message m where m.ticket_id = '" + id + "')");
    }

    /** What the job does, at that time, on two instances at once; answers how many tickets both forgot. */
    private static int forgetOnTwoInstances(String time) throws Exception {
        var clock = new TestClock(time).business();
        var vertx = Vertx.vertx();
        var url = api.database().postgresUrl();
        try (var threads = Executors.newFixedThreadPool(2); var one = new Database(vertx, url.connectOptions(), 2);
             var other = new Database(vertx, url.connectOptions(), 2);
             var notifications = new Notifications(vertx, url.connectOptions().getFirst())) {
            var runs = threads.invokeAll(Stream.of(one, other).map(database -> (Callable<Integer>) new TicketRetention(database, clock,
                    new Policies(database, database, clock, notifications), new AuditLog(api.keys()), new PhotoActions(database, clock, api.keys()))::apply).toList());
            int forgotten = 0;
            for (var run : runs) {
                forgotten += run.get();
            }
            return forgotten;
        } finally {
            Await.on(vertx.close());
        }
    }
}
