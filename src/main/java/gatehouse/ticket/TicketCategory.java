package gatehouse.ticket;

import static gatehouse.ticket.ServiceLevel.EMERGENCY;
import static gatehouse.ticket.ServiceLevel.NEIGHBOUR_COMPLAINT;
import static gatehouse.ticket.ServiceLevel.OTHER_COMPLAINT;
import static gatehouse.ticket.ServiceLevel.OTHER_DEPARTMENT;
import static gatehouse.ticket.ServiceLevel.OTHER_REPAIR;
import static gatehouse.ticket.ServiceLevel.PUBLIC_DOORS;
import static gatehouse.ticket.ServiceLevel.PUBLIC_LIGHTING;
import static gatehouse.ticket.ServiceLevel.PUBLIC_PARTS;
import static gatehouse.ticket.ServiceLevel.SMALL_REPAIR;
import static gatehouse.ticket.TicketKind.COMPLAINT;
import static gatehouse.ticket.TicketKind.ENQUIRY;
import static gatehouse.ticket.TicketKind.REPAIR;
import static gatehouse.ticket.TicketKind.SUGGESTION;

import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Language;
import java.util.Set;

/** What a ticket is about, as property companies sort it, with the level that is promised. Columns: kind, level, marks, words. */
enum TicketCategory implements ProblemType.Worded {
    WATER_BURST(REPAIR, EMERGENCY, Set.of(Mark.UTILITY), "水管爆裂、跑水", "Burst pipe"),
    POWER_CUT(REPAIR, EMERGENCY, Set.of(Mark.UTILITY), "停电", "Power cut"),
    GAS_LEAK(REPAIR, EMERGENCY, Set.of(Mark.UTILITY), "燃气泄漏", "Gas leak"),
    LIFT_TRAPPED(REPAIR, EMERGENCY, Set.of(), "电梯困人", "People trapped in a lift"),
    WATER_TAP(REPAIR, SMALL_REPAIR, Set.of(Mark.UTILITY), "水龙头、角阀、软管", "Tap, valve or hose"),
    WATER_SUPPLY(REPAIR, SMALL_REPAIR, Set.of(Mark.UTILITY), "停水、水压低", "No water or low pressure"),
    DRAIN(REPAIR, SMALL_REPAIR, Set.of(Mark.UTILITY), "下水堵塞", "Blocked drain"),
    ELECTRICITY(REPAIR, SMALL_REPAIR, Set.of(Mark.UTILITY), "室内电路、插座、跳闸", "Wiring, sockets, tripped breaker"),
    GAS(REPAIR, OTHER_REPAIR, Set.of(Mark.UTILITY), "燃气灶具、燃气表", "Gas stove or meter"),
    HEATING(REPAIR, OTHER_REPAIR, Set.of(), "暖气、供热", "Heating"),
    LIGHTING(REPAIR, PUBLIC_LIGHTING, Set.of(Mark.UTILITY), "楼道灯、路灯", "Stairway or street light"),
    DOORS(REPAIR, PUBLIC_DOORS, Set.of(), "单元门、门禁、公共门窗玻璃", "Entrance door, intercom, shared windows"),
    LIFT(REPAIR, PUBLIC_PARTS, Set.of(), "电梯故障（未困人）", "Lift out of order"),
    PUBLIC_PIPES(REPAIR, PUBLIC_PARTS, Set.of(), "公共管道、井盖", "Shared pipes, manhole covers"),
    FACILITIES(REPAIR, PUBLIC_PARTS, Set.of(), "健身、儿童、休闲设施", "Playground and other facilities"),
    ROADS(REPAIR, PUBLIC_PARTS, Set.of(), "道路、地面、围墙", "Roads, paving, fence"),
    ROOF_AND_WALL(REPAIR, OTHER_REPAIR, Set.of(), "屋面、外墙渗漏", "Leaking roof or outer wall"),
    OTHER_REPAIRS(REPAIR, OTHER_REPAIR, Set.of(), "其他报修", "Other repair"),
    DECORATION(REPAIR, OTHER_REPAIR, Set.of(Mark.CONSTRUCTION), "装修、施工报备", "Decoration and construction"),
    NOISE(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(), "噪音扰民", "Noise"),
    SMELL(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(), "异味、油烟", "Smell"),
    WATER_FROM_ABOVE(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(), "楼上漏水", "Water from the flat above"),
    GATHERING(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(Mark.SERIOUS), "聚集", "Gathering"),
    MASK_REFUSAL(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(Mark.SERIOUS), "不戴口罩、不配合测温", "Refusal of mask or measurement"),
    HIDDEN_RETURNEE(COMPLAINT, NEIGHBOUR_COMPLAINT, Set.of(Mark.SERIOUS), "瞒报返回人员", "Hidden returnee"),
    CLEANING(COMPLAINT, OTHER_COMPLAINT, Set.of(), "保洁、垃圾清运", "Cleaning, rubbish"),
    GREENERY(COMPLAINT, OTHER_COMPLAINT, Set.of(), "绿化、虫害", "Greenery, pests"),
    PARKING(COMPLAINT, OTHER_COMPLAINT, Set.of(), "停车、占道", "Parking, blocked ways"),
    PETS(COMPLAINT, OTHER_COMPLAINT, Set.of(), "宠物", "Pets"),
    FIRE_SAFETY(COMPLAINT, OTHER_COMPLAINT, Set.of(Mark.SERIOUS), "消防通道、飞线充电", "Fire lanes, charging cables"),
    FEES(COMPLAINT, OTHER_COMPLAINT, Set.of(), "收费", "Fees"),
    STAFF_CONDUCT(COMPLAINT, OTHER_COMPLAINT, Set.of(Mark.SERIOUS, Mark.OFFICE_ONLY), "工作人员服务态度", "Conduct of staff"),
    OTHER_COMPLAINTS(COMPLAINT, OTHER_COMPLAINT, Set.of(), "其他投诉", "Other complaint"),
    HOW_TO(ENQUIRY, ServiceLevel.ENQUIRY, Set.of(), "办事咨询", "How something is done"),
    CONTROL_RULES(ENQUIRY, ServiceLevel.ENQUIRY, Set.of(), "防控政策咨询", "Rules of control"),
    PAYMENTS(ENQUIRY, ServiceLevel.ENQUIRY, Set.of(), "缴费咨询", "Payments"),
    OTHER_AUTHORITY(ENQUIRY, OTHER_DEPARTMENT, Set.of(), "涉及其他部门的事项", "Another department's matter"),
    SUGGESTIONS(SUGGESTION, ServiceLevel.SUGGESTION, Set.of(), "意见建议", "Suggestion");

