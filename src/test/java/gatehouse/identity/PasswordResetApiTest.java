package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost passwords and shut accounts, over real HTTP. */
class PasswordResetApiTest {
    private static final String NEW_PASSWORD = "battery staple 7";

    private static ApiServer api;
    /** Made before anybody asks, because the product remembers which compounds there are. */
    private static Given.Compound garden;
    private static int rooms;

    private ApiClient office;
    private ApiClient administrator;
    private ApiClient resident;
    private String phone;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aResident() {
        api.clock().set("2026-11-22T09:30:00+08:00");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        administrator = api.staff(garden.id(), Role.ADMIN, garden.id());
        resident = api.resident(garden.household("3-2-" + ++rooms), "王小明");
        phone = api.phoneOf(resident.id());
    }

    private static String issue(ApiClient staff, ApiClient person) {
        return staff.post("/accounts/" + person.id() + "/reset").expect(201).text("/code");
    }

    private ApiClient.Answer use(String code, String password) {
        return api.visitor().post("/auth/reset", Map.of("phone", phone, "code", code, "newPassword", password));
    }

    @Test
    void resetPassword_endsEverySession_andGivesACodeForOnce() {
        var second = api.visitor().logIn(phone, TestAccounts.PASSWORD);
        var issued = office.post("/accounts/" + resident.id() + "/reset").expect(201);
        assertEquals("2026-11-22T09:45:00+08:00", issued.text("/expiresAt"));
        resident.get("/me").expect(401);
        second.get("/me").expect(401);
        api.visitor().post("/auth/refresh", Map.of("refreshToken", second.refreshToken())).expect(401);
        api.visitor().post("/auth/login", Map.of("phone", phone, "password", TestAccounts.PASSWORD)).expect(401);

        var fresh = api.visitor().as(use(issued.text("/code"), NEW_PASSWORD).expect(200));
        assertEquals("王小明", fresh.get("/me").expect(200).text("/name"));
        api.visitor().logIn(phone, NEW_PASSWORD).get("/me").expect(200);
        use(issued.text("/code"), "another staple 8").expectProblem(409, "reset-not-usable");
        var entry = office.get("/audit?action=PASSWORD_RESET&subject=" + resident.id()).expect(200);
        assertEquals(List.of(resident.id().toString(), "account", "王小明"), List.of(entry.text("/items/0/subject/id"), entry.text("/items/0/subject/kind"),
                entry.text("/items/0/subject/name")));
        assertFalse(entry.body().toString().contains(issued.text("/code").replace(" ", "")));
    }

    @Test
    void code_expires_isVoidedByALaterOne_andDiesAfterFiveWrongTries() {
        var first = issue(office, resident);
        var second = issue(office, resident);
        assertNotEquals(first, second);
        use(first, NEW_PASSWORD).expectProblem(409, "reset-not-usable");
        api.clock().move(Duration.ofMinutes(15));
        use(second, NEW_PASSWORD).expectProblem(409, "reset-not-usable");

        office = api.again(office);
        var third = issue(office, resident);
        for (int i = 0; i < ResetPolicy.MOST_FAILURES; i++) {
            api.clock().move(Duration.ofMinutes(1));
            use(wrong(third), NEW_PASSWORD);
        }
        use(third, NEW_PASSWORD).expect(429);
        api.clock().move(Duration.ofMinutes(3));
        use(third, NEW_PASSWORD).expectProblem(409, "reset-not-usable");
    }

    private static String wrong(String code) {
        return (code.charAt(0) == '9' ? "8" : "9") + code.substring(1);
    }

