package gatehouse.registry;

import static gatehouse.registry.RosterSamples.HEADING;
import static gatehouse.registry.RosterSamples.idNumber;
import static gatehouse.registry.RosterSamples.put;
import static gatehouse.registry.RosterSamples.utf8;
import static gatehouse.registry.RosterSamples.workbook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.http.Allow;
import gatehouse.http.Caller;
import gatehouse.http.Contract;
import gatehouse.http.ContractRouter;
import gatehouse.http.Endpoint;
import gatehouse.http.ProxyTrust;
import gatehouse.http.RequestMeter;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Await;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.support.TestKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The registry over real HTTP, its answers checked against the contract. A token here is a role; sessions are identity's matter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryRoutesTest {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 123);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryGiven given = new RegistryGiven();
    private final UUID otherCompound = given.compound("月桂苑");
    private final Contract contract = Contract.load();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private UUID household;

    @BeforeAll
    void open() {
        given.importLines("3,2,1402,张三,13900000001," + ID + ",户主,", "3,2,1402,张小三,,,子女,2015-01-01", "1,1,101,李四,13900000003,,户主,");
        household = UUID.fromString(given.value("select id::text from household where label = '3-2-1402'"));
        var endpoints = new ArrayList<>(new RegistryRoutes(given.database, given.clock, given.personalData, given.policies, TestKeys.audit(), RegistryGiven.NOBODY_MOVES).endpoints());
        endpoints.addAll(new OrganisationRoutes(given.database, given.clock, new RegistryDirectory(given.database, given.notifications)).endpoints());
        var ours = endpoints.stream().map(Endpoint::operationId).toList();
        contract.operations().values().stream().filter(each -> !ours.contains(each.operationId())).forEach(each -> endpoints.add(
                Endpoint.of(each.operationId(), each.needsToken() ? Allow.loggedIn() : Allow.everyone(), request -> {
                    throw Problem.of(ProblemType.NOT_FOUND);
                })));
        var api = new ContractRouter(contract, endpoints, this::callerOf, new ProxyTrust(List.of()), Executors.newVirtualThreadPerTaskExecutor(),
                new RequestMeter(new SimpleMeterRegistry()), BusinessClock.system());
        server = Await.on(given.vertx.createHttpServer().requestHandler(http -> api.handle(http, given.vertx)).listen(0, "127.0.0.1"));
    }

    @AfterAll
    void close() {
        Await.on(server.close());
        given.close();
    }

    private Future<Caller> callerOf(String token) {
        return switch (token) {
            case "office" -> caller(Role.OFFICE, given.office(), null);
            case "grid" -> caller(Role.GRID_WORKER, Scope.ofBuildings(given.compound,
                    List.of(UUID.fromString(given.value("select id::text from building where number = '1'")))), null);
            case "resident" -> caller(Role.RESIDENT, Scope.ofHousehold(given.compound, household), household);
            case "guard" -> caller(Role.GUARD, given.office(), null);
            default -> Future.failedFuture(Problem.of(ProblemType.NOT_LOGGED_IN));
        };
    }

    private Future<Caller> caller(Role role, Scope scope, @Nullable UUID own) {
        return Future.succeededFuture(new Caller(given.account, given.compound, Ids.next(), null, own, List.of(new Caller.Grant(role, scope))));
    }

    @Test
    void importRoster_ofCsvAndWorkbook_answersAReport_andItsProgressByTheKey() throws Exception {
        UUID key = UUID.randomUUID();
        byte[] csv = utf8(HEADING, "8,1,101,赵六,13900000801,,户主,", "8,1,102,钱七,139,,户主,");
        var first = importFile("office", "text/csv", csv, key, "");
        assertEquals(200, first.statusCode(), first.body());
        JsonNode report = checked("importRoster", first);
        assertEquals("%s 1 1 1 0 1".formatted(key), "%s %s %s %s %s %s".formatted(report.get("importId").asText(), report.get("households"),
                report.get("residents"), report.get("created"), report.get("updated"), report.get("rejected").size()));
        assertEquals("3 手机", report.at("/rejected/0/line") + " " + report.at("/rejected/0/column").asText());
        var again = importFile("office", "text/csv", csv, key, "");
        assertEquals("true", again.headers().firstValue("Idempotent-Replay").orElse(""));
        assertEquals(first.body(), again.body());
        assertEquals(422, importFile("office", "text/csv", utf8(HEADING, "8,1,103,孙八,,,,"), key, "").statusCode());

        var progress = send("GET", "/imports/" + key, "office");
        assertEquals("DONE 2 2", "%s %s %s".formatted(checked("getImport", progress).get("state").asText(),
                JSON.readTree(progress.body()).get("linesRead"), JSON.readTree(progress.body()).get("linesTotal")));
        assertEquals(404, send("GET", "/imports/" + UUID.randomUUID(), "office").statusCode());
        assertEquals(403, send("GET", "/imports/" + key, "resident").statusCode());

        byte[] xlsx = workbook(sheet -> {
            put(sheet, 0, (Object[]) HEADING.split(","));
            put(sheet, 1, 8, 1, 101, "赵六", 13900000801L, "", "户主", "");
        });
        var same = checked("importRoster", importFile("office", XLSX, xlsx, UUID.randomUUID(), "?dryRun=true"));
        assertEquals("0 0", same.get("created") + " " + same.get("updated"));
    }

    @Test
    void importRoster_byOthers_orIntoForeignCompounds_orOfWhatIsNoRoster_isRefused() throws Exception {
        byte[] csv = utf8(HEADING, "9,1,101,周九,,,,");
        for (String token : List.of("resident", "guard", "grid")) {
            assertEquals(403, importFile(token, "text/csv", csv, UUID.randomUUID(), "").statusCode(), token);
        }
        assertEquals(401, importFile("nobody", "text/csv", csv, UUID.randomUUID(), "").statusCode());
        assertEquals(404, importFile("office", "text/csv", csv, UUID.randomUUID(), "?compoundId=" + otherCompound).statusCode());
        assertEquals(415, importFile("office", "application/json", csv, UUID.randomUUID(), "").statusCode());
        assertEquals(415, importFile("office", "text/csv", new byte[] {0, 1, 2}, UUID.randomUUID(), "").statusCode());
        assertEquals(413, importFile("office", "text/csv", new byte[(20 << 20) + 1], UUID.randomUUID(), "").statusCode());
        var missing = importFile("office", "text/csv", utf8("楼栋,姓名", "9,周九"), UUID.randomUUID(), "");
        assertEquals(422, missing.statusCode());
        assertTrue(JSON.readTree(missing.body()).get("detail").asText().startsWith("缺少列：单元, 房号"), missing.body());
        assertEquals("0", given.value("select count(*) from resident where name = '周九'"));
    }

    @Test
    void households_areFoundWithinTheScope_masked() throws Exception {
        var found = send("GET", "/households?q=" + ID, "office");
        JsonNode household = checked("listHouseholds", found).at("/items/0");
        assertEquals("3-2-1402", household.get("label").asText());
        assertFalse(found.body().contains(ID) || found.body().contains("13900000001"), found.body());
        assertEquals("3-2-1402", checked("getHousehold", send("GET", "/households/" + household.get("id").asText(), "office")).get("label").asText());
        assertEquals("1-1-101", checked("listHouseholds", send("GET", "/households?building=1", "grid")).at("/items/0/label").asText());
        assertEquals(0, checked("listHouseholds", send("GET", "/households?q=" + ID, "grid")).get("items").size());
        assertEquals(404, send("GET", "/households/" + this.household, "grid").statusCode());
        assertEquals(403, send("GET", "/households", "resident").statusCode());
        assertEquals(400, send("GET", "/households?cursor=AAAA", "office").statusCode());
        assertEquals(0, checked("listHouseholds", send("GET", "/households?q=" + URLEncoder.encode("%'\"\\", StandardCharsets.UTF_8), "office")).get("items").size());
    }

    @Test
    void ownHousehold_isShownToItsResident() throws Exception {
        JsonNode members = checked("listOwnHousehold", send("GET", "/household/members", "resident")).get("items");
        assertEquals("[张三 HEAD 1980-06-01, 张小三 CHILD 2015-01-01]", stream(members)
                .map(each -> each.get("name").asText() + " " + each.get("relation").asText() + " " + each.get("bornOn").asText()).toList().toString());
        assertEquals(403, send("GET", "/household/members", "office").statusCode());
    }

    @Test
    void buildingsAndGates_areListed() throws Exception {
        given.execute("insert into gate (compound_id, id, name) values (?, gen_random_uuid(), '西门')", otherCompound);
        assertEquals("1", checked("listBuildings", send("GET", "/buildings", "grid")).at("/items/0/building").asText());
        assertEquals(0, checked("listGates", send("GET", "/gates", "guard")).get("items").size());
    }

    @Test
    void policy_isReadAndChangedByItsVersion() throws Exception {
        var read = send("GET", "/policy", "office");
        JsonNode values = checked("getPolicy", read).get("values");
        assertEquals(PolicyName.values().length, values.size());
        JsonNode fever = stream(values).filter(each -> each.get("name").asText().equals("feverAbove")).findFirst().orElseThrow();
        assertEquals("37.3 37.3 °C 36.5 38.5", "%s %s %s %s %s".formatted(fever.get("value"), fever.get("default"), fever.get("unit").asText(),
                fever.get("minimum"), fever.get("maximum")));
        String etag = read.headers().firstValue("ETag").orElseThrow();

        assertEquals(428, change(null, "{\"values\":{\"feverAbove\":37.5}}").statusCode());
        assertEquals(412, change("\"7\"", "{\"values\":{\"feverAbove\":37.5}}").statusCode());
        assertEquals(412, change("*", "{\"values\":{\"feverAbove\":37.5}}").statusCode());
        for (String bad : List.of("{\"feverAbove\":99}", "{\"unheardOf\":1}", "{\"morningRoundAt\":\"9\"}", "{\"controlLevel\":\"OPEN\"}", "{\"feverAbove\":true}")) {
            var refused = change(etag, "{\"values\":%s}".formatted(bad));
            assertEquals(400, refused.statusCode(), bad);
            assertEquals("/values/" + JSON.readTree(bad).fieldNames().next(), JSON.readTree(refused.body()).at("/errors/0/pointer").asText(), refused.body());
        }
        var changed = change(etag, "{\"values\":{\"feverAbove\":37.5,\"reportCutOffAt\":\"16:30\",\"controlLevel\":\"SEALED\"}}");
        assertEquals(200, changed.statusCode(), changed.body());
        checked("changePolicy", changed);
        assertEquals("\"1\"", changed.headers().firstValue("ETag").orElseThrow());
        assertEquals(412, change(etag, "{\"values\":{\"feverAbove\":37.6}}").statusCode());
        JsonNode history = checked("listPolicyHistory", send("GET", "/policy/history", "office"));
        assertEquals(3, history.at("/items/0/changes").size());
        assertEquals(404, send("GET", "/policy?compoundId=" + otherCompound, "office").statusCode());
        assertEquals(403, send("GET", "/policy", "resident").statusCode());
    }

    /** HTTP/2 forbids the header Connection; clients treat the whole answer as malformed. */
    @Test
    void refusals_overHttp2_areWellFormed() throws Exception {
        try (var http2 = HttpClient.newHttpClient()) {
            for (int i = 0; i < 2; i++) {
                var refused = http2.send(request("/households", "resident").build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(HttpClient.Version.HTTP_2 + " 403", refused.version() + " " + refused.statusCode());
            }
        }
    }

    private HttpResponse<String> change(@Nullable String etag, String body) throws Exception {
        var request = request("/policy", "office").method("PUT", HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        return client.send((etag == null ? request : request.header("If-Match", etag)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> importFile(String token, String type, byte[] content, UUID key, String query) throws Exception {
        return client.send(request("/imports/roster" + query, token).POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .header("Content-Type", type).header("Idempotency-Key", key.toString()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String token) throws Exception {
        return client.send(request(path, token).method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v1" + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode checked(String operationId, HttpResponse<String> response) throws Exception {
        JsonNode body = JSON.readTree(response.body());
        assertEquals("[]", contract.answerSchema(operationId, response.statusCode()).validate(body).toString(), response.body());
        return body;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
