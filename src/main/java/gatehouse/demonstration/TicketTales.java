package gatehouse.demonstration;

import gatehouse.kernel.BusinessClock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets of the last days in the first compound: one of each sort that somebody who looks around wants to see. Deadlines are those of the default rules. */
final class TicketTales {
    /** One line of a ticket's trail. */
    record Line(OffsetDateTime at, String event, @Nullable String from, @Nullable String to, String actor, @Nullable String note, @Nullable Integer rating) {
    }

    /** @param building number, where it is no home; {@code home}: the label of whoever reported it */
    record Tale(String prefix, String kind, String category, String level, String area, String place, @Nullable String building, String home,
                boolean anonymous, String description, OffsetDateTime submittedAt, @Nullable OffsetDateTime onSiteDueAt, OffsetDateTime doneDueAt,
                String state, boolean assigned, @Nullable OffsetDateTime pausedAt, @Nullable OffsetDateTime onSiteAt, @Nullable OffsetDateTime doneAt,
                @Nullable Integer rating, @Nullable String ratingWords, List<Line> lines) {
    }

    private static final String FAMILY = "3-2-1402";
    private static final String OTHERS = "1-1-101";
    /** With a phone number, which holds words back. */
    static final String HELD_PLACE = "中心花园宣传栏，来前打13900000003";

    private final LocalDate today;

    private TicketTales(LocalDate today) {
        this.today = today;
    }

    static List<Tale> told(LocalDate today) {
        var tales = new TicketTales(today);
        return List.of(tales.tapMended(), tales.lampAtTheDoor(), tales.drainWaits(), tales.noiseAbove(), tales.cardAsked(), tales.carsInTheWay(),
                tales.boardBroken());
    }

    private OffsetDateTime at(int daysAgo, int hour, int minute) {
        return today.minusDays(daysAgo).atTime(LocalTime.of(hour, minute)).atZone(BusinessClock.ZONE).toOffsetDateTime();
    }

    private static Line line(OffsetDateTime at, String event, @Nullable String from, @Nullable String to, String actor, @Nullable String note) {
        return new Line(at, event, from, to, actor, note, null);
    }

    private Tale tapMended() {
        var begin = at(1, 9, 10);
        return new Tale("WX", "REPAIR", "WATER_TAP", "SMALL_REPAIR", "HOME", "厨房", null, FAMILY, false, "水龙头关不紧，一直滴水", begin, null, at(1, 22, 0),
                "CLOSED", true, null, at(1, 10, 5), at(1, 10, 40), 5, "师傅来得快，修得好", List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 9, 18), "ASSIGN", "SUBMITTED", "ASSIGNED", "DISPATCHER", null),
                line(at(1, 10, 5), "ARRIVE", "ASSIGNED", "ON_SITE", "ASSIGNEE", null),
                line(at(1, 10, 40), "FINISH", "ON_SITE", "DONE", "ASSIGNEE", "更换阀芯，试水正常"),
                line(at(1, 12, 2), "CONFIRM", "DONE", "CONFIRMED", "REPORTER", null),
                new Line(at(1, 12, 2), "RATE", "CONFIRMED", "CLOSED", "REPORTER", "师傅来得快，修得好", 5)));
    }

    private Tale lampAtTheDoor() {
        var begin = at(1, 19, 30);
        return new Tale("WX", "REPAIR", "LIGHTING", "PUBLIC_LIGHTING", "PUBLIC", "二单元门口", "3", FAMILY, false, "门口的灯不亮，晚上看不清台阶", begin, null,
                at(-1, 22, 0), "ACCEPTED", false, null, null, null, null, null, List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 19, 42), "ACCEPT", "SUBMITTED", "ACCEPTED", "DISPATCHER", null)));
    }

    private Tale drainWaits() {
        var begin = at(1, 20, 0);
        return new Tale("WX", "REPAIR", "DRAIN", "SMALL_REPAIR", "HOME", "卫生间", null, OTHERS, false, "地漏下水很慢", begin, null, at(1, 22, 0),
                "WAITING", true, at(1, 20, 45), at(1, 20, 25), null, null, null, List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 20, 6), "ASSIGN", "SUBMITTED", "ASSIGNED", "DISPATCHER", null),
                line(at(1, 20, 25), "ARRIVE", "ASSIGNED", "ON_SITE", "ASSIGNEE", null),
                line(at(1, 20, 45), "PAUSE", "ON_SITE", "WAITING", "ASSIGNEE", "需要疏通机，明天带来")));
    }

    private Tale noiseAbove() {
        var begin = at(1, 21, 0);
        return new Tale("TS", "COMPLAINT", "NOISE", "NEIGHBOUR_COMPLAINT", "PUBLIC", "一号楼楼上", null, OTHERS, true, "晚上有人拖家具，老人睡不着", begin,
                at(1, 21, 15), at(0, 14, 0), "DONE", true, null, at(1, 21, 12), at(1, 21, 30), null, null, List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 21, 3), "ASSIGN", "SUBMITTED", "ASSIGNED", "DISPATCHER", null),
                line(at(1, 21, 12), "ARRIVE", "ASSIGNED", "ON_SITE", "ASSIGNEE", null),
                line(at(1, 21, 30), "FINISH", "ON_SITE", "DONE", "ASSIGNEE", "已上门提醒，对方答应晚上不再搬动")));
    }

    private Tale cardAsked() {
        var begin = at(1, 15, 0);
        return new Tale("ZX", "ENQUIRY", "HOW_TO", "ENQUIRY", "PUBLIC", "物业服务中心", null, OTHERS, false, "门禁卡丢了，怎么补办？", begin, null, at(1, 15, 30),
                "CLOSED", false, null, at(1, 15, 12), at(1, 15, 12), 4, null, List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 15, 4), "ACCEPT", "SUBMITTED", "ACCEPTED", "DISPATCHER", null),
                line(at(1, 15, 12), "FINISH", "ACCEPTED", "DONE", "DISPATCHER", "带身份证到服务中心，当场补办"),
                line(at(1, 16, 40), "CONFIRM", "DONE", "CONFIRMED", "REPORTER", null),
                new Line(at(1, 16, 40), "RATE", "CONFIRMED", "CLOSED", "REPORTER", null, 4)));
    }

    /** Nobody has taken it on; from nine today it is late. */
    private Tale carsInTheWay() {
        var begin = at(1, 16, 0);
        return new Tale("TS", "COMPLAINT", "PARKING", "OTHER_COMPLAINT", "PUBLIC", "西门内侧", null, FAMILY, false, "消防通道上总停着车", begin, null, at(0, 9, 0),
                "SUBMITTED", false, null, null, null, null, null, List.of(line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null)));
    }

    /** Where it is says more than neighbours should read, so the office looks at it first. */
    private Tale boardBroken() {
        var begin = at(1, 17, 30);
        return new Tale("WX", "REPAIR", "FACILITIES", "PUBLIC_PARTS", "PUBLIC", HELD_PLACE, null, OTHERS, false, "宣传栏的玻璃裂了，怕划到孩子", begin, null,
                at(-2, 18, 0), "ACCEPTED", false, null, null, null, null, null, List.of(
                line(begin, "SUBMIT", null, "SUBMITTED", "REPORTER", null),
                line(at(1, 17, 48), "ACCEPT", "SUBMITTED", "ACCEPTED", "DISPATCHER", null)));
    }
}
