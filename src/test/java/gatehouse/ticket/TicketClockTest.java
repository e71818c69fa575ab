package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.ticket.TicketDesk.Act;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to tickets by the clock, minute for minute. */
class TicketClockTest {
    private final TicketDesk desk = new TicketDesk("2026-11-23T09:00:00+08:00");

    @AfterEach
    void close() {
        desk.close();
    }

    private static Act act(String event) {
        return new Act(event, null, null);
    }

    private int at(String time) {
        desk.clock().set("2026-11-" + time + ":00+08:00");
        return desk.keepTime();
    }

    @Test
    void lateTicket_isKeptAsSuchOnce_andGoesUpTheChainRungByRung_untilItIsDone() {
        var id = desk.submit("ENQUIRY", "HOW_TO", false, "NORMAL").id();
        assertEquals(0, at("23T09:30"), "the deadline's own minute is in time");
        at("23T09:31");
        var late = desk.find(id);
        assertEquals(OffsetDateTime.parse("2026-11-23T09:30:00+08:00").toInstant(), late.breachedAt().toInstant());
        assertEquals("DONE", late.breach());
        assertEquals("DISPATCHER", late.escalatedTo());
        assertEquals(0, at("23T10:30"), "an hour is not over");
        at("23T10:31");
        assertEquals("OFFICE", desk.find(id).escalatedTo());
        desk.byDispatcher(id, act("ACCEPT"));
        desk.byDispatcher(id, act("FINISH"));
        assertEquals(0, at("23T12:00"), "what is done goes no further");
        assertEquals(List.of("SUBMIT", "BREACH/LATE_DONE", "ESCALATE/LATE_DONE", "ESCALATE/LATE_DONE", "ACCEPT", "FINISH"), desk.trail(id));
    }

    @Test
    void chain_onWhoseRungNobodyStands_saysSo_andEnds() {
        var id = desk.submit("ENQUIRY", "HOW_TO", false, "NORMAL").id();
        at("23T09:31");
        at("23T10:31");
        at("23T11:31");
        assertEquals(List.of("SUBMIT", "BREACH/LATE_DONE", "ESCALATE/LATE_DONE", "ESCALATE/LATE_DONE", "ESCALATE/NOBODY_IN_CHARGE", "ESCALATE/CHAIN_ENDS"),
                desk.trail(id));
        assertEquals(0, at("24T11:31"), "it ends once");
    }

    @Test
    void lateArrival_isWhatTheChainIsTold() {
        var id = desk.submit("REPAIR", "WATER_BURST", true, "EMERGENCY").id();
        at("23T09:31");
        assertEquals(List.of("SUBMIT", "BREACH/LATE_ON_SITE", "ESCALATE/LATE_ON_SITE"), desk.trail(id));
    }

    @Test
    void control_thatBeginsOrEnds_isToldOnce_toWhoeverItHoldsUp() {
        var id = desk.submit("REPAIR", "WATER_TAP", true, "URGENT").id();
        desk.submit("REPAIR", "WATER_TAP", true, "NORMAL");
        desk.assign(id);
        desk.keepTime();
        desk.setPolicy("controlLevel", "SEALED");
        assertEquals(ProblemType.CONSENT_MISSING, assertThrows(Problem.class, () -> desk.byRepairman(id, act("FINISH"))).type());
        desk.keepTime();
        desk.keepTime();
        assertEquals(1, told("TICKET_CONSENT"));
        desk.setPolicy("controlLevel", "NORMAL");
        int before = told("TICKET_PROGRESS");
        desk.keepTime();
        desk.keepTime();
        assertEquals(1, told("TICKET_PROGRESS") - before, "whoever has it may go");
        assertEquals(1, told("TICKET_CONSENT"));
        assertEquals("ON_SITE", desk.byRepairman(id, act("ARRIVE")).state());
        desk.setPolicy("controlLevel", "SEALED");
        assertEquals(0, told("TICKET_CONSENT") - 1 + desk.keepTime(), "who is there needs nobody's consent any more");
        assertEquals("DONE", desk.byRepairman(id, act("FINISH")).state());
    }

