package gatehouse.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.registry.IdNumber;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Disclosures and the audit over real HTTP, every answer checked against the contract. */
class DisclosureApiTest {
    private static final String CANARY_PHONE = "13987651234";
    private static final String CANARY_ID = id("37020219800601123");
    private static final String REASON = "核实体温并电话回访";

    private static ApiServer api;
    /** Made before anybody asks, because the product remembers which compounds and grids there are. */
    private static Given.Compound known;
    private static UUID gridOfBuilding3;
    private static UUID gridOfBuilding4;

    private Given.Compound compound;
    private ApiClient office;
    private ApiClient resident;
    private UUID residentId;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        known = api.given().compound("已知花园");
        gridOfBuilding3 = known.grid("一网格", "3");
        gridOfBuilding4 = known.grid("二网格", "4");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aResidentWithHiddenValues() throws SQLException {
        compound = api.given().compound("阳光花园");
        resident = api.resident(compound.household("3-2-1402"), "王小明");
        residentId = UUID.fromString(resident.me().at("/resident/id").asText());
        hide(residentId, CANARY_PHONE, CANARY_ID);
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    @Test
    void value_isShownWithReason_andTheHouseholdReadsByWhom() {
        assertEquals(CANARY_PHONE, ask(office, "PHONE").expect(200).text("/value"));
        assertEquals(CANARY_ID, ask(office, "ID_NUMBER").expect(200).text("/value"));
        assertEquals("no-store", ask(office, "NAME").expect(200).header("Cache-Control").orElse(""));
        var mine = resident.get("/me/disclosures").expect(200);
        assertEquals(3, mine.body().path("items").size());
        assertEquals(Set.of("PHONE", "ID_NUMBER", "NAME"), new HashSet<>(mine.body().path("items").findValuesAsText("field")));
        assertEquals(List.of("王小明", REASON, "OFFICE", "OFFICE", "2026-11-22T09:30:00+08:00"), List.of(mine.text("/items/0/residentName"),
                mine.text("/items/0/reason"), mine.text("/items/0/by/name"), mine.text("/items/0/by/role"), mine.text("/items/0/at")));
        var first = resident.get("/me/disclosures?limit=2").expect(200);
        var second = resident.get("/me/disclosures?limit=2&cursor=" + first.text("/next")).expect(200);
        var paged = new ArrayList<>(first.body().findValuesAsText("id"));
        paged.addAll(second.body().findValuesAsText("id"));
        assertEquals(mine.body().findValuesAsText("id"), paged);
    }

    @Test
    void staffWhoOpenOnePersonsHealth_areReadByTheHousehold_onceADay() {
        var report = resident.post("/health-reports", Map.of("temperature", 38.4, "symptoms", List.of())).expect(201).text("/id");
        var alert = office.get("/alerts").expect(200).text("/items/0/id");
        office.get("/health-reports").expect(200);
        resident.get("/health-reports?residentId=" + residentId).expect(200);
        resident.get("/health-reports/" + report + "/versions").expect(200);
        assertEquals(0, resident.get("/me/disclosures").expect(200).body().path("items").size(), "lists of many and the own household are not entered");
        office.get("/alerts/" + alert).expect(200);
        office.get("/health-reports?residentId=" + residentId).expect(200);
        office.get("/health-reports/" + report + "/versions").expect(200);
        var mine = resident.get("/me/disclosures").expect(200);
        assertEquals(1, mine.body().path("items").size());
        assertEquals(List.of("HEALTH", "王小明", "OFFICE", "2026-11-22T09:30:00+08:00"), List.of(mine.text("/items/0/field"), mine.text("/items/0/residentName"),
                mine.text("/items/0/by/role"), mine.text("/items/0/at")));
        var colleague = api.staff(compound.id(), Role.OFFICE, compound.id());
        var observation = office.post("/observations", Map.of("residentIds", List.of(residentId), "reason", "返回", "startsOn", "2026-11-22", "days", 7))
                .expect(201).text("/items/0/id");
        colleague.get("/observations/" + observation).expect(200);
        resident.get("/observations/" + observation).expect(200);
        assertEquals(2, resident.get("/me/disclosures").expect(200).body().path("items").size());
        assertEquals(0, api.resident(compound.household("3-2-1403"), "李红").get("/me/disclosures").expect(200).body().path("items").size());
        office.post("/disclosures", wish(residentId.toString(), "HEALTH", REASON)).expectProblem(403, "not-permitted");
    }

    @Test
    void neighbours_readNothingOfIt_andResidentsAndGuardsAreShownNothing() {
        ask(office, "PHONE").expect(200);
        var neighbour = api.resident(compound.household("3-2-1403"), "李红");
        assertEquals(0, neighbour.get("/me/disclosures").expect(200).body().path("items").size());
        ask(neighbour, "PHONE").expectProblem(403, "not-permitted");
        ask(resident, "PHONE").expectProblem(403, "not-permitted");
        ask(api.staff(compound.id(), Role.GUARD, compound.gate("东门")), "PHONE").expectProblem(403, "not-permitted");
        ask(api.staff(compound.id(), Role.ADMIN, compound.id()), "PHONE").expectProblem(403, "not-permitted");
        office.get("/me/disclosures").expectProblem(403, "not-permitted");
        resident.get("/audit").expectProblem(403, "not-permitted");
        resident.get("/audit/verification").expectProblem(403, "not-permitted");
    }

    @Test
    void residentBeyondOnesReach_isNotFound_likeOneWhoIsNotThere() {
        var other = api.given().compound("月桂苑");
        var foreign = api.staff(other.id(), Role.OFFICE, other.id());
        var missing = foreign.post("/disclosures", wish(UUID.randomUUID().toString(), "PHONE", REASON)).expectProblem(404, "not-found");
        var hidden = ask(foreign, "PHONE").expectProblem(404, "not-found");
        assertEquals(missing.text("/detail"), hidden.text("/detail"));
        office.post("/disclosures", wish("none", "PHONE", REASON)).expectProblem(404, "not-found");
        assertEquals(0, foreign.get("/audit").expect(200).body().path("items").size());
        foreign.get("/audit/verification?compoundId=" + compound.id()).expectProblem(404, "not-found");
        assertEquals(0, resident.get("/me/disclosures").expect(200).body().path("items").size());
    }

    @Test
    void gridWorkerHealthCentreSubdistrict_areShownTheirFieldsOnly() throws SQLException {
        compound = known;
        resident = api.resident(known.household("3-1-101"), "王小明");
        residentId = UUID.fromString(resident.me().at("/resident/id").asText());
        hide(residentId, CANARY_PHONE, CANARY_ID);
        var grid = api.staff(compound.id(), Role.GRID_WORKER, gridOfBuilding3);
        ask(grid, "PHONE").expect(200);
        ask(grid, "ID_NUMBER").expectProblem(403, "not-permitted");
        ask(grid, "NAME").expectProblem(403, "not-permitted");
        var elsewhere = api.staff(compound.id(), Role.GRID_WORKER, gridOfBuilding4);
        ask(elsewhere, "PHONE").expectProblem(404, "not-found");
        var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
        ask(centre, "PHONE").expectProblem(404, "not-found");
        anAlertHandedOn(residentId);
        ask(centre, "PHONE").expect(200);
        ask(centre, "ID_NUMBER").expectProblem(403, "not-permitted");
        var subdistrict = api.staff(compound.id(), Role.SUBDISTRICT, api.given().subdistrictId());
        assertEquals("王小明", ask(subdistrict, "NAME").expect(200).text("/value"));
        ask(subdistrict, "PHONE").expect(200);
        ask(subdistrict, "ID_NUMBER").expectProblem(403, "not-permitted");
        assertEquals(List.of("GRID_WORKER", "HEALTH_CENTRE", "SUBDISTRICT", "SUBDISTRICT"),
                resident.get("/me/disclosures").expect(200).body().findValuesAsText("role").stream().sorted().toList());
        assertEquals(List.of(4, 3, 2, 1), numbered(api.staff(known.id(), Role.OFFICE, known.id()), "?subject=" + residentId));
        var asAdministrator = api.staff(known.id(), Role.ADMIN, known.id()).get("/audit?subject=" + residentId).expect(200).body();
        assertEquals(List.of(4, 3, 1), asAdministrator.path("items").findValues("number").stream().map(JsonNode::asInt).toList());
        assertFalse(asAdministrator.toString().contains(REASON));
    }

    @Test
    void wish_withoutAReason_orOfAnUnknownField_isRefused() {
        office.post("/disclosures", Map.of("residentId", residentId, "field", "PHONE")).expectBadField("/reason");
        office.post("/disclosures", wish(residentId.toString(), "PHONE", "abc")).expectBadField("/reason");
        office.post("/disclosures", wish(residentId.toString(), "PHONE", "a       b")).expectBadField("/reason");
        office.post("/disclosures", wish(residentId.toString(), "PHONE", "x".repeat(201))).expectBadField("/reason");
        office.post("/disclosures", wish(residentId.toString(), "DIAGNOSIS", REASON)).expectBadField("/field");
        office.post("/disclosures", wish(residentId.toString(), "PHONE", "nul\u0000character")).expect(400);
        office.get("/audit?cursor=nonsense").expectBadField("?cursor");
        office.get("/audit?from=yesterday").expectBadField("?from");
        resident.get("/me/disclosures?cursor=bm9uc2Vuc2U").expectBadField("?cursor");
        var child = compound.household("3-2-1404").resident("张小三");
        office.post("/disclosures", wish(child.toString(), "PHONE", REASON)).expectProblem(404, "not-found");
        assertEquals(0, office.get("/audit").expect(200).body().path("items").size());
    }

    @Test
    void audit_isListedByDay_action_andSubject() {
        ask(office, "PHONE").expect(200);
        api.clock().move(Duration.ofDays(1));
        try {
            var later = api.again(office);
            ask(later, "ID_NUMBER").expect(200);
            var all = later.get("/audit").expect(200);
            assertEquals(List.of(2, 1), List.of(all.body().at("/items/0/number").asInt(), all.body().at("/items/1/number").asInt()));
            assertEquals(List.of("VALUE_DISCLOSED", "resident", residentId.toString(), "王小明", "3-2-1402", "PHONE", REASON), List.of(
                    all.text("/items/1/action"), all.text("/items/1/subject/kind"), all.text("/items/1/subject/id"), all.text("/items/1/subject/name"),
                    all.text("/items/1/subject/household"), all.text("/items/1/details/field"), all.text("/items/1/reason")));
            assertEquals(1, numbered(later, "?from=2026-11-22&to=2026-11-22").getFirst());
            assertEquals(List.of(2), numbered(later, "?from=2026-11-23"));
            assertEquals(List.of(), numbered(later, "?action=OTHER"));
            assertEquals(List.of(2, 1), numbered(later, "?action=VALUE_DISCLOSED&subject=" + residentId));
            assertEquals(List.of(), numbered(later, "?subject=" + UUID.randomUUID()));
            var first = later.get("/audit?limit=1").expect(200);
            assertEquals(List.of(1), numbered(later, "?limit=1&cursor=" + first.text("/next")));
        } finally {
            api.clock().set("2026-11-22T09:30:00+08:00");
        }
    }

    private ApiClient.Answer askVisitor(ApiClient asker, String visit, String field) {
        return asker.post("/visits/" + visit + "/disclosures", Map.of("field", field, "reason", REASON));
    }

    private String invited(String expectedAt) {
        return resident.post("/visits", Map.of("visitorName", "赵来客", "phone", CANARY_PHONE, "idNumber", CANARY_ID, "expectedAt", expectedAt,
                "purpose", "探望老人")).expect(201).text("/id");
    }

    @Test
    void visitor_isShownToTheOffice_andTheirPhoneToTheGuardOfTheDay_sealedInTheAudit() throws SQLException {
        var guard = api.staff(compound.id(), Role.GUARD, compound.gate("东门"));
        var visit = invited("2026-11-22T10:00:00+08:00");
        assertEquals(CANARY_PHONE, askVisitor(office, visit, "PHONE").expect(200).text("/value"));
        assertEquals(CANARY_ID, askVisitor(office, visit, "ID_NUMBER").expect(200).text("/value"));
        assertEquals(CANARY_PHONE, askVisitor(guard, visit, "PHONE").expect(200).text("/value"));
        askVisitor(guard, visit, "ID_NUMBER").expectProblem(403, "not-permitted");
        askVisitor(guard, invited("2026-11-23T10:00:00+08:00"), "PHONE").expectProblem(404, "not-found");
        askVisitor(resident, visit, "PHONE").expectProblem(403, "not-permitted");
        var laurel = api.given().compound("月桂苑");
        askVisitor(api.staff(laurel.id(), Role.OFFICE, laurel.id()), visit, "PHONE").expectProblem(404, "not-found");
        askVisitor(api.staff(laurel.id(), Role.GUARD, laurel.gate("南门")), visit, "PHONE").expectProblem(404, "not-found");
        office.post("/visits/" + visit + "/disclosures", Map.of("field", "PHONE", "reason", "abc")).expectBadField("/reason");

        var audit = office.get("/audit?action=VISITOR_DISCLOSED").expect(200);
        assertEquals(List.of("GUARD", "OFFICE", "OFFICE"), audit.body().path("items").findValuesAsText("role"));
        assertEquals(List.of("visit", visit, "PHONE", REASON), List.of(audit.text("/items/0/subject/kind"), audit.text("/items/0/subject/id"),
                audit.text("/items/0/details/field"), audit.text("/items/0/reason")));
        assertEquals(0, resident.get("/me/disclosures").expect(200).body().path("items").size());
        breaks("update disclosure set visit_id = visit_id, reason = '另一个原因' where visit_id = '" + visit + "' and audit_number = 1", 1, "DISCLOSURE_ALTERED");
    }

    @Test
    void healthCentre_findsOnlyThoseAboutWhomItHasACase() throws SQLException {
        var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
        var missing = centre.post("/disclosures", wish(UUID.randomUUID().toString(), "PHONE", REASON)).expectProblem(404, "not-found");
        assertEquals(missing.text("/detail"), ask(centre, "PHONE").expectProblem(404, "not-found").text("/detail"));
        execute("insert into health_alert (compound_id, id, resident_id, household_id, building_id, state, opened_at, acknowledge_by, version)"
                + " select compound_id, gen_random_uuid(), id, household_id, building_id, 'OPEN', now(), now(), 1 from resident where id = '" + residentId + "'");
        ask(centre, "PHONE").expectProblem(404, "not-found");
        execute("update health_alert set state = 'ESCALATED', escalated_at = now() where resident_id = '" + residentId + "'");
        assertEquals(CANARY_PHONE, ask(centre, "PHONE").expect(200).text("/value"));

        var observed = compound.household("3-2-1405").resident("陈静");
        hide(observed, "13987654321", id("37020219810601123"));
        var wish = wish(observed.toString(), "PHONE", REASON);
        centre.post("/disclosures", wish).expectProblem(404, "not-found");
        office.post("/observations", Map.of("residentIds", List.of(observed), "reason", "密切接触者", "startsOn", "2026-11-22", "days", 14)).expect(201);
        assertEquals("13987654321", centre.post("/disclosures", wish).expect(200).text("/value"));
        var elsewhere = api.given().compound("月桂苑");
        api.staff(elsewhere.id(), Role.HEALTH_CENTRE, elsewhere.id()).post("/disclosures", wish).expectProblem(404, "not-found");
    }

    @Test
    void moreAnHourThanThePolicyAllows_areRefused_untilTheHourIsOver() {
        var policy = office.get("/policy").expect(200);
        office.with("If-Match", policy.header("ETag").orElseThrow()).put("/policy", Map.of("values", Map.of("disclosuresAnHour", 5))).expect(200);
        for (int i = 0; i < 5; i++) {
            ask(office, "NAME").expect(200);
        }
        var refused = ask(office, "NAME").expectProblem(429, "too-many-attempts");
        assertEquals("3601", refused.header("Retry-After").orElse(""));
        assertEquals(1 + 5, verification().path("entries").asInt());
        ask(api.staff(compound.id(), Role.OFFICE, compound.id()), "NAME").expect(200);
        api.clock().move(Duration.ofHours(1));
        try {
            ask(api.again(office), "NAME").expect(200);
        } finally {
            api.clock().set("2026-11-22T09:30:00+08:00");
        }
    }

    @Test
    void fortyAtOnce_onTwoInstances_makeOneChainWithoutGap() throws Exception {
        var second = api.another();
        var colleague = api.staff(compound.id(), Role.OFFICE, compound.id());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 40).<Callable<ApiClient.Answer>>mapToObj(i -> () ->
                    ask(i % 4 < 2 ? (i % 2 == 0 ? office : office.at(second)) : (i % 2 == 0 ? colleague : colleague.at(second)), "PHONE")).toList();
            for (var call : threads.invokeAll(calls)) {
                call.get().expect(200);
            }
        }
        assertEquals(IntStream.rangeClosed(1, 40).mapToObj(i -> 41 - i).toList(), numbered(office, "?limit=200"));
        assertTrue(verification().path("intact").asBoolean());
        assertEquals(40, verification().path("entries").asInt());
    }

    @Test
    void rowChangedBehindTheProduct_isNamed() throws SQLException {
        for (int i = 0; i < 5; i++) {
            ask(office, "PHONE").expect(200);
        }
        var entry = "compound_id = '" + compound.id() + "' and number = 3";
        var change = "update audit_entry set by_account_id = gen_random_uuid() where " + entry;
        assertThrows(SQLException.class, () -> execute(change));
        assertThrows(SQLException.class, () -> execute("delete from audit_entry where " + entry));
        assertThrows(SQLException.class, () -> execute("update disclosure set reason = 'none at all'"));
        assertThrows(SQLException.class, () -> execute("truncate audit_entry cascade"));
        assertTrue(verification().path("intact").asBoolean());

        breaks(change, 3, "ALTERED");
        breaks("update audit_entry set details = details || '{\"field\": \"NAME\"}' where " + entry, 3, "ALTERED");
        breaks("update audit_entry set entered_at = entered_at + interval '1 microsecond' where " + entry, 3, "ALTERED");
        var ofCompound = " where compound_id = '" + compound.id() + "'";
        for (int number : List.of(3, 5, 1)) {
            breaks("delete from disclosure" + ofCompound + " and audit_number = %1$d; delete from audit_entry".formatted(number) + ofCompound
                    + " and number = " + number, number, "MISSING");
        }
        breaks("delete from disclosure" + ofCompound + "; delete from audit_entry" + ofCompound, 1, "MISSING");
        breaks("update audit_entry set key_id = 'other' where " + entry, 3, "UNKNOWN_KEY");
        breaks("update disclosure set reason = '另一个原因' where compound_id = '" + compound.id() + "' and audit_number = 2", 2, "DISCLOSURE_ALTERED");
        breaks("delete from disclosure where compound_id = '" + compound.id() + "' and audit_number = 4", 4, "DISCLOSURE_ALTERED");
        breaks("update audit_head set hash = sha256('x') where compound_id = '" + compound.id() + "'", 5, "HEAD_ALTERED");
    }

    @Test
    void disclosedValues_stayOutOfLogsAndOtherTables() throws Exception {
        var root = (Logger) LoggerFactory.getLogger("gatehouse");
        var before = root.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
        try {
            root.info("listening");
            ask(office.withKey(UUID.randomUUID()), "PHONE").expect(200);
            ask(office.withKey(UUID.randomUUID()), "ID_NUMBER").expect(200);
            askVisitor(office, invited("2026-11-22T10:00:00+08:00"), "ID_NUMBER").expect(200);
            assertFalse(office.get("/audit").expect(200).body().toString().contains(CANARY_PHONE));
            assertFalse(resident.get("/me/disclosures").expect(200).body().toString().contains(CANARY_ID));
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        assertFalse(lines.list.isEmpty());
        for (var canary : List.of(CANARY_PHONE, CANARY_ID)) {
            lines.list.forEach(line -> assertFalse(line.getFormattedMessage().contains(canary), line.getFormattedMessage()));
            assertEquals(List.of(), tablesWith(canary));
            assertEquals(List.of(), tablesWith(HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8))));
        }
        assertEquals(List.of("disclosure"), tablesWith(REASON));
        var named = new HashSet<>(tablesWith("王小明"));
        named.remove("form_frozen_row"); // a day's forms name people, where the clock has frozen one meanwhile
        assertEquals(Set.of("resident", "account"), named);
    }

    private void breaks(String sql, int number, String fault) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            for (var table : List.of("audit_entry", "disclosure")) {
                statement.execute("alter table " + table + " disable trigger user");
            }
            for (var table : List.of("audit_entry", "disclosure", "audit_head")) {
                statement.execute("create temporary table kept_" + table + " as select * from " + table);
            }
            statement.execute(sql);
            var found = verification();
            for (var table : List.of("disclosure", "audit_entry", "audit_head")) {
                statement.execute("delete from " + table);
            }
            for (var table : List.of("audit_entry", "disclosure", "audit_head")) {
                statement.execute("insert into " + table + " select * from kept_" + table);
            }
            for (var table : List.of("audit_entry", "disclosure")) {
                statement.execute("alter table " + table + " enable trigger user");
            }
            assertEquals("%d %s %s".formatted(number, fault, false),
                    found.at("/broken/number").asInt() + " " + found.at("/broken/fault").asText() + " " + found.path("intact").asBoolean(), sql);
        }
        assertTrue(verification().path("intact").asBoolean());
    }

    private JsonNode verification() {
        return office.get("/audit/verification").expect(200).body();
    }

    private static List<Integer> numbered(ApiClient reader, String query) {
        return reader.get("/audit" + query).expect(200).body().path("items").findValues("number").stream().map(JsonNode::asInt).toList();
    }

    private ApiClient.Answer ask(ApiClient person, String field) {
        return person.post("/disclosures", wish(residentId.toString(), field, REASON));
    }

    private static Map<String, String> wish(String resident, String field, String reason) {
        return Map.of("residentId", resident, "field", field, "reason", reason);
    }

    private static List<String> tablesWith(String text) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (var table : tables) {
                try (var rows = statement.executeQuery("select 1 from \"%1$s\" t where position('%2$s' in t::text) > 0 limit 1".formatted(table, text))) {
                    if (rows.next()) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void hide(UUID resident, String phone, String idNumber) throws SQLException {
        var personalData = new PersonalData(api.keys());
        try (var connection = api.database().connect(); var update = connection.prepareStatement("""
                update resident set phone_sealed = ?, phone_hash = ?, phone_masked = '139****1234', id_number_sealed = ?, id_number_hash = ?
                where id = ?""")) {
            var number = PhoneNumber.parse(phone).toOptional().orElseThrow();
            var id = IdNumber.parse(idNumber, LocalDate.of(2026, 11, 22)).toOptional().orElseThrow();
            update.setBytes(1, personalData.seal(number, "resident", resident));
            update.setBytes(2, personalData.hashes(number).getFirst());
            update.setBytes(3, personalData.seal(id, "resident", resident));
            update.setBytes(4, personalData.hashes(id).getFirst());
            update.setObject(5, resident);
            update.executeUpdate();
        }
    }

    private static void anAlertHandedOn(UUID resident) throws SQLException {
        execute("insert into health_alert (compound_id, id, resident_id, household_id, building_id, state, opened_at, acknowledge_by, escalated_at, version)"
                + " select compound_id, gen_random_uuid(), id, household_id, building_id, 'ESCALATED', now(), now(), now(), 1 from resident where id = '"
                + resident + "'");
    }

    private static String id(String digits) {
        return digits + IdNumber.checkCharacter(digits);
    }
}
