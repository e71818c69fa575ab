package gatehouse.kernel;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the database to this program's schema ({@code resources/db/V001__….sql}), forwards only. Several instances may start at once. */
public final class Migrations {

    private Migrations() {
    }

    /**
     * @return how many migrations were applied; 0 when the database was up to date
     * @throws StartFailure when the database is newer than the program, was changed by hand, or a migration fails
     */
    public static int migrate(PostgresUrl database) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database.jdbcText(), database.user(), database.password())
                    .jdbcProperties(database.jdbcProperties())
                    .locations("classpath:db")
                    .table("schema_history")
                    .cleanDisabled(true)
                    .validateOnMigrate(true)
                    .failOnMissingLocations(false)
                    .load();
            refuseNewerDatabase(flyway, database);
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException failed) {
            throw new StartFailure("The database " + database + " cannot be brought to this program's schema: " + failed.getMessage(), failed);
        }
    }

    private static void refuseNewerDatabase(Flyway flyway, PostgresUrl database) {
        String unknown = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS || migration.getState() == MigrationState.FUTURE_FAILED)
                .map(MigrationInfo::getScript)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new StartFailure("""
                    The database %s is newer than this program: it already has %s.
                    Start the newer version of the program, or restore the backup made before its upgrade.""".formatted(database, unknown));
        }
    }
}