    private int told(String template) {
        try (var connection = desk.rows().connect(); var rows = connection.createStatement()
                .executeQuery("select count(*) from outbox_message where template = '" + template + "'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void pauseWithAnEnd_endsByItself_andTheClockGoesOnFromThere() {
        var id = desk.submit("COMPLAINT", "PARKING", false, "NORMAL").id();
        desk.byDispatcher(id, act("ACCEPT"));
        desk.byDispatcher(id, new Act("PAUSE", OffsetDateTime.parse("2026-11-24T10:00:00+08:00"), null));
        assertEquals(0, at("24T09:59"));
        at("24T10:07");
        var resumed = desk.find(id);
        assertEquals("ACCEPTED", resumed.state());
        assertEquals(OffsetDateTime.parse("2026-11-24T18:00:00+08:00").toInstant(), resumed.doneDueAt().toInstant(), "however late the clock is");
        assertEquals("RESUME/PAUSE_OVER", desk.trail(id).getLast());
    }

    @Test
    void change_ofARuleOrADay_movesDeadlinesOfOpenTickets_withItsReason() {
        var open = desk.submit("REPAIR", "DOORS", false, "NORMAL");
        var done = desk.submit("REPAIR", "DOORS", false, "NORMAL");
        assertEquals(OffsetDateTime.parse("2026-11-25T22:00:00+08:00").toInstant(), open.doneDueAt().toInstant());
        desk.assign(done.id());
        desk.byRepairman(done.id(), act("FINISH"));
        desk.setPolicy("publicDoorsDoneWithin", 3);
        desk.keepTime();
        assertEquals(OffsetDateTime.parse("2026-11-26T22:00:00+08:00").toInstant(), desk.find(open.id()).doneDueAt().toInstant());
        desk.setDay(LocalDate.of(2026, 11, 26), false);
        desk.keepTime();
        assertEquals(OffsetDateTime.parse("2026-11-27T22:00:00+08:00").toInstant(), desk.find(open.id()).doneDueAt().toInstant());
        assertEquals(List.of("SUBMIT", "DEADLINE/POLICY_CHANGED", "DEADLINE/CALENDAR_CHANGED"), desk.trail(open.id()));
        assertEquals(done.doneDueAt().toInstant(), desk.find(done.id()).doneDueAt().toInstant(), "what is done was promised as it was");
        assertEquals(0, desk.keepTime());
    }

    @Test
    void changeThatSavesALateTicket_endsItsWayUp() {
        var id = desk.submit("ENQUIRY", "HOW_TO", false, "NORMAL").id();
        at("23T09:31");
        desk.setPolicy("enquiryAnsweredWithin", 600);
        at("23T10:40");
        assertEquals("DISPATCHER", desk.find(id).escalatedTo());
        assertEquals("DEADLINE/POLICY_CHANGED", desk.trail(id).getLast());
    }

    @Test
    void finished_closesWithoutItsReporter_afterThreeDays_andSaysThat() {
        var id = desk.submit("ENQUIRY", "HOW_TO", false, "NORMAL").id();
        desk.byDispatcher(id, act("ACCEPT"));
        desk.byDispatcher(id, act("FINISH"));
        assertEquals(0, at("26T08:59"));
        at("26T09:00");
        assertEquals("CLOSED", desk.find(id).state());
        assertEquals("CLOSE/NOT_CONFIRMED_IN_TIME", desk.trail(id).getLast());
        assertNull(desk.find(id).breach());
        assertEquals("REOPENED", desk.byResident(id, act("REOPEN")).state(), "and can be reopened all the same");
    }

    @Test
    void reopened_isLateAgain_byItsNewDeadline_andItsFirstBreachStays() {
        var id = desk.submit("ENQUIRY", "HOW_TO", false, "NORMAL").id();
        at("23T09:31");
        desk.byDispatcher(id, act("ACCEPT"));
        desk.byDispatcher(id, act("FINISH"));
        desk.clock().set("2026-11-24T09:00:00+08:00");
        desk.byResident(id, act("REOPEN"));
        assertEquals(0, at("24T09:30"));
        at("24T09:31");
        var again = desk.find(id);
        assertEquals("DISPATCHER", again.escalatedTo());
        assertEquals(OffsetDateTime.parse("2026-11-23T09:30:00+08:00").toInstant(), again.breachedAt().toInstant());
        assertEquals(1, desk.trail(id).stream().filter(each -> each.startsWith("BREACH")).count());
    }
}
