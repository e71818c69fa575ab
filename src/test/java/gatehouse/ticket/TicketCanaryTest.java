package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Somebody complains anonymously about the neighbour above them. Name, home and ids of the one are planted as words that occur nowhere else, and so
 * are number, id and words of the other; then every address is read by everybody: nowhere do both stand together, but where their reporter looks.
 */
class TicketCanaryTest {
    private static final String NAME = "夜莺甲";
    private static final String HOME = "3-2-1477";
    private static final String WORDS = "知更鸟半夜搬家具";
    private static final String LETTER = "云雀";

    private static ApiServer api;
    private static Given.Compound compound;
    private static ApiClient reporter;
    private static ApiClient sister;
    private static ApiClient dispatcher;
    private static ApiClient repairman;
    private static ApiClient office;
    private static final Map<String, ApiClient> OTHERS = new LinkedHashMap<>();
    private static final Set<String> IDS = new LinkedHashSet<>();
    private static final List<String> PERSON = new ArrayList<>();
    private static final List<String> TICKET = new ArrayList<>();
    private static String id;

    @BeforeAll
    static void plant() {
        api = ApiServer.start();
        compound = api.given().compound("阳光花园");
        var home = compound.household(HOME);
        reporter = api.resident(home, NAME);
        sister = api.resident(home, "妹妹");
        dispatcher = api.staff(compound.id(), Role.DISPATCHER, compound.id());
        repairman = api.staff(compound.id(), Role.REPAIRMAN, compound.id());
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        var complaint = reporter.post("/tickets", Map.of("kind", "COMPLAINT", "category", "NOISE", "place", Map.of("area", "HOME", "text", "楼上"),
                "description", WORDS, "urgency", "NORMAL", "anonymous", true)).expect(201);
        id = complaint.text("/id");
        act(dispatcher, Map.of("event", "ASSIGN", "assigneeId", repairman.id()));
        act(repairman, Map.of("event", "ARRIVE"));
        reporter.post("/tickets/" + id + "/messages", Map.of("text", LETTER)).expect(201);
        repairman.post("/tickets/" + id + "/messages", Map.of("text", "已上门劝说")).expect(201);
        dispatcher.post("/tickets/" + id + "/notes", Map.of("note", "内部备注", "internal", true)).expect(200);
        office.post("/tickets/" + id + "/police-record", Map.of("station", "派出所")).expect(200);
        act(repairman, Map.of("event", "FINISH", "note", "已劝止"));
        act(reporter, Map.of("event", "CONFIRM", "rating", 2, "note", "还有声音"));
        act(dispatcher, Map.of("event", "FOLLOW_UP", "note", "电话回访", "rating", 3));
        PERSON.addAll(List.of(NAME, HOME, reporter.id().toString(), reporter.me().at("/resident/id").asText(), home.id().toString(),
                api.phoneOf(reporter.id())));
        TICKET.addAll(List.of(id, complaint.text("/number"), WORDS, LETTER));
        IDS.addAll(List.of(id, home.id().toString(), compound.id().toString(), home.buildingId().toString()));
        everybodyElse(home);
    }

    private static void act(ApiClient who, Map<String, Object> event) {
        who.post("/tickets/" + id + "/events", event).expect(200);
    }

    private static void everybodyElse(Given.Household home) {
        OTHERS.put("sister of the same home", sister);
        OTHERS.put("the neighbour above", api.resident(compound.household("3-2-1577"), "赵楼上"));
        OTHERS.put("dispatcher", dispatcher);
        OTHERS.put("repairman who works it", repairman);
        OTHERS.put("another repairman", api.staff(compound.id(), Role.REPAIRMAN, compound.id()));
        OTHERS.put("office", office);
        OTHERS.put("grid worker", api.staff(compound.id(), Role.GRID_WORKER, compound.grid("一", "3")));
        OTHERS.put("guard", api.staff(compound.id(), Role.GUARD, compound.gate("东门")));
        OTHERS.put("health centre", api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id()));
        OTHERS.put("subdistrict", api.staff(compound.id(), Role.SUBDISTRICT, api.given().subdistrictId()));
        OTHERS.put("administrator", api.staff(compound.id(), Role.ADMIN, compound.id()));
        OTHERS.put("nobody", api.visitor());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Every address that can be read, with each id where it wants one. */
    private static List<String> readable() {
        var addresses = new ArrayList<String>();
        api.contract().document().path("paths").properties().forEach(path -> {
            if (!path.getValue().path("get").isMissingNode()) {
                var address = path.getKey().replace("{date}", "2026-11-22").replace("{round}", "MORNING");
                if (address.contains("{file}")) {
                    TicketForms.ALL.forEach(form -> List.of(".csv", ".xlsx").forEach(ending -> addresses.add(address.replace("{file}", form.name() + ending))));
                } else if (address.contains("{")) {
                    IDS.forEach(each -> addresses.add(address.replaceAll("\\{[^}]+}", each)));
                } else {
                    addresses.add(address);
                    addresses.add(address + "?compoundId=" + compound.id());
                }
            }
        });
        return addresses;
    }

