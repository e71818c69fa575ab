package gatehouse.health;

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
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is under observation, why, and what staff noted is planted as words that occur nowhere else, and then looked for everywhere. */
class ObservationCanaryTest {
    private static final String ADULT = "夜莺甲";
    private static final String CHILD = "夜莺乙";
    private static final String REASON = "知更鸟";
    private static final String NOTE = "云雀";
    private static final String PLACE = "百灵";
    private static final List<String> CANARIES = List.of(ADULT, CHILD, REASON, NOTE, PLACE);

    private static ApiServer api;
    private static Given.Compound compound;
    private static ApiClient office;
    private static ApiClient worker;
    private static final Map<String, ApiClient> FOREIGN = new LinkedHashMap<>();
    private static final Set<String> IDS = new LinkedHashSet<>();
    private static String observationId;
    private static String declarationId;
    private static UUID adult;

    @BeforeAll
    static void plant() {
        api = ApiServer.start();
        compound = api.given().compound("阳光花园");
        var home = compound.household("3-2-1402");
        adult = home.resident(ADULT);
        home.resident(CHILD);
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        observationId = office.post("/observations", Map.of("residentIds", List.of(adult), "withHousehold", true, "reason", REASON,
                "startsOn", "2026-11-20", "days", 14)).expect(201).text("/items/0/id");
        office.post("/observations/" + observationId + "/follow-ups", Map.of("note", NOTE)).expect(201);
        office.post("/observations/" + observationId + "/tests", Map.of("takenOn", "2026-11-21", "result", "POSITIVE", "note", NOTE)).expect(201);
        office.post("/observations/" + observationId + "/tests/3/withdraw", Map.of("note", NOTE)).expect(200);
        office.post("/observations/" + observationId + "/tests", Map.of("takenOn", "2026-11-21", "result", "POSITIVE", "note", NOTE)).expect(201);
        declarationId = office.post("/travel-declarations", Map.of("residentId", adult, "contactWithCase", true, "stays", List.of(Map.of("regionCode",
                "420102", "regionName", PLACE, "arrivedOn", "2026-11-15", "leftOn", "2026-11-16", "transport", PLACE)))).expect(201).text("/id");
        IDS.addAll(List.of(declarationId, observationId, adult.toString(), home.id().toString(), home.buildingId().toString(), compound.id().toString(),
                "20261122-1-" + adult));
        worker = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("一", "3"));
        strangers();
    }

    private static void strangers() {
        var elsewhere = api.given().compound("月桂苑");
        FOREIGN.put("neighbour", api.resident(compound.household("3-2-1403"), "李红"));
        FOREIGN.put("resident elsewhere", api.resident(elsewhere.household("1-1-101"), "赵一"));
        FOREIGN.put("guard", api.staff(compound.id(), Role.GUARD, compound.gate("东门")));
        FOREIGN.put("grid worker of other buildings", api.staff(compound.id(), Role.GRID_WORKER, compound.grid("二", "4")));
        FOREIGN.put("dispatcher", api.staff(compound.id(), Role.DISPATCHER, compound.id()));
        FOREIGN.put("repairman", api.staff(compound.id(), Role.REPAIRMAN, compound.id()));
        FOREIGN.put("subdistrict", api.staff(compound.id(), Role.SUBDISTRICT, api.given().subdistrictId()));
        FOREIGN.put("administrator", api.staff(compound.id(), Role.ADMIN, compound.id()));
        FOREIGN.put("office elsewhere", api.staff(elsewhere.id(), Role.OFFICE, elsewhere.id()));
        FOREIGN.put("health centre elsewhere", api.staff(elsewhere.id(), Role.HEALTH_CENTRE, elsewhere.id()));
        FOREIGN.put("nobody", api.visitor());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Every address that can be read, with each id where it wants one; of what never ends the beginning. */
    private static List<String> readable() {
        var addresses = new ArrayList<String>();
        api.contract().document().path("paths").properties().forEach(path -> {
            var get = path.getValue().path("get");
            if (!get.isMissingNode()) {
                var address = path.getKey().replace("{date}", "2026-11-22").replace("{round}", "MORNING");
                if (address.contains("{file}")) {
                    HealthForms.ALL.forEach(form -> List.of(".csv", ".xlsx").forEach(ending -> addresses.add(address.replace("{file}", form.name() + ending))));
                } else if (address.contains("{")) {
                    IDS.forEach(id -> addresses.add(address.replaceAll("\\{[^}]+}", id)));
                } else {
                    addresses.add(address);
                }
                if (!address.contains("{")) {
                    addresses.add(address + "?compoundId=" + compound.id());
                    addresses.add(address + "?residentId=" + adult);
                }
            }
        });
        return addresses;
    }

    /** Of a workbook all its parts. */
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

    private static void assertSilent(String who, String address, ApiClient.Answer answer) {
        var body = text(answer);
        // the administrator keeps the roster, which names everybody who lives there and says of nobody that they are observed
        boolean roster = who.equals("administrator") && address.startsWith("/households");
        (roster ? List.of(REASON, NOTE, PLACE) : CANARIES).forEach(canary ->
                assertFalse(body.contains(canary), who + " reads " + canary + " at " + address + ": " + body));
        assertFalse(roster && body.toLowerCase(java.util.Locale.ROOT).contains("observ"), address);
        answer.raw().headers().map().forEach((name, values) ->
                CANARIES.forEach(canary -> assertFalse(String.join(",", values).contains(canary), who + " in header " + name)));
    }

    @Test
    void whoMayKnow_findsThem() {
        var body = office.get("/observations").expect(200).body().toString() + office.get("/travel-declarations").expect(200).body();
        CANARIES.forEach(canary -> assertTrue(body.contains(canary), canary));
        assertTrue(readable().contains("/observations") && readable().size() > 30, "the walk goes somewhere: " + readable());
    }

    @Test
    void forms_nameThem_toWhoMayKnowOnly() {
        for (var ending : List.of(".csv", ".xlsx")) {
            assertTrue(text(office.get("/forms/observation-ledger" + ending).expect(200)).contains(ADULT));
            FOREIGN.forEach((who, client) -> {
                var answer = client.get("/forms/observation-ledger" + ending);
                assertTrue(answer.status() == 401 || answer.status() == 403 || who.endsWith("elsewhere"), who);
            });
        }
        // who sees these people for another reason does not see that they are observed
        for (var ending : List.of(".csv", ".xlsx")) {
            var list = text(worker.get("/forms/missing-list" + ending).expect(200));
            assertTrue(list.contains(ADULT) && !list.contains(REASON) && !list.contains("观察"), list);
            worker.get("/forms/daily-summary" + ending).expectProblem(403, "not-permitted");
        }
    }

    @Test
    void nobodyElse_readsThemAnywhere() {
        FOREIGN.forEach((who, client) -> readable().forEach(address -> assertSilent(who, address, client.get(address))));
    }

    @Test
    void nobodyElse_learnsThemFromARefusal() {
        FOREIGN.forEach((who, client) -> {
            var wishes = Map.<String, Object>of(
                    "/observations/" + observationId + "/tests/3/withdraw", Map.of("note", "x"),
                    "/travel-declarations/" + declarationId + "/tests", Map.of("takenOn", "2026-11-22", "result", "NEGATIVE"),
                    "/observations", Map.of("residentIds", List.of(adult), "reason", "x", "startsOn", "2026-11-22", "days", 7),
                    "/observations/" + observationId + "/follow-ups", Map.of(),
                    "/observations/" + observationId + "/tests", Map.of("takenOn", "2026-11-22", "result", "NEGATIVE"),
                    "/observations/" + observationId + "/release", Map.of(),
                    "/observations/" + observationId + "/transfer", Map.of(),
                    "/travel-declarations", Map.of("residentId", adult, "stays", List.of(), "contactWithCase", true),
                    "/health-reports", Map.of("residentId", adult, "temperature", 36.5, "symptoms", List.of()));
            wishes.forEach((address, wish) -> {
                var answer = client.post(address, wish);
                assertTrue(Set.of(401, 403, 404).contains(answer.status()), who + " " + address + " " + answer.body());
                assertSilent(who, address, answer);
            });
        });
    }

    @Test
    void messages_nameNobody() throws SQLException {
        for (var table : List.of("outbox_message", "notification")) {
            try (var connection = api.database().connect(); var statement = connection.prepareStatement(
                    "select count(*) filter (where t::text ~ ?), count(*) from " + table + " t")) {
                statement.setString(1, String.join("|", CANARIES));
                var rows = statement.executeQuery();
                rows.next();
                assertEquals(0, rows.getInt(1), table);
                assertTrue(!table.equals("outbox_message") || rows.getInt(2) >= 3, "the home, the office and the health centre were told");
            }
        }
    }
}