    /** What a category is besides its level. */
    private enum Mark {
        /** Water, electricity, gas, street lights: urgent work needs the office's consent during control. */
        UTILITY,
        /** Not done at all during control. */
        CONSTRUCTION,
        /** Complaints that are always followed up, and that may be handed to the police. */
        SERIOUS,
        /** Not for those whom it may be about. */
        OFFICE_ONLY
    }

    private final TicketKind kind;
    private final ServiceLevel level;
    private final Set<Mark> marks;
    private final String chinese;
    private final String english;

    TicketCategory(TicketKind kind, ServiceLevel level, Set<Mark> marks, String chinese, String english) {
        this.kind = kind;
        this.level = level;
        this.marks = marks;
        this.chinese = chinese;
        this.english = english;
    }

    TicketKind kind() {
        return kind;
    }

    ServiceLevel level() {
        return level;
    }

    /** What is promised where it is as urgent as that: a repair that somebody calls an emergency is worked as one. */
    ServiceLevel levelFor(Urgency urgency) {
        return kind == REPAIR && urgency == Urgency.EMERGENCY ? EMERGENCY : level;
    }

    boolean isUtility() {
        return marks.contains(Mark.UTILITY);
    }

    boolean isConstruction() {
        return marks.contains(Mark.CONSTRUCTION);
    }

    boolean isSerious() {
        return marks.contains(Mark.SERIOUS);
    }

    boolean isOfficeOnly() {
        return marks.contains(Mark.OFFICE_ONLY);
    }

    @Override
    public String text(Language language) {
        return language.choose(chinese, english);
    }
}
