package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.audit.AuditVerdict;
import gatehouse.kernel.Role;
import gatehouse.registry.PersonalData;
import gatehouse.support.ApiServer;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill: of a house nothing is left but a backup and its keys. */
@Timeout(180)
class BackupDrillTest {
    private static final String PHONE = "13800138000";

    @TempDir
    Path folder;

    private Gatehouse house(TestDatabase rows, String name, TestClock clock) {
        return new Gatehouse(config(rows, name), clock.business());
    }

    private Config config(TestDatabase rows, String name) {
        return Config.read(Map.of("GATEHOUSE_DATABASE_URL", rows.url(), "GATEHOUSE_HTTP_PORT", "0", "GATEHOUSE_DATA_DIR", folder.resolve(name).toString(),
                "GATEHOUSE_KEYS", "test:YSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM=", "GATEHOUSE_DEMO", "off"));
    }

    @Test
    void aHouse_comesBackWithCountsKeysAndAudit_nobodyIsLoggedIn_andWhatIsDueByThenIsForgotten() throws Exception {
        var sameDay = new TestClock("2026-11-22T09:40:00+08:00");
        var nextYear = new TestClock("2027-01-10T09:00:00+08:00");
        var file = folder.resolve("house.backup");
        try (var api = ApiServer.start(); var back = TestDatabase.fresh(); var later = TestDatabase.fresh(); var again = TestDatabase.fresh()) {
            var compound = api.given().compound("阳光花园");
            var resident = api.resident(compound.household("3-2-1402"), "王小明");
            var office = api.staff(compound.id(), Role.OFFICE, compound.id());
            resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
            var visit = invite(resident);
            office.post("/visits/" + visit + "/disclosures", Map.of("field", "PHONE", "reason", "核实身份")).expect(200);
            var before = contents(api.database());
            house(api.database(), "first", sameDay).backup(file);
            var after = contents(api.database());
            invite(resident);

            noteLongerChain(compound.id());
            var restored = house(back, "back", sameDay).restore(file);
            assertTrue(restored.chains().stream().allMatch(AuditVerdict::intact), restored.toString());
            assertEquals(98, restored.lostEntries(), "the head outside the database knew of more");
            assertSame(before, after, contents(back), restored.backup().rows());
            assertEquals(PHONE, phoneOfVisit(back, visit));
            assertEquals("0", one(back, "select count(*) from session where ended_at is null"));
            assertEquals("1", one(back, "select count(*) from visit"), "what came after the backup is lost");

            var old = house(later, "later", nextYear).restore(file);
            assertTrue(old.chains().stream().allMatch(AuditVerdict::intact), old.toString());
            assertEquals("1", one(later, "select count(*) from visit where forgotten_at is not null and phone_sealed is null and visitor_name = ''"));
            assertEquals("1", one(later, "select count(*) from audit_entry where action = 'RETENTION_APPLIED' and details ->> 'visits' = '1'"));

            house(later, "later", nextYear).backup(folder.resolve("later.backup"));
            var third = house(again, "again", nextYear).restore(folder.resolve("later.backup"));
            assertTrue(third.chains().stream().allMatch(AuditVerdict::intact), third.toString());
            assertEquals("1", one(again, "select count(*) from visit where forgotten_at is not null and phone_sealed is null"), "what a certificate says stays forgotten");
            assertServes(again, nextYear, resident.accessToken(), api.phoneOf(resident.id()));
        }
    }

    private static UUID invite(gatehouse.support.ApiClient resident) {
        return UUID.fromString(resident.post("/visits", Map.of("visitorName", "赵来客", "phone", PHONE, "expectedAt", "2026-11-22T10:00:00+08:00", "purpose", "探望老人"))
                .expect(201).text("/id"));
    }

    /** As the nightly watch would have left it the night before the disaster. */
    private void noteLongerChain(UUID compound) throws Exception {
        Files.createDirectories(folder.resolve("back"));
        Files.writeString(folder.resolve("back/audit-heads.jsonl"), "{\"compound\":\"%s\",\"number\":99,\"hash\":\"%s\",\"date\":\"2026-11-22\"}%n"
                .formatted(compound, "ab".repeat(32)));
    }

    /** Tables that nobody wrote to while the backup was made must be the same, row for row; the others have the counts of the backup. */
    private static void assertSame(Map<String, String> before, Map<String, String> after, Map<String, String> restored, Map<String, Long> rows) {
        var quiet = new TreeMap<>(before);
        quiet.entrySet().removeIf(table -> !table.getValue().equals(after.get(table.getKey())));
        List.of("session", "audit_entry", "audit_head", "schema_history").forEach(quiet::remove);
        assertTrue(quiet.keySet().containsAll(List.of("resident", "account", "health_report", "visit", "disclosure", "household")), quiet.keySet().toString());
        quiet.forEach((table, content) -> assertEquals(content, restored.get(table), table));
        assertEquals(1L, rows.get("health_report"));
        assertEquals(before.size() - 1, rows.size(), "a table is missing in the backup");
    }

    private static Map<String, String> contents(TestDatabase database) throws SQLException {
        var contents = new TreeMap<String, String>();
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            var tables = new java.util.ArrayList<String>();
            try (var rows = statement.executeQuery("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (var table : tables) {
                try (var row = statement.executeQuery("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table + " t")) {
                    row.next();
                    contents.put(table, row.getString(1));
                }
            }
        }
        return contents;
    }

    private static String phoneOfVisit(TestDatabase database, UUID visit) throws SQLException {
        try (var connection = database.connect(); var statement = connection.createStatement();
             var row = statement.executeQuery("select phone_sealed from visit where id = '" + visit + "'")) {
            row.next();
            return new PersonalData(TestKeys.ring()).openPhone(row.getBytes(1), "visit", visit);
        }
    }

    private void assertServes(TestDatabase rows, TestClock clock, String oldToken, String phone) throws Exception {
        try (var client = HttpClient.newHttpClient(); var house = Gatehouse.start(config(rows, "again"), clock.business())) {
            var address = "http://127.0.0.1:" + house.port() + "/api/v1";
            var refused = client.send(HttpRequest.newBuilder(URI.create(address + "/me")).header("Authorization", "Bearer " + oldToken).build(), BodyHandlers.ofString());
            assertEquals(401, refused.statusCode());
            var login = client.send(HttpRequest.newBuilder(URI.create(address + "/auth/login")).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"" + phone + "\",\"password\":\"correct horse\"}")).build(), BodyHandlers.ofString());
            assertEquals(200, login.statusCode(), login.body());
        }
    }

    private static String one(TestDatabase rows, String sql) throws SQLException {
        try (var connection = rows.connect(); var statement = connection.createStatement(); var found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    @Test
    void everythingThatOnlyForgets_isDoneAfterARestore() throws Exception {
        var names = Files.readString(Path.of("src/main/java/gatehouse/Timetable.java"));
        var forgetting = java.util.regex.Pattern.compile("onceForAll\\(\"((?:forget|sweep|apply)-[a-z-]+)\"").matcher(names).results().map(match -> match.group(1)).toList();
        assertTrue(forgetting.size() > 8, forgetting.toString());
        assertEquals(new java.util.TreeSet<>(forgetting), new java.util.TreeSet<>(Timetable.FORGETTING));
    }
}
