package gatehouse.contract;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Retentions;
import gatehouse.audit.AuditLog;
import gatehouse.audit.Retention;
import gatehouse.contract.World.Place;
import gatehouse.forms.FormActions;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Role;
import gatehouse.registry.Policies;
import gatehouse.support.ApiClient;
import gatehouse.support.TestClock;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of every table in time. A new table fails here until somebody has decided how long what it holds is kept. */
class RetentionTest {
    /** Emptied by {@link gatehouse.Retentions}. */
    private static final Set<String> FORGOTTEN = Set.of("health_report", "health_report_version", "health_alert", "health_alert_step", "health_alert_report", "health_knock", "health_look",
            "observation", "observation_event", "travel_declaration", "travel_stay", "travel_test", "gate_scan", "outing_pass", "outing_pass_event",
            "outing_quota_day", "outing_wait", "door_task", "door_task_parcel", "door_task_purchase", "door_task_event", "purchase", "purchase_item",
            "purchase_event", "door_arrangement", "door_volunteer", "door_volunteer_building", "notification", "emergency_entry");

    /** Each by a job of its own, which has a test of its own. */
    private static final Map<String, List<String>> BY_OTHERS = Map.ofEntries(
            entry("forget-visitors", List.of("visit", "visit_event", "gate_conflict_review")),
            entry("forget-tickets", List.of("ticket", "ticket_event", "ticket_message", "ticket_follower", "ticket_photo", "ticket_pause", "wording")),
            entry("forget-parcels", List.of("parcel", "parcel_event", "parcel_photo", "pickup", "pickup_slot", "pickup_collector", "courier_link")),
            entry("sweep-photos", List.of("photo")),
            entry("sweep-identity", List.of("session", "guess_counter", "known_source", "password_reset", "portal_login", "wechat_binding", "invitation",
                    "invitation_code")),
            entry("sweep-outbox; apply-retention, what could not be delivered", List.of("outbox_message")),
            entry("sweep-wechat", List.of("wechat_message", "wechat_credit", "wechat_push", "wechat_token")),
            entry("sweep-sms", List.of("sms_message")),
            entry("sweep-outing-requests", List.of("outing_request")),
            entry("sweep-idempotency-keys", List.of("idempotency_key")),
            entry("sweep-job-runs", List.of("job_run", "job_known")),
            entry("apply-audit-retention", List.of("audit_entry", "disclosure")),
            entry("apply-retention, who moved out", List.of("resident", "account", "account_login", "wechat_login")),
            entry("apply-retention, names only", List.of("form_frozen_row", "form_freeze", "form_frozen")));

