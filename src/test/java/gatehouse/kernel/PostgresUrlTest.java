package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresUrlTest {

    private static final String WRITTEN = "postgresql://gate%40house:p%2Fw+%E5%AF%86@db1:6432,[fd00::2]:5432/ga%20te?application_name=gate%201&sslmode=verify-full";

    @Test
    void parse_percentEncodedText_isPlainInTheRecordAndTheSameWhenWrittenAgain() {
        PostgresUrl url = PostgresUrl.parse(WRITTEN);
        assertEquals("gate@house", url.user());
        assertEquals("p/w+密", url.password());
        assertEquals("ga te", url.database());
        assertEquals(url, PostgresUrl.parse(url.text()));
    }

    @Test
    void parse_withoutPort_meansPostgresUsualOne() {
        assertEquals(List.of(new PostgresUrl.Host("db", 5432)), PostgresUrl.parse("postgres://a:b@db/c").hosts());
    }

    @Test
    void connectOptions_ofSeveralHosts_areOneForEachWithTheSameSecrets() {
        List<PgConnectOptions> options = PostgresUrl.parse(WRITTEN).connectOptions();
        assertEquals(List.of("db1", "fd00::2"), options.stream().map(PgConnectOptions::getHost).toList());
        assertEquals(List.of(6432, 5432), options.stream().map(PgConnectOptions::getPort).toList());
        assertEquals("p/w+密", options.getLast().getPassword());
        assertEquals("gate 1", options.getLast().getProperties().get("application_name"));
    }

    @Test
    void connectOptions_verifyFull_checksTheServersNameAndTrustsNotEverybody() {
        PgConnectOptions options = PostgresUrl.parse(WRITTEN).connectOptions().getFirst();
        assertEquals(SslMode.VERIFY_FULL, options.getSslMode());
        assertNotNull(options.getSslOptions());
        assertEquals("HTTPS", options.getSslOptions().getHostnameVerificationAlgorithm());
        assertFalse(options.getSslOptions().isTrustAll());
    }

    /** Else the migrations, which go by JDBC, may come through where the service does not. */
    @Test
    void bothClients_askForTheSameTls_alsoWhereNothingIsSaid() {
        for (String mode : List.of("", "?sslmode=disable", "?sslmode=require", "?sslmode=allow")) {
            PostgresUrl url = PostgresUrl.parse("postgresql://a:b@db/c" + mode);
            assertEquals(SslMode.of(url.jdbcProperties().get("sslmode")), url.connectOptions().getFirst().getSslMode(), mode);
        }
        assertEquals(SslMode.DISABLE, PostgresUrl.parse("postgresql://a:b@db/c").connectOptions().getFirst().getSslMode());
        String refusal = assertThrows(IllegalArgumentException.class, () -> PostgresUrl.parse("postgresql://a:b@db/c?sslmode=prefer")).getMessage();
        assertTrue(refusal.contains("require"), refusal);
    }

    @Test
    void targetSessionAttrs_isTakenWhereItAsksForThePrimary_whichIsUsedAnyway() {
        for (String usual : List.of("read-write", "primary")) {
            PostgresUrl url = PostgresUrl.parse("postgresql://a:b@db1,db2/c?target_session_attrs=" + usual);
            assertEquals("primary", url.jdbcProperties().get("targetServerType"));
            assertEquals(url, PostgresUrl.parse(url.text()));
        }
        String refusal = assertThrows(IllegalArgumentException.class, () -> PostgresUrl.parse("postgresql://a:b@db/c?target_session_attrs=standby")).getMessage();
        assertTrue(refusal.contains("read-write or primary"), refusal);
    }

    @Test
    void toString_neverShowsThePassword() {
        assertEquals("postgresql://gate%40house:***@db1:6432,[fd00::2]:5432/ga%20te", PostgresUrl.parse(WRITTEN).toString());
    }
}
