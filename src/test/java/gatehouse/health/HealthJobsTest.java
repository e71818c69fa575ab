package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The jobs of health in the whole product, on two instances, from the hour to people's inboxes. */
class HealthJobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void reminders_cutOffAndCallList_reachTheirInboxesOnce_alsoFromAnInstanceStartedLater() throws Exception {
        try (var api = ApiServer.start()) {
            var compound = api.given().compound("阳光花园");
            var home = compound.household("3-2-1402");
            var grid = compound.grid("第一网格", "3");
            api.clock().set("2026-11-22T20:00:00+08:00");
            var resident = api.resident(home, "王小明");
            var worker = api.staff(compound.id(), Role.GRID_WORKER, grid);
            // today's cut-off was missed and is made up; today's reminders are not
            await(api, worker, "CALL_LIST", 1);
            api.another();
            api.clock().set("2026-11-23T08:59:59.999+08:00");
            Thread.sleep(2_500);
            assertEquals(0, inbox(api, resident, "ROUND_REMINDER"));
            api.clock().set("2026-11-23T09:00:00+08:00");
            await(api, resident, "ROUND_REMINDER", 1);
            api.clock().set("2026-11-23T15:00:00+08:00");
            await(api, resident, "ROUND_REMINDER", 2);
            api.another();
            api.clock().set("2026-11-23T15:45:00+08:00");
            await(api, resident, "ROUND_MISSING", 1);
            api.clock().set("2026-11-23T16:01:00+08:00");
            await(api, worker, "CALL_LIST", 2);
            Thread.sleep(2_500);
            assertEquals(2, inbox(api, resident, "ROUND_REMINDER"));
            assertEquals(1, inbox(api, resident, "ROUND_MISSING"));
            assertEquals(2, inbox(api, worker, "CALL_LIST"));
            assertEquals(1, api.again(worker).get("/health-rounds/call-list").expect(200).body().path("items").size());
        }
    }

    @Test
    void fever_thatNobodyAcknowledges_reachesTheHealthCentreAndTheSubdistrictAfterTenMinutes() throws Exception {
        try (var api = ApiServer.start()) {
            var compound = api.given().compound("阳光花园");
            var resident = api.resident(compound.household("3-2-1402"), "王小明");
            var office = api.staff(compound.id(), Role.OFFICE, compound.id());
            var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
            var subdistrict = api.staff(compound.id(), Role.SUBDISTRICT, api.given().subdistrictId());
            api.another();
            resident.post("/health-reports", Map.of("temperature", 38.2, "symptoms", List.of())).expect(201);
            await(api, office, "ALERT_OPENED", 1);
            api.clock().set("2026-11-22T09:39:59.999+08:00");
            Thread.sleep(2_500);
            assertEquals(0, inbox(api, centre, "ALERT_ESCALATED"));
            api.clock().set("2026-11-22T09:40:00+08:00");
            await(api, centre, "ALERT_ESCALATED", 1);
            await(api, subdistrict, "ALERT_ESCALATED", 1);
            await(api, office, "ALERT_OVERDUE", 1);
            Thread.sleep(2_500);
            assertEquals(1, inbox(api, centre, "ALERT_ESCALATED"));
            assertEquals(1, api.again(centre).get("/alerts?state=ESCALATED").expect(200).body().at("/items/0/steps").size());
        }
    }

    private static void await(ApiServer api, ApiClient person, String kind, int expected) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int found = inbox(api, person, kind);
        while (found < expected && System.nanoTime() < end) {
            Thread.sleep(200);
            found = inbox(api, person, kind);
        }
        assertEquals(expected, found, kind);
    }

    /** The person logs in anew each time, because the clock has run on since. */
    private static int inbox(ApiServer api, ApiClient person, String kind) {
        var items = api.again(person).get("/notifications?limit=200").expect(200).body().path("items");
        assertTrue(items.isArray());
        return (int) StreamSupport.stream(items.spliterator(), false).filter(each -> each.path("kind").asText().equals(kind)).count();
    }
}
