package gatehouse.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.Config;
import gatehouse.Gatehouse;
import gatehouse.support.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances behind nginx are exchanged one after the other while families report and the office looks on: nobody notices, nothing is lost or done twice. */
@Timeout(240)
class RollingRestartTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "gatehouse-demo";
    private static final int PHONES = 8;
    private static final int REPORTS_BETWEEN = 150;
    private static final int PAUSE_MILLIS = 60;

    private final TestDatabase database = TestDatabase.fresh();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    /** How often each resident was told that their report is kept: each of them changes it. */
    private final Map<UUID, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger pictures = new AtomicInteger();
    private final AtomicInteger signs = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    private Gatehouse instance(int port) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "api-servers")), "rolling-").toAbsolutePath();
        return Gatehouse.start(Config.read(Map.of("GATEHOUSE_DATABASE_URL", database.url(), "GATEHOUSE_HTTP_PORT", String.valueOf(port),
                "GATEHOUSE_DATA_DIR", folder.toString(), "GATEHOUSE_KEYS", "test:YSBtYXN0ZXIga2V5IGZvciB0ZXN0cywgMzIgYnl0ZXM=",
                "GATEHOUSE_DEMO", "on", "GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1", "GATEHOUSE_CLOCK_START", "2026-11-23T09:10:00+08:00",
                "GATEHOUSE_DATABASE_POOL", "8")));
    }

    @Test
    void instancesExchangedUnderLoad_failNoRequest_andLoseNoReport() throws Exception {
        int firstPort = Nginx.freePort();
        int secondPort = Nginx.freePort();
        var first = instance(firstPort);
        var second = instance(secondPort);
        try (var nginx = Nginx.inFrontOf(firstPort, secondPort)) {
            var members = residents();
            var phones = new ArrayList<Thread>();
            for (int phone = 0; phone < PHONES; phone++) {
                int number = phone;
                var token = token(nginx);
                phones.add(Thread.ofVirtual().start(() -> reportUntilEnough(nginx, token, members, number)));
            }
            var onlooker = token(nginx);
            phones.add(Thread.ofVirtual().start(() -> lookOnUntilEnough(nginx, onlooker)));
            awaitReports(REPORTS_BETWEEN);
            first.close();
            awaitReports(REPORTS_BETWEEN);
            first = instance(firstPort);
            awaitReports(REPORTS_BETWEEN);
            second.close();
            awaitReports(REPORTS_BETWEEN);
            second = instance(secondPort);
            awaitReports(REPORTS_BETWEEN);
            awaitSign();
            enough.set(true);
            for (var phone : phones) {
                phone.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(streams.get() > 1 && pictures.get() >= streams.get(), streams + " streams, " + pictures + " pictures");
            System.out.printf("two instances exchanged: %d reports, %d streams, %d pictures, none failed%n", answers.get(), streams.get(), pictures.get());
            assertEquals(acknowledged, versions());
        } finally {
            first.close();
            second.close();
        }
    }

    private static String token(Nginx nginx) throws Exception {
        var answer = nginx.client(Version.HTTP_1_1).send(HttpRequest.newBuilder(nginx.at("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"phone\":\"13900000105\",\"password\":\"" + PASSWORD + "\"}")).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Strict-Transport-Security").isPresent(), "the instance does not know that it is behind TLS");
        return JSON.readTree(answer.body()).path("accessToken").asText();
    }

    /** Each phone has its own people: a report of 36.0 to 36.9 for one after the other, in both rounds and again as corrections. */
    private void reportUntilEnough(Nginx nginx, String token, List<UUID> members, int phone) {
        var client = nginx.client(phone % 2 == 0 ? Version.HTTP_2 : Version.HTTP_1_1);
        int turn = 0;
        while (!enough.get()) {
            var who = members.get((turn * PHONES + phone) % members.size());
            report(client, nginx, token, who, 360 + turn / (members.size() / PHONES) % 10);
            turn++;
            pause();
        }
    }

    /** One session may not flood. */
    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            failures.add(stopped.toString());
        }
    }

    private void report(HttpClient client, Nginx nginx, String token, UUID who, int tenths) {
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(nginx.at("/api/v1/health-reports"))
                    .header("Content-Type", "application/json").header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(BodyPublishers.ofString("{\"residentId\":\"%s\",\"date\":\"2026-11-23\",\"round\":\"MORNING\",\"temperature\":%d.%d,\"symptoms\":[]}"
                            .formatted(who, tenths / 10, tenths % 10))).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 201 || answer.statusCode() == 200) {
                acknowledged.merge(who, 1, Integer::sum);
                answers.incrementAndGet();
            } else {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (Exception gone) {
            failures.add(gone.toString());
        }
    }

    /** As a browser's EventSource does: a stream that ends is opened anew, after the pause that it asked for; each new one must be had at once. */
    private void lookOnUntilEnough(Nginx nginx, String token) {
        var client = nginx.client(Version.HTTP_2);
        while (!enough.get()) {
            try {
                var stream = client.send(HttpRequest.newBuilder(nginx.at("/api/v1/monitor/stream")).header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + token).build(), BodyHandlers.ofInputStream());
                if (stream.statusCode() != 200) {
                    failures.add("stream: " + stream.statusCode());
                }
                streams.incrementAndGet();
                Thread.sleep(lookOn(stream.body()));
            } catch (Exception refused) {
                failures.add("stream: " + refused);
            }
        }
    }

    /** Until it ends; answers after how long the next one may be asked for, in milliseconds. */
    private long lookOn(InputStream stream) {
        long retry = 1_000;
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null && !enough.get(); line = lines.readLine()) {
                if (line.startsWith("retry:")) {
                    retry = Long.parseLong(line.substring("retry:".length()).strip());
                } else if (line.startsWith("data:")) {
                    pictures.incrementAndGet();
                    signs.incrementAndGet();
                } else if (line.equals(":")) {
                    signs.incrementAndGet();
                }
            }
        } catch (IOException cut) {
            // an end like any other
        }
        return retry;
    }

    /** A picture, or the heartbeat of one that did not change, because people only correct what they said. */
    private void awaitSign() throws InterruptedException {
        int wanted = signs.get() + 2;
        long end = System.nanoTime() + 30_000_000_000L;
        while (signs.get() < wanted) {
            assertTrue(System.nanoTime() < end, "no sign of the live picture any more; " + streams + " streams, " + pictures + " pictures, " + failures);
            Thread.sleep(10);
        }
    }

    private void awaitReports(int more) throws InterruptedException {
        int wanted = answers.get() + more;
        long end = System.nanoTime() + 60_000_000_000L;
        while (answers.get() < wanted) {
            assertTrue(System.nanoTime() < end && failures.size() < 20, "too few reports; " + failures);
            Thread.sleep(10);
        }
    }

    private List<UUID> residents() throws SQLException {
        var residents = new ArrayList<UUID>();
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select r.id from resident r join compound c on c.id = r.compound_id
                where c.name = '阳光花园' and not exists (select 1 from health_report p where p.resident_id = r.id and p.report_date = '2026-11-23')
                order by r.id""")) {
            while (rows.next()) {
                residents.add(rows.getObject(1, UUID.class));
            }
        }
        return residents;
    }

    /** The versions of the reports that the phones made. */
    private Map<UUID, Integer> versions() throws SQLException {
        var versions = new HashMap<UUID, Integer>();
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select resident_id, version from health_report where report_date = '2026-11-23' and round = 1")) {
            while (rows.next()) {
                var resident = rows.getObject(1, UUID.class);
                if (acknowledged.containsKey(resident)) {
                    versions.put(resident, rows.getInt(2));
                }
            }
        }
        return versions;
    }
}