    @Test
    void unknownPhone_isAnsweredLikeAWrongCode() {
        var code = issue(office, resident);
        var wrong = use(wrong(code), NEW_PASSWORD).expectProblem(409, "reset-not-usable");
        var unknown = api.visitor().post("/auth/reset", Map.of("phone", ApiServer.phone(), "code", code, "newPassword", NEW_PASSWORD))
                .expectProblem(409, "reset-not-usable");
        assertEquals(wrong.text("/detail"), unknown.text("/detail"));
        use(code, "short").expectBadField("/newPassword");
        use(code, phone).expectBadField("/newPassword");
        use(code, NEW_PASSWORD).expect(200);
    }

    @Test
    void passwordTriedTooOften_doesNotHoldUpTheCode() {
        for (int i = 0; i < 7; i++) {
            api.visitor().post("/auth/login", Map.of("phone", phone, "password", "forgotten"));
        }
        api.visitor().post("/auth/login", Map.of("phone", phone, "password", "forgotten")).expect(429);
        use(issue(office, resident), NEW_PASSWORD).expect(200);
    }

    @Test
    void codeUsedTwentyTimesAtOnce_isUsedOnce() throws Exception {
        var code = issue(office, resident);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 20).<Callable<Integer>>mapToObj(i -> () -> use(code, NEW_PASSWORD + i).status()).toList();
            long right = 0;
            for (var call : threads.invokeAll(calls)) {
                right += call.get() == 200 ? 1 : 0;
            }
            assertEquals(1, right);
        }
    }

    @Test
    void repeatedRequest_showsTheSameCode_andTheTableOfKeysHoldsNone() throws Exception {
        var keyed = office.withKey(UUID.randomUUID());
        var first = keyed.post("/accounts/" + resident.id() + "/reset").expect(201);
        var again = keyed.post("/accounts/" + resident.id() + "/reset").expect(201);
        assertEquals("true", again.header("Idempotent-Replay").orElse(""));
        assertEquals(first.text("/code"), again.text("/code"));
        try (var connection = api.database().connect(); var statement = connection.createStatement();
                var found = statement.executeQuery("select count(*) from idempotency_key k where k::text like '%" + first.text("/code").replace(" ", "%") + "%'")) {
            found.next();
            assertEquals(0, found.getInt(1));
        }
    }

    @Test
    void office_resetsItsResidentsOnly_administratorsEverybody_nobodyThemselves() {
        var guard = api.staff(garden.id(), Role.GUARD, garden.gate("东门"));
        office.post("/accounts/" + guard.id() + "/reset").expectProblem(403, "not-permitted");
        administrator.post("/accounts/" + guard.id() + "/reset").expect(201);
        guard.get("/me").expect(401);
        administrator.post("/accounts/" + administrator.id() + "/reset").expectProblem(403, "not-permitted");
        var other = api.given().compound("月桂苑");
        api.staff(other.id(), Role.OFFICE, other.id()).post("/accounts/" + resident.id() + "/reset").expectProblem(404, "not-found");
        resident.post("/accounts/" + resident.id() + "/reset").expectProblem(403, "not-permitted");
    }

    @Test
    void shutAccount_isOpenedAgain_andEntered() {
        office.post("/accounts/" + resident.id() + "/disable").expect(200);
        office.post("/accounts/" + resident.id() + "/reset").expectProblem(409, "not-allowed-now");
        api.visitor().post("/auth/login", Map.of("phone", phone, "password", TestAccounts.PASSWORD)).expect(401);
        assertFalse(office.post("/accounts/" + resident.id() + "/enable").expect(200).body().path("disabled").asBoolean());
        office.post("/accounts/" + resident.id() + "/enable").expect(200);
        resident.get("/me").expect(401);
        api.visitor().logIn(phone, TestAccounts.PASSWORD).get("/me").expect(200);
        assertEquals(1, office.get("/audit?action=ACCOUNT_ENABLED&subject=" + resident.id()).expect(200).body().path("items").size());
        office.post("/accounts/" + administrator.id() + "/enable").expectProblem(403, "not-permitted");
        assertTrue(office.get("/audit/verification").expect(200).body().path("intact").asBoolean());
    }
}
