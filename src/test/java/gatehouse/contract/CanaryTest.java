package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.contract.World.Place;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.http.Contract;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.LoggerFactory;

/**
 * Words that occur nowhere else are planted: who somebody under observation is, why, how to reach them, and who complains anonymously. Then
 * every kind of person reads everything that the contract has to read, with every id that the office can find, and sends everything that it has
 * to send; and what was answered, logged, told in messages and written to tables is searched. A new operation is asked of itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryTest {
    private static final String OBSERVED = "夜莺丙";
    private static final String PHONE = "13987650001";
    private static final String ID_NUMBER = "11010519491231002X";
    private static final String COMPLAINANT = "知了丁";
    private static final String COMPLAINANT_PHONE = "13987650002";
    private static final String OPENID = "canaryperson";
    private static final String PASSWORD = "correct canary staple";
    private static final List<String> DIAGNOSES = List.of("知更鸟丙", "云雀丙", "百灵丙", "画眉丙");
    private static final String COMPLAINT = "蝉鸣丁";

    /** What nobody reads in any answer that was not a disclosure, whoever they are. */
    private static final List<String> FOR_NOBODY = List.of(PHONE, ID_NUMBER, COMPLAINANT_PHONE, OPENID, PASSWORD, WeChatEmulator.SESSION_KEY_MARK,
            WeChatEmulator.TOKEN_MARK, WeChatEmulator.SECRET);
    private static final Set<Role> MAY_KNOW = Set.of(Role.OFFICE, Role.HEALTH_CENTRE, Role.GRID_WORKER);
    private static final int MOST_OF_A_KIND = 4;
    private static final int MOST_IDS = 24;

    private static World world;
    private static final Overhearing LOG = new Overhearing();
    private static final Map<String, Set<String>> IDS = new TreeMap<>();
    private static final List<String> FORMS = new ArrayList<>();
    private static final Map<String, ApiClient> PEOPLE = new LinkedHashMap<>();
    private static ApiClient complainant;

    /** Every line of this JVM's log, with all that hangs on it; other tests run beside, so only these words are looked for. */
    private static final class Overhearing extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            var line = new StringBuilder(event.getFormattedMessage()).append(' ').append(event.getMDCPropertyMap()).append(' ')
                    .append(event.getKeyValuePairs());
            for (IThrowableProxy fault = event.getThrowableProxy(); fault != null; fault = fault.getCause()) {
                line.append(' ').append(fault.getMessage());
            }
            lines.add(line.toString());
        }
    }

    @BeforeAll
    static void plant() {
        LOG.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
        world = new World();
        for (var role : Role.values()) {
            PEOPLE.put(role.name(), world.person(role));
        }
        var elsewhere = world.spot(Place.OTHER_COMPOUND).compound();
        PEOPLE.put("OFFICE elsewhere", world.officeOf(world.spot(Place.OTHER_COMPOUND)));
        PEOPLE.put("HEALTH_CENTRE elsewhere", world.api.staff(elsewhere, Role.HEALTH_CENTRE, elsewhere));
        PEOPLE.put("NOBODY", world.api.visitor());
        observedPerson();
        anonymousComplainant();
        everythingElseThatTheContractMakes();
        findIds();
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOG);
        world.close();
    }

    private static void observedPerson() {
        var office = world.person(Role.OFFICE);
        var roster = "楼栋,单元,房号,姓名,手机,身份证号\n1,1,102,%s,%s,%s\n".formatted(OBSERVED, PHONE, ID_NUMBER);
        office.send("POST", "/imports/roster", "text/csv", roster.getBytes(StandardCharsets.UTF_8)).expect(200);
        var observed = office.get("/households/" + world.spot(Place.SAME_BUILDING).household()).expect(200).body().path("members").findParents("id").stream()
                .filter(each -> each.path("name").asText().equals(OBSERVED)).findFirst().orElseThrow().path("id").asText();
        var observation = office.post("/observations", Map.of("residentIds", List.of(observed), "reason", DIAGNOSES.get(0), "startsOn", "2026-11-20", "days", 14))
                .expect(201).text("/items/0/id");
        office.post("/observations/" + observation + "/follow-ups", Map.of("note", DIAGNOSES.get(1))).expect(201);
        office.post("/observations/" + observation + "/tests", Map.of("takenOn", "2026-11-21", "result", "POSITIVE", "note", DIAGNOSES.get(1))).expect(201);
        office.post("/travel-declarations", Map.of("residentId", observed, "contactWithCase", true, "stays", List.of(Map.of("regionCode", "420102",
                "regionName", DIAGNOSES.get(2), "arrivedOn", "2026-11-15", "leftOn", "2026-11-16", "transport", "火车")))).expect(201);
        var alert = office.post("/health-reports", Map.of("residentId", observed, "round", "MORNING", "temperature", 38.6, "symptoms", List.of("OTHER"),
                "note", DIAGNOSES.get(3))).expect(201).text("/alertId");
        office.post("/alerts/" + alert + "/acknowledge", Map.of("note", DIAGNOSES.get(3))).expect(200);
        // the whole values are shown once, so that what remembers answers is looked through as well
        office.withKey(UUID.randomUUID()).post("/disclosures", Map.of("residentId", observed, "field", "ID_NUMBER", "reason", "核对身份")).expect(200);
        office.withKey(UUID.randomUUID()).post("/disclosures", Map.of("residentId", observed, "field", "PHONE", "reason", "电话随访")).expect(200);
        for (var id : List.of(observed, observation, alert, "20261122-1-" + observed)) {
            remember("planted", id);
        }
    }

    private static void anonymousComplainant() {
        var binding = world.api.visitor().post("/auth/wechat", Map.of("code", OPENID + ".1")).expect(200).text("/bindingToken");
        var code = world.person(Role.OFFICE).post("/households/" + world.spot(Place.SAME_BUILDING).household() + "/invite").expect(201).text("/inviteCode");
        complainant = world.api.visitor().as(world.api.visitor().post("/auth/activate", Map.of("inviteCode", code, "name", COMPLAINANT,
                "phone", COMPLAINANT_PHONE, "password", PASSWORD, "bindingToken", binding)).expect(201));
        var ticket = complainant.post("/tickets", Map.of("kind", "COMPLAINT", "category", "NOISE", "place", Map.of("area", "PUBLIC", "text", "一号楼"),
                "description", COMPLAINT, "urgency", "NORMAL", "anonymous", true)).expect(201).text("/id");
        world.person(Role.DISPATCHER).post("/tickets/" + ticket + "/messages", Map.of("text", "请问是几楼")).expect(201);
        complainant.post("/tickets/" + ticket + "/messages", Map.of("text", COMPLAINT + "在楼上")).expect(201);
        remember("planted", ticket);
    }

    /** So that there is something to read of every kind. */
    private static void everythingElseThatTheContractMakes() {
        for (var operation : world.api.contract().operations().values()) {
            var sample = Samples.of(operation.operationId()).orElseThrow(() -> new AssertionError(Samples.whatToAdd(operation.operationId())));
            if (!operation.method().equals("GET") && !sample.spendsCaller() && operation.needsToken()) {
                roleThatMay(operation.operationId()).ifPresent(role -> sample.maker().call(world, world.person(role), world.spot(Place.OWN_HOUSEHOLD))
                        .by(world.person(role)));
            }
        }
    }

    private static Optional<Role> roleThatMay(String operationId) {
        return Stream.of(Role.OFFICE, Role.DISPATCHER, Role.GUARD, Role.RESIDENT, Role.GRID_WORKER, Role.REPAIRMAN, Role.HEALTH_CENTRE, Role.ADMIN)
                .filter(role -> world.person(role).me().path("permissions").toString().contains('"' + operationId + '"')).findFirst();
    }

    /** What hangs below the first part of an address, newest first as lists give it. */
    private static void findIds() {
        for (var role : List.of(Role.OFFICE, Role.ADMIN, Role.GUARD)) {
            for (var operation : operations("GET")) {
                if (!operation.path().contains("{") && !operation.path().endsWith("/stream")) {
                    var answer = world.person(role).get(operation.path());
                    if (answer.status() == 200) {
                        answer.body().findValuesAsText("id").stream().limit(MOST_OF_A_KIND).forEach(id -> remember(kind(operation.path()), id));
                    }
                }
            }
        }
        world.person(Role.OFFICE).get("/forms").expect(200).body().findValuesAsText("name").forEach(FORMS::add);
    }

    private static void remember(String kind, String id) {
        IDS.computeIfAbsent(kind, any -> new LinkedHashSet<>()).add(id);
    }

    private static String kind(String path) {
        return path.split("/")[1];
    }

    private static List<Contract.Operation> operations(String method) {
        return world.api.contract().operations().values().stream().filter(each -> each.method().equals(method)).toList();
    }

    /** The addresses of an operation: where it wants ids, one after the other all that could be meant. */
    private static Collection<String> addresses(Contract.Operation operation) {
        var path = operation.path().replace("{date}", "2026-11-22").replace("{round}", "MORNING");
        if (path.contains("{file}")) {
            return FORMS.stream().flatMap(form -> Stream.of(".csv", ".xlsx").map(ending -> path.replace("{file}", form + ending) + "?date=2026-11-22")).toList();
        }
        if (!path.contains("{")) {
            var within = "?compoundId=" + world.spot(Place.OWN_HOUSEHOLD).compound();
            return operation.parameters().stream().anyMatch(each -> each.name().equals("compoundId")) ? List.of(path, path + within) : List.of(path);
        }
        return Stream.concat(IDS.get("planted").stream(), IDS.getOrDefault(kind(path), Set.of()).stream()).distinct().limit(MOST_IDS)
                .map(id -> path.replaceAll("\\{[^}]+}", id)).toList();
    }

    /** Of a workbook all its parts; and the headers. */
    private static String text(ApiClient.Answer answer) {
        var text = new StringBuilder(answer.raw().headers().map().toString()).append('\n');
        var bytes = answer.raw().body();
        if (!answer.header("Content-Type").orElse("").contains("spreadsheetml")) {
            return text.append(new String(bytes, StandardCharsets.UTF_8)).toString();
        }
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What this person must not read in this answer. */
    private static List<String> leaks(String who, String address, ApiClient.Answer answer) {
        var text = text(answer);
        var leaks = new ArrayList<String>();
        FOR_NOBODY.stream().filter(text::contains).forEach(leaks::add);
        boolean mayKnow = MAY_KNOW.stream().anyMatch(role -> role.name().equals(who));
        if (!mayKnow) {
            DIAGNOSES.stream().filter(text::contains).forEach(leaks::add);
            // the administrator keeps the roster, which names everybody who lives there and says of nobody that they are observed
            boolean roster = who.equals(Role.ADMIN.name()) && !text.toLowerCase(Locale.ROOT).contains("observ");
            if (text.contains(OBSERVED) && !roster) {
                leaks.add(OBSERVED);
            }
        }
        if (text.contains(COMPLAINANT) && (text.contains(COMPLAINT) || address.contains("ticket"))) {
            leaks.add(COMPLAINANT);
        }
        return leaks.stream().map(leak -> "%s reads %s at %s: %d %s".formatted(who, leak, address, answer.status(), text.substring(0, Math.min(600, text.length())))).toList();
    }

    @Test
    @Order(1)
    void whoMayKnow_findsThem_soThatTheSearchIsOne() {
        var read = new StringBuilder();
        for (var operation : operations("GET")) {
            addresses(operation).forEach(address -> read.append(text(world.person(Role.OFFICE).get(address))));
        }
        DIAGNOSES.forEach(word -> assertTrue(read.indexOf(word) >= 0, word));
        assertTrue(read.indexOf(OBSERVED) >= 0 && read.indexOf(COMPLAINANT) >= 0 && read.indexOf(COMPLAINT) >= 0);
        assertTrue(text(complainant.get("/tickets")).contains(COMPLAINT));
        assertTrue(IDS.size() > 8, () -> IDS.toString());
    }

    @Test
    @Order(2)
    void whateverIsRead_holdsNothingThatIsNotForWhoReadsIt() {
        var leaks = new ArrayList<String>();
        for (var operation : operations("GET")) {
            for (var address : addresses(operation)) {
                PEOPLE.forEach((who, client) -> leaks.addAll(leaks(who, address, client.get(address))));
            }
        }
        assertEquals(List.of(), leaks);
    }

    /** Nearly everything is refused; what a refusal says is searched all the same. */
    @Test
    @Order(3)
    void whateverIsSent_isAnsweredWithoutThem() {
        var improviser = new Improviser(world.api.contract());
        IDS.values().forEach(ids -> ids.forEach(id -> improviser.remember("id", JsonNodeFactory.instance.textNode(id))));
        var random = new SplittableRandom(8);
        var leaks = new ArrayList<String>();
        for (var method : List.of("POST", "PUT", "DELETE")) {
            for (var operation : operations(method)) {
                var schema = operation.node().path("requestBody").path("content").path("application/json").path("schema");
                for (var address : addresses(operation).stream().limit(MOST_OF_A_KIND).toList()) {
                    PEOPLE.forEach((who, client) -> {
                        if (!operation.path().startsWith("/auth") && !operation.path().equals("/disclosures") && !operation.path().endsWith("/disclosures")
                                && !operation.path().endsWith("/reporter")) {
                            JsonNode body = schema.isMissingNode() ? null : improviser.right(random, "", schema);
                            leaks.addAll(leaks(who, address, client.send(method, address, body)));
                        }
                    });
                }
            }
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    @Order(4)
    void noMessage_namesThem() throws SQLException {
        var words = new ArrayList<>(DIAGNOSES);
        words.addAll(List.of(OBSERVED, COMPLAINANT, COMPLAINT));
        words.addAll(FOR_NOBODY);
        assertEquals(Map.of(), holding(words, List.of("outbox_message", "notification", "wechat_message", "audit_entry")));
    }

    /** Phones, ID numbers and openids at rest are sealed wherever they stand, also where an answer is remembered. */
    @Test
    @Order(5)
    void noTable_holdsAWholeValueInTheClear() throws SQLException {
        var tables = new ArrayList<String>();
        try (var connection = world.api.database().connect(); var rows = connection.createStatement()
                .executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertTrue(tables.size() > 80, tables::toString);
        assertEquals(Map.of(), holding(FOR_NOBODY, tables));
    }

    /** How many rows of which tables hold one of these words. */
    private static Map<String, Integer> holding(List<String> words, List<String> tables) throws SQLException {
        var holding = new TreeMap<String, Integer>();
        try (var connection = world.api.database().connect()) {
            for (var table : tables) {
                try (var statement = connection.prepareStatement("select count(*) from " + table + " t where t::text ~ ?")) {
                    statement.setString(1, String.join("|", words));
                    var rows = statement.executeQuery();
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        holding.put(table, rows.getInt(1));
                    }
                }
            }
        }
        return holding;
    }

    @Test
    @Order(6)
    void noLogLine_holdsThem() {
        var words = new ArrayList<>(DIAGNOSES);
        words.addAll(List.of(OBSERVED, COMPLAINANT, COMPLAINT));
        words.addAll(FOR_NOBODY);
        assertTrue(LOG.lines.size() > 1, "something was logged");
        assertEquals(List.of(), LOG.lines.stream().filter(line -> words.stream().anyMatch(line::contains)).toList());
    }
}
