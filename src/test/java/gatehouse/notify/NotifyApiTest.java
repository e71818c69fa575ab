package gatehouse.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a fever on a resident's phone to the office's inbox, over HTTP, through outbox and pump. */
@Timeout(120)
class NotifyApiTest {
    private static ApiServer api;
    private static Given.Compound garden;

    @BeforeAll
    static void open() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static void reportFever(String household) {
        api.resident(garden.household(household), "王小明")
                .post("/health-reports", Map.of("temperature", 38.2, "symptoms", List.of("FEVER"))).expect(201);
    }

    private static ApiClient.Answer inboxWith(ApiClient person, int unread) throws InterruptedException {
        while (true) {
            var inbox = person.get("/notifications").expect(200);
            if (inbox.body().path("unread").asInt() >= unread) {
                return inbox;
            }
            Thread.sleep(10);
        }
    }

    @Test
    void aFever_isInTheOfficesInbox_withoutNamingIt_andNowhereElse() throws InterruptedException {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var grove = api.given().compound("月桂苑");
        var otherOffice = api.staff(grove.id(), Role.OFFICE, grove.id());
        reportFever("3-2-501");

        var message = inboxWith(office.with("Accept-Language", "zh-CN"), 1).body().path("items").path(0);
        assertEquals("ALERT_OPENED", message.path("kind").asText());
        assertEquals("alert", message.at("/subject/kind").asText());
        assertTrue(message.path("text").asText().matches("请在 \\d+ 分钟内登录确认。"), message::toString);
        assertTrue(message.path("readAt").isMissingNode());
        assertEquals(0, otherOffice.get("/notifications").expect(200).body().path("items").size());
        var english = office.with("Accept-Language", "en").get("/notifications").expect(200);
        assertEquals("Something needs you at once", english.text("/items/0/title"));
    }

    @Test
    void aMessage_isReadByItsOwnerOnly() throws InterruptedException {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var colleague = api.staff(garden.id(), Role.GUARD, garden.gate("东门"));
        reportFever("3-2-502");
        var id = inboxWith(office, 1).text("/items/0/id");

        colleague.post("/notifications/" + id + "/read").expectProblem(404, "not-found");
        colleague.post("/notifications/nonsense/read").expectProblem(404, "not-found");
        api.visitor().post("/notifications/" + id + "/read").expectProblem(401, "not-logged-in");
        api.visitor().get("/notifications").expectProblem(401, "not-logged-in");

        var read = office.post("/notifications/" + id + "/read").expect(200);
        assertEquals("2026-11-22T09:30:00+08:00", read.text("/readAt"));
        assertEquals(read.body(), office.post("/notifications/" + id + "/read").expect(200).body());
        assertEquals(0, office.get("/notifications").expect(200).body().path("unread").asInt());
        assertEquals(0, office.get("/notifications?unread=true").expect(200).body().path("items").size());
    }

    @Test
    void allThatWasSeen_isReadAtOnce_andWhatCameMeanwhileIsNot() throws InterruptedException {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var colleague = api.staff(garden.id(), Role.OFFICE, garden.id());
        reportFever("3-2-505");
        reportFever("3-2-506");
        var seen = inboxWith(office, 2).text("/items/0/id");
        reportFever("3-2-507");
        inboxWith(office, 3);
        inboxWith(colleague, 3);
        assertEquals(1, office.post("/notifications/read", Map.of("upTo", seen)).expect(200).body().path("unread").asInt());
        assertEquals(1, office.post("/notifications/read", Map.of("upTo", seen)).expect(200).body().path("unread").asInt());
        assertEquals(1, office.get("/notifications?unread=true").expect(200).body().path("items").size());
        assertEquals(3, colleague.get("/notifications").expect(200).body().path("unread").asInt());
        office.post("/notifications/read", Map.of("upTo", "nonsense")).expectBadField("/upTo");
    }

    @Test
    void theInbox_isPaged_andAForeignCursorIsRefused() throws InterruptedException {
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        reportFever("3-2-503");
        reportFever("3-2-504");
        inboxWith(office, 2);
        var first = office.get("/notifications?limit=1").expect(200);
        var second = office.get("/notifications?limit=1&cursor=" + first.text("/next")).expect(200);
        assertNotEquals(first.text("/items/0/id"), second.text("/items/0/id"));
        assertTrue(second.body().path("next").isNull());
        office.get("/notifications?cursor=bm90IGFuIGlk").expectBadField("?cursor");
        office.get("/notifications?limit=0").expectBadField("?limit");
        office.get("/notifications?sort=old").expectBadField("?sort");
    }
}
