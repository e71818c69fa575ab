package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.registry.FirstCompound;
import gatehouse.support.ApiServer;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstAdministratorTest {
    private static final Map<String, String> SETTINGS = Map.of("GATEHOUSE_ADMIN_PHONE", "13800000000",
            "GATEHOUSE_ADMIN_PASSWORD", "correct horse", "GATEHOUSE_ADMIN_COMPOUND", "青山街道/绿水社区/阳光花园");

    private static FirstAdministrator.Wanted wanted(String phone) {
        return new FirstAdministrator.Wanted(IdentityGiven.phone(phone), "correct horse",
                FirstCompound.Names.parse("青山街道/绿水社区/阳光花园").orElseThrow());
    }

    private static FirstAdministrator firstAdministrator(IdentityGiven given) {
        return new FirstAdministrator(given.database, given.clock.business(), given.accounts);
    }

    private static long count(TestDatabase database, String table) {
        try (var connection = database.connect(); var statement = connection.createStatement();
             var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void start_onAnEmptyDatabase_makesTheAdministratorWhoCanDoEverything() {
        try (var api = ApiServer.start(SETTINGS)) {
            var administrator = api.visitor().logIn("13800000000", "correct horse");
            assertEquals("阳光花园", administrator.me().at("/compound/name").asText());
            assertEquals("[\"ADMIN\"]", administrator.me().path("roles").toString());
            var compound = administrator.get("/compounds").expect(200);
            assertEquals("青山街道 绿水社区", compound.text("/items/0/subdistrict/name") + " " + compound.text("/items/0/community/name"));
            assertEquals("EVERYTHING", administrator.get("/accounts").expect(200).text("/items/0/grants/0/reach"));
        }
    }

    @Test
    void start_onADatabaseThatHasACompound_ignoresTheSettingsQuietly() {
        try (var api = ApiServer.start(SETTINGS)) {
            var administrator = api.visitor().logIn("13800000000", "correct horse");
            var other = api.another();
            assertEquals(1, administrator.get("/accounts").expect(200).body().path("items").size());
            assertEquals(administrator.me(), other.logIn("13800000000", "correct horse").me());
        }
        try (var database = TestDatabase.fresh(); var given = new IdentityGiven(database, new TestClock("2026-11-22T09:30:00+08:00"))) {
            assertTrue(firstAdministrator(given).isMissing());
            assertTrue(firstAdministrator(given).makeWhereMissing(wanted("13800000000"), "管理员"));
            assertFalse(firstAdministrator(given).isMissing());
            assertFalse(firstAdministrator(given).makeWhereMissing(wanted("13800000001"), "管理员"));
            assertEquals(1, count(database, "account"));
        }
    }

    @Test
    void makeWhereMissing_manyAtOnce_oneMakesIt() throws Exception {
        var clock = new TestClock("2026-11-22T09:30:00+08:00");
        try (var database = TestDatabase.fresh(); var one = new IdentityGiven(database, clock); var two = new IdentityGiven(database, clock)) {
            var turn = new AtomicInteger();
            var outcomes = Together.run(8, () -> {
                int mine = turn.getAndIncrement();
                return firstAdministrator(mine % 2 == 0 ? one : two).makeWhereMissing(wanted("1380000000" + mine), "管理员");
            });
            assertEquals(1, outcomes.stream().filter(Boolean.TRUE::equals).count(), outcomes.toString());
            assertEquals(7, outcomes.stream().filter(Boolean.FALSE::equals).count(), outcomes.toString());
            for (var table : new String[] {"subdistrict", "community", "compound", "account", "account_login", "role_grant"}) {
                assertEquals(1, count(database, table), table);
            }
        }
    }
}
