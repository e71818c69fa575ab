package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Role;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The grid worker's doors after the last reminder: one thumb ticks them off. */
class KnockBrowserTest {
    @Test
    void gridWorker_ticksDoorsOff_andWhoeverIsReportedForIsGone() {
        try (var server = ApiServer.start()) {
            var garden = server.given().compound("阳光花园");
            for (var room : List.of("501", "502", "1402")) {
                garden.household("3-2-" + room).resident("住户" + room);
            }
            var elder = garden.household("3-2-601").resident("独居老人");
            server.resident(garden.household("3-2-602"), "未读提醒");
            var worker = server.staff(garden.id(), Role.GRID_WORKER, garden.grid("第一网格", "3"));
            server.clock().set("2026-11-22T16:05:00+08:00");
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", server.phoneOf(worker.id()), TestAccounts.PASSWORD);
                phone.see("title");
                phone.goWithin("#/missing");
                phone.tap("to-knocks");
                phone.see("door-3-2-601");
                phone.picture("staff-knocks-phone");
                assertEquals(0, phone.overflowPixels());
                phone.tap("knock-TOLD");
                phone.waitUntilGone("door-3-2-501");
                for (var round : List.of("MORNING", "AFTERNOON")) {
                    server.again(worker).post("/health-reports", Map.of("residentId", elder, "round", round, "temperature", 36.5, "symptoms", List.of())).expect(201);
                }
                phone.tap("knock-NOBODY_HOME");
                phone.waitFor("last-knock", "敲门无人应");
                phone.waitUntilGone("door-3-2-601");
                phone.tap("knock-state-done");
                phone.see("door-3-2-501");
                assertEquals(List.of(), phone.complaints());
            }
            try (var desk = Browser.open(server.portal(), Size.DESK)) {
                desk.logIn("/staff/", server.phoneOf(worker.id()), TestAccounts.PASSWORD);
                desk.see("title");
                desk.goWithin("#/knocks");
                desk.see("door-3-2-502");
                desk.picture("staff-knocks-desk");
                assertEquals(0, desk.overflowPixels());
                assertEquals(List.of(), desk.complaints());
            }
        }
    }
}
