package gatehouse.support;

import gatehouse.kernel.EmbeddedPostgres;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.PostgresUrl;
import gatehouse.kernel.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A fresh, migrated database for a test class, cloned from a template in some 30 ms. One PostgreSQL serves the whole test JVM; its
 * cluster is kept under {@code target}, the template is made anew when a migration changes.
 * <pre>
 * static final TestDatabase DATABASE = TestDatabase.fresh();
 * …  DATABASE.url()  …
 * </pre>
 * Nothing needs closing; close one early only when a class makes very many.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresUrl url;

    private TestDatabase(PostgresUrl url) {
        this.url = url;
    }

    public static TestDatabase fresh() {
        return cloneOf(Server.TEMPLATE);
    }

    /** With all that another holds, to which nobody is connected any more. */
    static TestDatabase like(TestDatabase other) {
        return cloneOf(other.url.database());
    }

    /** Without any table, for tests of the migrations themselves. */
    public static TestDatabase empty() {
        return cloneOf("template1");
    }

    /** {@code postgresql://…} with password, as in GATEHOUSE_DATABASE_URL; its role owns the database and is no superuser. */
    public String url() {
        return url.text();
    }

    public PostgresUrl postgresUrl() {
        return url;
    }

    /** A plain JDBC connection, for looking at rows from outside the program. */
    public Connection connect() throws SQLException {
        return url.connect();
    }

    @Override
    public void close() {
        execute("drop database if exists " + url.database() + " with (force)");
    }

    private static TestDatabase cloneOf(String template) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("create database " + name + " owner gatehouse template " + template);
        return new TestDatabase(Server.POSTGRES.url().withDatabase(name));
    }

    private static synchronized void execute(String sql) {
        try (Connection connection = Server.POSTGRES.superuserUrl().connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** Started when first used. */
    private static final class Server {

        private static final Path HOME = Path.of("target", "test-postgres").toAbsolutePath();
        private static final int MOST_TEST_PROCESSES = 8;
        static final EmbeddedPostgres POSTGRES = start();
        static final String TEMPLATE = template();

        private static EmbeddedPostgres start() {
            StartFailure last = null;
            for (int slot = 1; slot <= MOST_TEST_PROCESSES; slot++) {
                try {
                    EmbeddedPostgres postgres = EmbeddedPostgres.start(HOME.resolve("cluster-" + slot), HOME.resolve("binaries"),
                            EmbeddedPostgres.Durability.VOLATILE);
                    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "test-postgres-stop"));
                    return postgres;
                } catch (StartFailure failed) {
                    if (!failed.getMessage().contains("already running")) {
                        throw failed;
                    }
                    last = failed;
                }
            }
            throw new IllegalStateException("all clusters for tests are in use", last);
        }

        private static String template() {
            String name = "template_" + fingerprintOfMigrations();
            try (Connection connection = POSTGRES.superuserUrl().connect(); Statement statement = connection.createStatement()) {
                boolean ready = false;
                List<String> leftovers = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("select datname, datistemplate from pg_database where datname ~ '^(test|template)_'")) {
                    while (rows.next()) {
                        if (rows.getString(1).equals(name) && rows.getBoolean(2)) {
                            ready = true;
                        } else {
                            leftovers.add(rows.getString(1));
                        }
                    }
                }
                for (String leftover : leftovers) {
                    statement.execute("alter database " + leftover + " is_template false");
                    statement.execute("drop database " + leftover + " with (force)");
                }
                if (!ready) {
                    statement.execute("create database " + name + " owner gatehouse");
                    Migrations.migrate(POSTGRES.url().withDatabase(name));
                    statement.execute("alter database " + name + " is_template true");
                }
                return name;
            } catch (SQLException failed) {
                throw new IllegalStateException("the template database cannot be made", failed);
            }
        }

        private static String fingerprintOfMigrations() {
            Path folder = Path.of("target", "classes", "db");
            if (!Files.isDirectory(folder)) {
                return "none";
            }
            try (Stream<Path> files = Files.walk(folder)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    try (InputStream content = Files.newInputStream(file)) {
                        digest.update(content.readAllBytes());
                    }
                }
                return HexFormat.of().formatHex(digest.digest(), 0, 8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