    /** As long as the compound, the household, the account or the installation is there; or numbers that name nobody. */
    private static final Set<String> STAY = Set.of("subdistrict", "community", "compound", "grid", "gate", "building", "unit", "household",
            "policy", "policy_history", "roster_import", "role_grant", "control_level", "control_level_change", "outing_buyer",
            "outing_slot", "outing_gate_day", "health_day_mark", "health_round_count", "health_temperature_day", "health_temperature_count", "risk_region",
            "audit_head", "disclosure_count", "ticket_number", "ticket_rule", "working_calendar", "working_day",
            "sms_declined", "scene", "sealing_key", "search_key", "compound_search_key", "kept_key", "schema_history");

    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static List<String> strings(String sql) {
        var found = new ArrayList<String>();
        try (var connection = world.api.database().connect(); var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private static long count(String table) {
        return Long.parseLong(strings("select count(*) from " + table).getFirst());
    }

    @Test
    void everyTable_saysHowLongItIsKept() {
        var listed = new TreeSet<>(FORGOTTEN);
        BY_OTHERS.values().forEach(listed::addAll);
        listed.addAll(STAY);
        assertEquals(new TreeSet<>(strings("select tablename from pg_tables where schemaname = 'public'")), listed);
    }

    @Test
    void whatIsOver_isForgottenWhenItsDaysAreOver_againstCertificates() {
        everythingThatCanBeForgotten();
        var leaving = somebodyWhoLeaves();
        var empty = FORGOTTEN.stream().filter(table -> count(table) == 0).collect(toSet());
        assertEquals(Set.of(), empty, "nothing was there to be forgotten");
        assertEquals(0, retain("2026-12-01T02:35:00+08:00"), "nothing is so old");
        int forgotten = retain("2037-01-01T02:35:00+08:00");
        assertTrue(forgotten > FORGOTTEN.size() / 3, "forgotten: " + forgotten);
        assertEquals(Set.of(), FORGOTTEN.stream().filter(table -> count(table) > 0).collect(toSet()), "still there");
        assertEquals(List.of("SENT", "WAITING"), strings("select distinct state from outbox_message order by state"), "what is on its way stays");
        assertEquals(0, retain("2037-01-01T02:36:00+08:00"));
        assertEquals(List.of("—"), strings("select name from account where id = '" + leaving.id() + "' and phone_sealed is null and password_hash is null"));
        assertEquals(List.of("—"), strings("select name from resident where id = '" + leaving.me().at("/resident/id").asText()
                + "' and phone_sealed is null and id_number_sealed is null and born_on is null"));
        assertEquals(List.of(), strings("select 1 from account_login where account_id = '" + leaving.id() + "'"));
        assertTrue(Long.parseLong(strings("select count(*) from resident where moved_out_at is null and name <> '—'").getFirst()) > 0, "who lives here stays");
        var certified = new TreeSet<>(strings("select jsonb_object_keys(details) from audit_entry where action = 'RETENTION_APPLIED'"));
        assertEquals(Stream.of("alerts", "arrangements", "emergencyVehicles", "healthLooks", "healthReports", "inboxMessages", "journeys", "knocks", "movedOutAccounts", "movedOutResidents", "observations", "passes", "purchases", "scans", "undeliveredMessages",
                "volunteers", "waiting", "walks").flatMap(what -> Stream.of(what, what + "Before")).collect(toSet()), certified);
        assertTrue(count("ticket_event") > 0, "tickets are not its business");
    }

    private static ApiClient somebodyWhoLeaves() {
        var home = world.api.given().compound("枫林苑").household("1-1-101");
        var leaving = world.api.resident(home, "金丝雀");
        world.api.staff(home.compoundId(), Role.OFFICE, home.compoundId())
                .post("/residents/" + leaving.me().at("/resident/id").asText() + "/move-out").expect(204);
        return leaving;
    }

    /** By the samples of the operations that make it, and then ended by hand where only time would. */
    private static void everythingThatCanBeForgotten() {
        for (var operation : world.api.contract().operations().values()) {
            var sample = Samples.of(operation.operationId()).orElseThrow();
            if (!operation.method().equals("GET") && !sample.spendsCaller() && operation.needsToken()) {
                somebodyWhoMay(operation.operationId()).ifPresent(caller ->
                        sample.maker().call(world, caller, world.spot(Place.OWN_HOUSEHOLD)).by(caller));
            }
        }
        world.newNotification(world.person(Role.OFFICE).me());
        world.person(Role.OFFICE).get("/health-reports/" + world.newReport(world.spot(Place.OWN_HOUSEHOLD)) + "/versions").expect(200);
        for (var more : List.of(
                """
                insert into travel_stay (compound_id, declaration_id, position, region_code, region_name, arrived_on, left_on, transport)
                select compound_id, id, 1, '420100', '武汉市', '2026-11-15', '2026-11-16', '火车' from travel_declaration limit 1""",
                """
                insert into door_volunteer_building (compound_id, volunteer_id, building_id)
                select v.compound_id, v.id, b.id from door_volunteer v join building b on b.compound_id = v.compound_id limit 1""",
                """
                insert into door_task_purchase (compound_id, task_id, purchase_id)
                select t.compound_id, t.id, p.id from door_task t join purchase p on p.compound_id = t.compound_id limit 1""",
                """
                insert into outing_quota_day (compound_id, household_id, quota_date, place, pass_id)
                select compound_id, household_id, outing_date, 1, id from outing_pass limit 1""",
                """
                update outbox_message set state = 'PARKED', settled_at = created_at where (compound_id, id) in (
                    select compound_id, id from outbox_message order by id limit 1)""",
                """
                update outbox_message set state = 'WAITING', settled_at = null, next_attempt_at = 'infinity' where (compound_id, id) in (
                    select compound_id, id from outbox_message where state <> 'PARKED' order by id limit 1)""",
                "update health_alert set state = 'CLOSED', closed_at = opened_at, acknowledged_at = coalesce(acknowledged_at, opened_at) where state <> 'CLOSED'",
                "update observation set state = 'RELEASED', ended_at = opened_at where state = 'OPEN'",
                "update outing_wait set state = 'LEFT', ended_at = asked_at where state in ('WAITING', 'OFFERED')",
                "update outing_pass set state = 'RETURNED', decided_at = coalesce(decided_at, requested_at)",
                "update purchase set state = 'CANCELLED', ended_at = requested_at, asked_fen = null where ended_at is null",
                "update door_task set state = 'CANCELLED', ended_at = opened_at where ended_at is null",
                "update door_arrangement set state = 'ENDED', decided_at = coalesce(decided_at, asked_at) where state in ('ASKED', 'GRANTED')")) {
            strings(more + " returning '' as ended");
        }
    }

    /** What the job does at that time; the product's own clock stands, so that it does nothing beside. */
    private static int retain(String time) {
        var clock = new TestClock(time).business();
        var vertx = Vertx.vertx();
        var url = world.api.database().postgresUrl();
        try (var database = new Database(vertx, url.connectOptions(), 2); var notifications = new Notifications(vertx, url.connectOptions().getFirst())) {
            var policies = new Policies(database, database, clock, notifications);
            var audit = new AuditLog(world.api.keys());
            return new Retention(database, clock, audit).apply(Retentions.of(policies, new FormActions(database, clock, policies, audit, List.of())));
        } finally {
            Await.on(vertx.close());
        }
    }

    private static Optional<ApiClient> somebodyWhoMay(String operationId) {
        return Stream.of(Role.values()).filter(role -> world.person(role).me().path("permissions").toString().contains('"' + operationId + '"'))
                .findFirst().map(world::fresh);
    }
}
