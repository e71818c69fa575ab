package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A form of a hundred thousand lines, and readers who do not read it. */
@Isolated("readers who do not read are cut off after some seconds")
class LongFormTest {
    private static final int PEOPLE = 100_000;
    private static final int SMALL_WINDOW = 4_096;
    private static ApiServer api;
    private static ApiClient office;

    @BeforeAll
    static void aTown() {
        api = ApiServer.start();
        Given.Compound town = api.given().compound("大院");
        var home = town.household("1-1-101");
        run("""
                insert into resident (compound_id, id, household_id, building_id, name, relation, created_at, updated_at)
                select '%s', gen_random_uuid(), '%s', '%s', repeat('长', 80) || i, 'OTHER', '2026-11-22', '2026-11-22'
                from generate_series(1, %d) i""".formatted(town.id(), home.id(), home.buildingId(), PEOPLE));
        office = api.staff(town.id(), Role.OFFICE, town.id());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void run(String sql) {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    @Test
    void longForm_comesWhole_asEitherFile() throws IOException {
        var csv = office.get("/forms/missing-list.csv");
        assertEquals(String.valueOf(PEOPLE), csv.header("Gatehouse-Rows-Expected").orElseThrow());
        assertTrue(csv.header("Content-Length").isEmpty());
        assertEquals(PEOPLE, Table.csv(csv).lines().size());
        var xlsx = office.get("/forms/missing-list.xlsx").expect(200);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx.raw().body())); var rows = workbook.getFirstSheet().openStream()) {
            assertEquals(PEOPLE + 2, rows.count());
        }
    }

    @Test
    void readersWhoDoNotRead_holdFewPlaces_andLeaveNothingBehind() throws Exception {
        var idle = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            idle.add(begin());
        }
        assertEquals(4, awaitReading(4), "each is in the middle of its rows");
        var fifth = office.get("/forms/missing-list.csv");
        fifth.expectProblem(503, "overloaded");
        assertTrue(fifth.header("Retry-After").isPresent());
        for (var socket : idle) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        assertEquals(0, awaitReading(0), "nobody reads, and rows are read on");
        assertEquals(PEOPLE, Table.csv(office.get("/forms/missing-list.csv")).lines().size());
    }

    /** Somebody who reads the status and then nothing more. */
    private static Socket begin() throws IOException {
        var address = URI.create(api.portal());
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream().write(("GET /api/v1/forms/missing-list.csv HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + office.accessToken()
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals("HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        return socket;
    }

    /** How many transactions are open between two batches of rows; waits until they are as many as expected and stay so. */
    private static int awaitReading(int expected) throws Exception {
        int found = -1;
        for (int quiet = 0, tries = 0; quiet < 5 && tries < 100; tries++) {
            Thread.sleep(200);
            found = reading();
            quiet = found == expected ? quiet + 1 : 0;
        }
        return found;
    }

    private static int reading() throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select count(*) from pg_stat_activity
                where datname = current_database() and state = 'idle in transaction' and query like '%last_report_date%'""")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
