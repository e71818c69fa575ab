package gatehouse.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the database to this program's schema ({@code resources/db/V001__….sql}), forwards only. Several instances may start at once.
 *
 * <p>Loading Flyway costs most of a second on a small machine, so a database whose history already equals the program's files, script
 * by script and checksum by checksum, is left alone without it; whatever differs is Flyway's to judge.
 */
public final class Migrations {

    private static final String FOLDER = "db";
    private static final String HISTORY = "schema_history";
    private static final String UNDEFINED_TABLE = "42P01";

    private Migrations() {
    }

    /**
     * @return how many migrations were applied; 0 when the database was up to date
     * @throws StartFailure when the database cannot be reached, is newer than the program, was changed by hand, or a migration fails
     */
    public static int migrate(PostgresUrl database) {
        return migrate(database, FOLDER);
    }

    static int migrate(PostgresUrl database, String folder) {
        return applied(database).equals(shipped(folder)) ? 0 : migrate(database, folder, MigrationVersion.LATEST);
    }

    /** As far as that script of {@link #shipped()} and no farther. */
    public static void migrateTo(PostgresUrl database, String script) {
        migrate(database, FOLDER, MigrationVersion.fromVersion(script.substring(1, script.indexOf("__"))));
    }

    private static int migrate(PostgresUrl database, String folder, MigrationVersion last) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database.jdbcText(), database.user(), database.password())
                    .jdbcProperties(database.jdbcProperties())
                    .locations("classpath:" + folder)
                    .table(HISTORY)
                    .target(last)
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

    /** Checksum by script of what the database has; empty when it has no history or one with a failure. */
    public static SortedMap<String, Integer> applied(PostgresUrl database) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("select script, checksum, success from " + HISTORY)) {
            SortedMap<String, Integer> scripts = new TreeMap<>();
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return new TreeMap<>();
                }
                scripts.put(rows.getString("script"), rows.getInt("checksum"));
            }
            return scripts;
        } catch (SQLException failed) {
            if (UNDEFINED_TABLE.equals(failed.getSQLState())) {
                return new TreeMap<>();
            }
            throw new StartFailure("""
                    The database %s cannot be used: %s
                    Check that it runs, that the address, user and password are right, and that the user may create tables there."""
                    .formatted(database, failed.getMessage()), failed);
        }
    }

    /** Checksum by script of what this program brings. */
    public static SortedMap<String, Integer> shipped() {
        return shipped(FOLDER);
    }

    private static SortedMap<String, Integer> shipped(String folder) {
        URL place = Migrations.class.getClassLoader().getResource(folder);
        SortedMap<String, Integer> scripts = new TreeMap<>();
        for (String script : place == null ? List.<String>of() : scriptsAt(place)) {
            scripts.put(script, checksum(folder + "/" + script));
        }
        return scripts;
    }

    private static List<String> scriptsAt(URL place) {
        try {
            URLConnection connection = place.openConnection();
            if (connection instanceof JarURLConnection inJar) {
                String prefix = inJar.getEntryName().endsWith("/") ? inJar.getEntryName() : inJar.getEntryName() + "/";
                return inJar.getJarFile().stream().map(ZipEntry::getName)
                        .filter(name -> name.startsWith(prefix) && name.endsWith(".sql")).map(name -> name.substring(prefix.length())).toList();
            }
            try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")).toList();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As Flyway reckons it: CRC-32 over the lines without their ends. */
    private static int checksum(String resource) {
        CRC32 crc = new CRC32();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Migrations.class.getClassLoader().getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                crc.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return (int) crc.getValue();
    }

    private static void refuseNewerDatabase(Flyway flyway, PostgresUrl database) {
        List<String> unknown = new ArrayList<>();
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS || migration.getState() == MigrationState.FUTURE_FAILED) {
                unknown.add(migration.getScript());
            }
        }
        if (!unknown.isEmpty()) {
            throw new StartFailure("""
                    The database %s is newer than this program: it already has %s.
                    Start the newer version of the program, or restore the backup made before its upgrade."""
                    .formatted(database, String.join(", ", unknown)));
        }
    }
}
