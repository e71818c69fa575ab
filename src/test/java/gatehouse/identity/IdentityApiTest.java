package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IdentityApiTest {
    private static ApiServer api;
    private static Given.Compound garden;
    private static UUID gate;
    private static ApiClient office;
    private static ApiClient administrator;

    @BeforeAll
    static void open() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
        gate = garden.gate("东门");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        administrator = api.staff(garden.id(), Role.ADMIN, garden.id());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** Tests here move the clock past the life of an access token. */
    @BeforeEach
    void freshTokens() {
        office = api.again(office);
        administrator = api.again(administrator);
    }

    private static Map<String, Object> hire(String phone, Object... grants) {
        return Map.of("name", "新人", "phone", phone, "password", "correct horse", "grants", List.of(grants));
    }

    private static Map<String, Object> guard() {
        return Map.of("role", "GUARD", "reach", "GATE", "reachId", gate.toString());
    }

    @Test
    void logIn_asGuard_tellsWhoIAmAndWhatIMayDo() {
        var phone = api.phoneOf(api.staff(garden.id(), Role.GUARD, gate).id());
        var guard = api.visitor().logIn("+86 " + phone, TestAccounts.PASSWORD);
        var me = guard.get("/me").expect(200);
        assertEquals(guard.me(), me.body());
        assertEquals("东门", me.text("/gates/0/name"));
        assertEquals("GUARD", me.text("/roles/0"));
        assertTrue(me.body().path("permissions").toString().contains("\"getMe\""));
        assertFalse(me.body().path("permissions").toString().contains("createAccount"));
        assertFalse(me.body().path("permissions").toString().contains("logIn"));
    }

    @Test
    void logIn_asResident_namesHouseholdAndResident() {
        var me = api.resident(garden.household("3-2-1402"), "王小明").get("/me").expect(200);
        assertEquals("3-2-1402", me.text("/household/label"));
        assertEquals("王小明", me.text("/resident/name"));
    }

    @Test
    void logIn_wrongPasswordAndUnknownPhone_areTheSameAnswer() {
        var known = api.visitor().post("/auth/login", Map.of("phone", api.phoneOf(office.id()), "password", "wrong")).expectProblem(401, "wrong-credentials");
        var unknown = api.visitor().post("/auth/login", Map.of("phone", "13700000000", "password", "wrong")).expectProblem(401, "wrong-credentials");
        assertEquals(withoutInstance(known), withoutInstance(unknown));
    }

    private static String withoutInstance(ApiClient.Answer answer) {
        return answer.body().toString().replaceAll("urn:gatehouse:request:[^\"]+", "");
    }

    @Test
    void logIn_guessing_isSlowedWithRetryAfter() {
        var phone = ApiServer.phone();
        var guess = Map.of("phone", phone, "password", "wrong");
        for (int i = 0; i < 5; i++) {
            api.visitor().post("/auth/login", guess).expect(401);
        }
        var slowed = api.visitor().post("/auth/login", guess).expectProblem(429, "too-many-attempts");
        assertEquals("10", slowed.header("Retry-After").orElseThrow());
    }

    @Test
    void sessions_areReadAlso_whileEveryConnectionOfTheFeaturesIsTaken() throws Exception {
        var resident = api.resident(garden.household("3-2-1403"), "李小红");
        var ticket = Map.of("kind", "REPAIR", "category", "WATER_TAP", "place", Map.of("area", "HOME", "text", "厨房"), "description", "滴水", "urgency", "NORMAL");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); var holder = api.database().connect(); var watcher = api.database().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table ticket");
            var held = IntStream.range(0, 30).mapToObj(i -> threads.submit(() -> resident.post("/tickets", ticket).status())).toList();
            // the pool has eight; the jobs borrow one now and then
            while (waitingForLocks(watcher) < 7) {
                Thread.sleep(5);
            }
            resident.get("/households").expectProblem(403, "not-permitted");
            holder.rollback();
            for (var each : held) {
                // on a slow machine some have waited too long for a connection
                assertTrue(List.of(201, 503).contains(each.get()));
            }
        }
    }

    private static int waitingForLocks(Connection watcher) throws SQLException {
        try (var rows = watcher.createStatement().executeQuery(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void anyCall_withoutOrWithBadToken_isUnauthorised() {
        api.visitor().get("/me").expectProblem(401, "not-logged-in");
        for (var token : List.of("x", "a.b.c", office.accessToken() + "x", office.accessToken().replaceFirst("\\.[^.]+$", "."))) {
            var refused = api.visitor().withToken(token).get("/me").expectProblem(401, "not-logged-in");
            assertEquals("Bearer", refused.header("WWW-Authenticate").orElseThrow());
        }
        api.visitor().with("Authorization", "Basic eDp5").get("/me").expect(401);
    }

    @Test
    void anyCall_withExpiredToken_isUnauthorisedUntilRefreshed() {
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        api.clock().move(AccessTokens.LIFETIME);
        guard.get("/me").expectProblem(401, "not-logged-in");
        var refreshed = guard.as(api.visitor().post("/auth/refresh", Map.of("refreshToken", guard.refreshToken())).expect(200));
        refreshed.get("/me").expect(200);
    }

    @Test
    void refresh_twiceThenLate_endsTheSessionOnAnotherInstanceToo() {
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var old = Map.of("refreshToken", guard.refreshToken());
        var next = guard.as(api.visitor().post("/auth/refresh", old).expect(200));
        assertEquals(next.refreshToken(), api.visitor().post("/auth/refresh", old).expect(200).text("/refreshToken"));
        api.clock().move(Duration.ofSeconds(61));
        api.visitor().post("/auth/refresh", old).expectProblem(401, "session-ended");
        next.get("/me").expectProblem(401, "session-ended");
    }

    @Test
    void logOut_onOneInstance_isSeenAtOnceOnAnother() {
        var another = api.another();
        for (int i = 0; i < 20; i++) {
            var guard = api.staff(garden.id(), Role.GUARD, gate);
            guard.at(another).get("/me").expect(200);
            guard.post("/auth/logout").expect(204);
            guard.at(another).get("/me").expectProblem(401, "session-ended");
        }
    }

    @Test
    void roles_changedOnOneInstance_actAtOnceOnAnother() {
        var another = api.another();
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        guard.at(another).get("/me").expect(200);
        var repairman = Map.of("role", "REPAIRMAN", "reach", "COMPOUND", "reachId", garden.id().toString());
        office.put("/accounts/" + guard.id() + "/roles", Map.of("grants", List.of(repairman))).expect(200);
        guard.at(another).get("/me").expectProblem(401, "not-logged-in");
        var refreshed = guard.as(api.visitor().post("/auth/refresh", Map.of("refreshToken", guard.refreshToken())).expect(200));
        assertEquals("REPAIRMAN", refreshed.at(another).get("/me").expect(200).text("/roles/0"));
    }

    @Test
    void invitation_fromDoorCardToAccount_worksOnce() {
        var household = garden.household("1-1-101");
        household.resident("李雷");
        var invitation = office.post("/households/" + household.id() + "/invite").expect(201);
        assertTrue(invitation.text("/inviteCode").matches("([0-9A-Z]{4}-){2}[0-9A-Z]{4}"));
        assertEquals("2026-12-22", invitation.text("/expiresAt").substring(0, 10));
        assertTrue(invitation.text("/qr").startsWith("data:image/png;base64,iVBOR"));
        var body = Map.of("inviteCode", invitation.text("/inviteCode").toLowerCase(java.util.Locale.ROOT), "name", "李雷", "phone", ApiServer.phone(),
                "password", "correct horse");
        var resident = api.visitor().as(api.visitor().post("/auth/activate", body).expect(201));
        assertEquals("1-1-101", resident.get("/me").expect(200).text("/household/label"));
        api.visitor().post("/auth/activate", body).expectProblem(409, "invitation-not-usable");
    }

    @Test
    void activate_repeatedWithItsKey_isTheSameAccountAndMarked() {
        var household = garden.household("1-1-102");
        var code = office.post("/households/" + household.id() + "/invite").expect(201).text("/inviteCode");
        var body = Map.of("inviteCode", code, "name", "韩梅梅", "phone", ApiServer.phone(), "password", "correct horse");
        var visitor = api.visitor().withKey(UUID.randomUUID());
        var first = visitor.post("/auth/activate", body).expect(201);
        var again = visitor.post("/auth/activate", body).expect(201);
        assertEquals(first.text("/me/id"), again.text("/me/id"));
        assertEquals("true", again.header("Idempotent-Replay").orElseThrow());
        assertTrue(first.header("Idempotent-Replay").isEmpty());
        api.visitor().as(again).get("/me").expect(200);
    }

    @Test
    void activate_badInput_namesTheFieldInTheReadersLanguage() {
        var good = Map.of("inviteCode", "0000-0000-0000", "name", "韩梅梅", "phone", ApiServer.phone(), "password", "correct horse");
        api.visitor().post("/auth/activate", good).expectProblem(409, "invitation-not-usable");
        api.visitor().post("/auth/activate", with(good, "phone", "12345")).expectBadField("/phone");
        var weak = api.visitor().with("Accept-Language", "zh-CN").post("/auth/activate", with(good, "password", "12345678")).expectBadField("/password");
        assertEquals("密码至少 8 位，且不能过于常见", weak.text("/errors/0/detail"));
        api.visitor().post("/auth/activate", Map.of("inviteCode", "0000-0000-0000", "name", "韩梅梅", "phone", ApiServer.phone())).expectBadField("/password");
    }

    private static Map<String, Object> with(Map<String, ?> body, String field, Object value) {
        var other = new java.util.HashMap<String, Object>(body);
        other.put(field, value);
        return other;
    }

    @Test
    void invite_again_voidsTheCodeBefore_butItsRepetitionDoesNot() throws SQLException {
        var household = garden.household("1-1-103");
        var path = "/households/" + household.id() + "/invite";
        var keyed = office.withKey(UUID.randomUUID());
        var first = keyed.post(path).expect(201);
        var repeated = keyed.post(path).expect(201);
        assertEquals(first.body(), repeated.body());
        assertEquals("true", repeated.header("Idempotent-Replay").orElseThrow());
        assertEquals(1, answersKept("%keyId%"));
        assertEquals(0, answersKept("%" + first.text("/inviteCode") + "%"), "the code in plain");
        assertEquals(0, answersKept("%data:image%"), "the code as a picture");
        assertNotEquals(first.text("/inviteCode"), office.post(path).expect(201).text("/inviteCode"));
    }

    private static long answersKept(String like) throws SQLException {
        try (var connection = api.database().connect();
             var query = connection.prepareStatement("select count(*) from idempotency_key where answer like ?")) {
            query.setString(1, like);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void invite_byGridWorker_onlyInTheirBuildings() {
        var inside = garden.household("7-1-101");
        var outside = garden.household("8-1-101");
        var worker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("七号楼网格", "7"));
        worker.post("/households/" + inside.id() + "/invite").expect(201);
        worker.post("/households/" + outside.id() + "/invite").expectProblem(404, "not-found");
        worker.post("/households/" + UUID.randomUUID() + "/invite").expectProblem(404, "not-found");
        api.staff(garden.id(), Role.DISPATCHER, garden.id()).post("/households/" + inside.id() + "/invite").expectProblem(403, "not-permitted");
    }

    @Test
    void createAccount_byOffice_onceForOneKey_andTheyCanLogIn() {
        var phone = ApiServer.phone();
        var keyed = office.withKey(UUID.randomUUID());
        var created = keyed.post("/accounts", hire(phone, guard())).expect(201);
        assertEquals(phone.substring(0, 3) + "****" + phone.substring(7), created.text("/phone"));
        assertEquals("东门", created.text("/grants/0/reachName"));
        var replay = keyed.post("/accounts", hire(phone, guard())).expect(201);
        assertEquals(created.body(), replay.body());
        assertEquals("true", replay.header("Idempotent-Replay").orElseThrow());
        keyed.post("/accounts", hire(ApiServer.phone(), guard())).expectProblem(422, "key-reused");
        office.post("/accounts", hire(phone, guard())).expectProblem(409, "phone-taken");
        api.visitor().logIn(phone, "correct horse").get("/me").expect(200);
    }

    @Test
    void createAccount_badGrant_namesIt() {
        office.post("/accounts", hire(ApiServer.phone(), with(guard(), "reachId", "nowhere"))).expectBadField("/grants/0/reachId");
        office.post("/accounts", hire(ApiServer.phone(), with(guard(), "reachId", UUID.randomUUID().toString()))).expectBadField("/grants/0/reachId");
        office.post("/accounts", hire(ApiServer.phone(), guard(), guard())).expectBadField("/grants/1");
        office.post("/accounts", hire(ApiServer.phone(), Map.of("role", "GUARD", "reach", "COMPOUND", "reachId", garden.id().toString())))
                .expectBadField("/grants/0/reach");
        office.post("/accounts", hire(ApiServer.phone(), Map.of("role", "RESIDENT", "reach", "HOUSEHOLD",
                "reachId", garden.household("9-1-101").id().toString()))).expectBadField("/grants/0/role");
    }

    @Test
    void accounts_byOffice_listsPagesAndDisables() {
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var page = office.get("/accounts?limit=1").expect(200);
        assertEquals(1, page.body().path("items").size());
        assertNotEquals(page.text("/items/0/id"), office.get("/accounts?limit=1&cursor=" + page.text("/next")).expect(200).text("/items/0/id"));
        office.get("/accounts?cursor=nonsense").expectBadField("?cursor");
        assertEquals(guard.id().toString(), office.get("/accounts?q=" + api.phoneOf(guard.id())).expect(200).text("/items/0/id"));
        assertEquals("true", office.post("/accounts/" + guard.id() + "/disable").expect(200).text("/disabled"));
        guard.get("/me").expectProblem(401, "session-ended");
        office.post("/accounts/" + administrator.id() + "/disable").expectProblem(403, "not-permitted");
        administrator.post("/accounts/" + administrator.id() + "/disable").expectProblem(403, "not-permitted");
    }

    @Test
    void changePassword_thenOnlyTheNewOneWorks() {
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var phone = api.phoneOf(guard.id());
        guard.put("/auth/password", Map.of("password", "wrong", "newPassword", "another horse")).expectBadField("/password");
        guard.put("/auth/password", Map.of("password", TestAccounts.PASSWORD, "newPassword", phone)).expectBadField("/newPassword");
        guard.put("/auth/password", Map.of("password", TestAccounts.PASSWORD, "newPassword", "another horse")).expect(204);
        guard.get("/me").expect(200);
        api.visitor().post("/auth/login", Map.of("phone", phone, "password", TestAccounts.PASSWORD)).expect(401);
        api.visitor().logIn(phone, "another horse");
    }
}
