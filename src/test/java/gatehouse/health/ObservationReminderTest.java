package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is due today in an observation, in the whole product, on two instances and after restarts, from the hour to people's inboxes. */
class ObservationReminderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_ENOUGH_FOR_THE_JOB = Duration.ofMillis(2_500);

    @Test
    void dueToday_isToldOnceADay_toTheHomeAndItsStaff_andToNobodyElse() throws Exception {
        try (var api = ApiServer.start()) {
            var compound = api.given().compound("阳光花园");
            var home = compound.household("3-2-1402");
            var resident = api.resident(home, "王小明");
            var child = home.resident("王小小");
            var neighbour = api.resident(compound.household("3-2-1403"), "李红");
            var worker = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("一", "3"));
            var otherWorker = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("二", "4"));
            var office = api.staff(compound.id(), Role.OFFICE, compound.id());
            var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
            var guard = api.staff(compound.id(), Role.GUARD, compound.gate("东门"));
            // the seventh day of one, whose test is due, and the third of the other
            api.clock().set("2026-11-22T20:00:00+08:00");
            office = api.again(office);
            begin(office, resident.me().at("/resident/id").asText(), "2026-11-17");
            begin(office, child, "2026-11-21");
            // in a building that is in nobody's grid, and without anybody who can read a message
            begin(office, compound.household("9-1-101").resident("赵爷爷"), "2026-11-21");
            api.another();
            api.clock().set("2026-11-23T08:29:59.999+08:00");
            Thread.sleep(LONG_ENOUGH_FOR_THE_JOB);
            var before = day(api, office);
            api.clock().set("2026-11-23T08:30:00+08:00");
            awaitNew(api, office, before);
            assertEquals(List.of("今天 9:00 和 15:00 请各填报一次；另有 1 项安排，请登录查看。"), onThe("2026-11-23", api, resident));
            assertEquals(List.of("今天有 2 项要办理，请登录查看。"), onThe("2026-11-23", api, worker), "two visits");
            assertEquals(List.of("今天有 2 项要办理，请登录查看。"), onThe("2026-11-23", api, office), "a test, and a visit where there is no grid");
            for (var nobody : List.of(neighbour, otherWorker, centre, guard)) {
                assertEquals(List.of(), onThe("2026-11-23", api, nobody));
            }
            api.another();
            api.clock().set("2026-11-23T11:00:00+08:00");
            Thread.sleep(LONG_ENOUGH_FOR_THE_JOB);
            assertEquals(1, onThe("2026-11-23", api, resident).size());
            assertEquals(1, onThe("2026-11-23", api, office).size());
            test(api.again(office), resident, "2026-11-23");
            before = day(api, office);
            // the hour was missed by a stop and is made up
            api.clock().set("2026-11-24T13:05:00+08:00");
            awaitNew(api, worker, day(api, worker));
            assertEquals(List.of("今天 9:00 和 15:00 请各填报一次。"), onThe("2026-11-24", api, resident));
            assertEquals(List.of("今天有 1 项要办理，请登录查看。"), onThe("2026-11-24", api, office));
            assertTrue(day(api, office).containsAll(before));
        }
    }

    private static void begin(ApiClient office, Object resident, String startsOn) {
        office.post("/observations", Map.of("residentIds", List.of(resident), "reason", "返回", "startsOn", startsOn, "days", 14)).expect(201);
    }

    private static void test(ApiClient office, ApiClient resident, String day) {
        var id = resident.me().at("/resident/id").asText();
        for (var item : office.get("/observations?state=OPEN").expect(200).body().path("items")) {
            if (item.path("residentId").asText().equals(id)) {
                office.post("/observations/" + item.path("id").asText() + "/tests", Map.of("takenOn", day, "result", "NEGATIVE")).expect(201);
            }
        }
    }

    /** The ids of what somebody was told of the day in observations so far; logged in anew, because the clock has run on since. */
    private static List<String> day(ApiServer api, ApiClient person) {
        var found = new ArrayList<String>();
        api.again(person).get("/notifications?limit=200").expect(200).body().path("items").forEach(item -> {
            if (item.path("kind").asText().matches("OBSERVATION_(DAY|DAY_MORE|DUTIES)")) {
                found.add(item.path("id").asText());
            }
        });
        return found;
    }

    private static List<String> onThe(String date, ApiServer api, ApiClient person) {
        var found = new ArrayList<String>();
        api.again(person).with("Accept-Language", "zh-CN").get("/notifications?limit=200").expect(200).body().path("items").forEach(item -> {
            if (item.path("kind").asText().matches("OBSERVATION_(DAY|DAY_MORE|DUTIES)") && item.path("createdAt").asText().startsWith(date)) {
                found.add(item.path("text").asText());
            }
        });
        return found;
    }

    private static void awaitNew(ApiServer api, ApiClient person, List<String> before) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (day(api, person).size() <= before.size() && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        assertEquals(before.size() + 1, day(api, person).size());
        // the others' messages are of the same commit; their delivery may take another look
        Thread.sleep(LONG_ENOUGH_FOR_THE_JOB);
    }
}