    private static String text(ApiClient.Answer answer) {
        var bytes = answer.raw().body();
        if (!answer.header("Content-Type").orElse("").contains("spreadsheetml")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A page about tickets holds nothing of the person; any other may (a roster), but nothing of the ticket then. */
    private static void assertApart(String who, String address, ApiClient.Answer answer) {
        var body = text(answer);
        boolean ofTicket = TICKET.stream().anyMatch(body::contains) || address.contains("ticket");
        boolean own = who.startsWith("sister") && !TICKET.stream().anyMatch(body::contains);
        PERSON.forEach(word -> assertFalse(ofTicket && !own && body.contains(word), who + " reads " + word + " at " + address + ": " + body));
    }

    @Test
    void reporter_findsTheirComplaint_andEverybodyWhoWorksItFindsItsWords() {
        assertTrue(text(reporter.get("/tickets/" + id).expect(200)).contains(NAME));
        for (var staff : List.of(dispatcher, repairman, office)) {
            assertTrue(text(staff.get("/tickets/" + id).expect(200)).contains(WORDS));
        }
        assertTrue(text(office.get("/forms/ticket-ledger.csv").expect(200)).contains(WORDS));
        assertTrue(readable().size() > 60, "the walk goes somewhere");
    }

    @Test
    void nobodyReadsBothTogether_anywhere() {
        OTHERS.forEach((who, client) -> readable().forEach(address -> assertApart(who, address, client.get(address))));
    }

    @Test
    void thoseItMayBeAbout_doNotEvenFindIt() {
        for (var who : List.of("sister of the same home", "the neighbour above", "another repairman")) {
            OTHERS.get(who).get("/tickets/" + id).expectProblem(404, "not-found");
            OTHERS.get(who).get("/tickets/" + id + "/messages").expectProblem(404, "not-found");
            assertFalse(text(OTHERS.get(who).get("/tickets").expect(200)).contains(id));
        }
    }

    @Test
    void refusals_nameNobody() {
        var wishes = Map.<String, Object>of("/events", Map.of("event", "CANCEL", "note", "x"), "/messages", Map.of("text", "x"),
                "/notes", Map.of("note", "x", "internal", true), "/police-record", Map.of("station", "x"), "/reporter", Map.of("reason", "x x"));
        OTHERS.forEach((who, client) -> wishes.forEach((path, wish) -> {
            if (!(who.equals("office") && !path.equals("/reporter")) && !(who.equals("dispatcher") && path.equals("/notes"))) {
                assertApart(who, "/tickets" + path, client.post("/tickets/" + id + path, wish));
            }
        }));
    }

    @Test
    void mailbox_namesNeitherSide() {
        var ofReporter = text(reporter.get("/tickets/" + id + "/messages").expect(200)) + text(reporter.get("/tickets/" + id).expect(200));
        assertFalse(ofReporter.contains("\"REPAIRMAN\",\"name\"") || ofReporter.contains(repairman.id().toString()), ofReporter);
        assertFalse(ofReporter.contains("内部备注"), "what is internal is not theirs to read: " + ofReporter);
        assertEquals(List.of("REPORTER", "STAFF"), dispatcher.get("/tickets/" + id + "/messages").expect(200).body().path("items").findValuesAsText("side")
                .stream().limit(2).toList());
    }

    @Test
    void messagesAndTrails_holdNoName() throws SQLException {
        for (var table : List.of("outbox_message", "notification", "ticket_event", "ticket_message", "audit_entry")) {
            try (var connection = api.database().connect(); var statement = connection.prepareStatement(
                    "select count(*) filter (where t::text ~ ?), count(*) from " + table + " t")) {
                statement.setString(1, NAME + "|" + HOME);
                var rows = statement.executeQuery();
                rows.next();
                assertEquals(0, rows.getInt(1), table);
            }
        }
    }

    @Test
    void office_learnsWhoItIs_forAReasonThatTheReporterReads() {
        var home = compound.household("5-1-501");
        var hidden = api.resident(home, "知了乙");
        var other = hidden.post("/tickets", Map.of("kind", "COMPLAINT", "category", "SMELL", "place", Map.of("area", "PUBLIC", "text", "楼道"),
                "description", "油烟", "urgency", "NORMAL", "anonymous", true)).expect(201).text("/id");
        office.post("/tickets/" + other + "/reporter", Map.of("reason", "   x")).expectBadField("/reason");
        dispatcher.post("/tickets/" + other + "/reporter", Map.of("reason", "需要上门核实")).expectProblem(403, "not-permitted");
        var disclosed = office.post("/tickets/" + other + "/reporter", Map.of("reason", "需要上门核实")).expect(200);
        assertEquals("知了乙", disclosed.text("/name"));
        assertEquals("5-1-501", disclosed.text("/household"));
        var seen = hidden.get("/me/disclosures").expect(200);
        assertEquals("REPORTER", seen.text("/items/0/field"));
        assertEquals("需要上门核实", seen.text("/items/0/reason"));
        var trail = dispatcher.get("/tickets/" + other).expect(200).body();
        assertTrue(trail.path("events").findValuesAsText("event").contains("DISCLOSE"), trail.toString());
        assertFalse(hidden.get("/tickets/" + other).expect(200).body().path("events").findValuesAsText("event").contains("DISCLOSE"),
                "the reporter reads it among their disclosures");
        assertTrue(text(office.get("/audit?action=VALUE_DISCLOSED").expect(200)).contains("REPORTER"));
    }
}
