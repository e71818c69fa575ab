package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final String SAMPLE = "migrations-sample";

    @Test
    void migrate_emptyDatabase_appliesAllAndASecondRunNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.empty()) {
            assertEquals(2, Migrations.migrate(database.postgresUrl(), SAMPLE));
            assertEquals("苹果", value(database, "select name from fruit"));
            assertEquals(0, Migrations.migrate(database.postgresUrl(), SAMPLE));
        }
    }

    @Test
    void migrate_upToDate_doesNotEvenTakeALock() throws SQLException {
        try (TestDatabase database = TestDatabase.empty()) {
            Migrations.migrate(database.postgresUrl(), SAMPLE);
            try (Connection other = database.connect(); Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table schema_history in exclusive mode");
                assertEquals(0, Migrations.migrate(database.postgresUrl(), SAMPLE));
            }
        }
    }

    @Test
    void migrate_severalInstancesAtOnce_applyEachMigrationOnce() throws Exception {
        try (TestDatabase database = TestDatabase.empty(); ExecutorService instances = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> starts = new ArrayList<>();
            for (int instance = 0; instance < 4; instance++) {
                starts.add(() -> Migrations.migrate(database.postgresUrl(), SAMPLE));
            }
            int applied = 0;
            for (Future<Integer> start : instances.invokeAll(starts)) {
                applied += start.get();
            }
            assertEquals(2, applied);
            assertEquals("1", value(database, "select count(*) from fruit"));
        }
    }

    @Test
    void migrate_databaseNewerThanTheProgram_isRefusedNamingWhatItHas() throws SQLException {
        try (TestDatabase database = TestDatabase.empty()) {
            Migrations.migrate(database.postgresUrl(), SAMPLE);
            execute(database, """
                    insert into schema_history select 3, '003', 'later', type, 'V003__later.sql', 7, installed_by, installed_on, 1, true
                    from schema_history where installed_rank = 1""");
            StartFailure failure = assertThrows(StartFailure.class, () -> Migrations.migrate(database.postgresUrl(), SAMPLE));
            assertTrue(failure.getMessage().contains("newer than this program: it already has V003__later.sql"), failure.getMessage());
        }
    }

    @Test
    void migrate_appliedScriptChangedSince_isRefused() throws SQLException {
        try (TestDatabase database = TestDatabase.empty()) {
            Migrations.migrate(database.postgresUrl(), SAMPLE);
            execute(database, "update schema_history set checksum = checksum + 1 where installed_rank = 2");
            StartFailure failure = assertThrows(StartFailure.class, () -> Migrations.migrate(database.postgresUrl(), SAMPLE));
            assertTrue(failure.getMessage().contains("checksum mismatch"), failure.getMessage());
        }
    }

    @Test
    void migrate_failingScript_isRefusedAndLeavesNothingOfIt() throws SQLException {
        try (TestDatabase database = TestDatabase.empty()) {
            StartFailure failure = assertThrows(StartFailure.class, () -> Migrations.migrate(database.postgresUrl(), "migrations-broken"));
            assertTrue(failure.getMessage().contains("V001__broken.sql"), failure.getMessage());
            assertEquals(null, value(database, "select to_regclass('half_made')"));
        }
    }

    @Test
    void migrate_withoutAnyScript_isAllowed() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertEquals(0, Migrations.migrate(database.postgresUrl(), "no-such-folder"));
        }
    }

    @Test
    void migrate_unreachableDatabase_saysWhatToCheckAndHidesThePassword() {
        PostgresUrl nowhere = new PostgresUrl(List.of(new PostgresUrl.Host("127.0.0.1", 1)), "gatehouse", "gatehouse", "geheim", Map.of());
        StartFailure failure = assertThrows(StartFailure.class, () -> Migrations.migrate(nowhere));
        assertTrue(failure.getMessage().contains("127.0.0.1:1/gatehouse cannot be used"), failure.getMessage());
        assertTrue(!failure.getMessage().contains("geheim"));
    }

    /** The product's own scripts: what Flyway applied must look applied to the short way as well, or every start would load Flyway. */
    @Test
    void migrate_ownScripts_areRecognisedByTheShortWay() throws Exception {
        try (TestDatabase database = TestDatabase.fresh(); Connection other = database.connect(); Statement statement = other.createStatement()) {
            try (var scripts = Files.list(Path.of("src/main/resources/db"))) {
                assertEquals(Long.toString(scripts.count()), value(database, "select count(*) from schema_history"));
            }
            other.setAutoCommit(false);
            statement.execute("lock table schema_history in exclusive mode");
            assertEquals(0, Migrations.migrate(database.postgresUrl()));
        }
    }

    /** A newer schema is that of an instance exchanged before this one. */
    @Test
    void readiness_isLostWithTheSchemaOrAKey_notByANewerSchema() throws SQLException {
        Vertx vertx = Vertx.vertx();
        try (TestDatabase postgres = TestDatabase.fresh(); Database database = new Database(vertx, postgres.postgresUrl().connectOptions(), 1)) {
            KeyRing keys = KeyRingStore.match(database, TestKeys.ring(), List.of(), OffsetDateTime.parse("2026-11-22T09:00:00+08:00"));
            ReadinessStore readiness = ReadinessStore.of(database, keys);
            assertEquals(Readiness.READY, Await.on(readiness.ask()));
            execute(postgres, """
                    insert into schema_history select 9999, '999', 'later', type, 'V999__later.sql', 7, installed_by, installed_on, 1, true
                    from schema_history where installed_rank = 1""");
            assertEquals(Readiness.READY, Await.on(readiness.ask()));
            execute(postgres, "insert into sealing_key (key_id, check_value, first_used_at) values ('elsewhere', decode(repeat('00', 32), 'hex'), now())");
            assertEquals(Readiness.KEY_MISSING, Await.on(readiness.ask()));
            execute(postgres, "update sealing_key set emptied_at = now(), removed_at = now() where key_id = 'elsewhere'");
            assertEquals(Readiness.READY, Await.on(readiness.ask()));
            execute(postgres, "delete from schema_history where installed_rank = (select max(installed_rank) from schema_history where installed_rank < 9999)");
            assertEquals(Readiness.SCHEMA_OLDER, Await.on(readiness.ask()));
        } finally {
            Await.on(vertx.close());
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
