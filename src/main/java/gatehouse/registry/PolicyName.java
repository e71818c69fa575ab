package gatehouse.registry;

import static gatehouse.registry.PolicyUnit.CODE;
import static gatehouse.registry.PolicyUnit.CONTROL_LEVEL;
import static gatehouse.registry.PolicyUnit.COUNT;
import static gatehouse.registry.PolicyUnit.DAYS;
import static gatehouse.registry.PolicyUnit.DECIDER;
import static gatehouse.registry.PolicyUnit.HOURS;
import static gatehouse.registry.PolicyUnit.MINUTES;
import static gatehouse.registry.PolicyUnit.PEOPLE;
import static gatehouse.registry.PolicyUnit.PERCENT;
import static gatehouse.registry.PolicyUnit.TENTHS_OF_CELSIUS;
import static gatehouse.registry.PolicyUnit.TIMES;
import static gatehouse.registry.PolicyUnit.TIME_OF_DAY;
import static gatehouse.registry.PolicyUnit.WORKING_DAYS;
import static gatehouse.registry.PolicyUnit.YEARS;
import static gatehouse.registry.PolicyUnit.YES_NO;

import gatehouse.kernel.Language;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every number by which a compound is run, with its default from published closed-management plans and the range in which the
 * office may set it. Columns: unit, default, least, most, words. Their order is that of the {@linkplain PolicyGroup groups}.
 */
public enum PolicyName {
    THE_CONTROL_LEVEL("controlLevel", CONTROL_LEVEL, 1, 0, 2, "管控等级", "control level"),

    // identity
    INVITATION_VALID_FOR(DAYS, 30, 1, 365, "邀请码有效天数", "an invitation code is good for"),

    // health
    MORNING_ROUND_AT(TIME_OF_DAY, at(9, 0), at(5, 0), at(11, 59), "早测温时间", "morning round is measured at"),
    AFTERNOON_ROUND_AT(TIME_OF_DAY, at(15, 0), at(12, 0), at(20, 0), "午后测温时间", "afternoon round is measured at"),
    AFTERNOON_REPORT_OPENS_AT(TIME_OF_DAY, at(12, 0), at(0, 0), at(20, 0), "午后测温最早填报时间", "the afternoon's report is taken from"),
    LAST_REMINDER_AT(TIME_OF_DAY, at(15, 45), at(12, 0), at(22, 0), "最后一次催报时间", "last reminder to those missing"),
    REPORT_CUT_OFF_AT(TIME_OF_DAY, at(16, 0), at(12, 0), at(23, 0), "当日填报截止，之后记为迟报", "both rounds must be in by; later ones are late"),
    SUMMARY_DUE_AT(TIME_OF_DAY, at(17, 0), at(12, 0), at(23, 59), "日报上报街道时间", "daily summary is due at the subdistrict"),
    REPORT_CORRECTION_DAYS(DAYS, 3, 0, 14, "可补报或更正最近几天", "reports can be made or corrected for the last"),
    PLAUSIBLE_TEMPERATURE_MIN(TENTHS_OF_CELSIUS, 340, 340, 360, "可信体温下限", "lowest plausible temperature"),
    PLAUSIBLE_TEMPERATURE_MAX(TENTHS_OF_CELSIUS, 430, 400, 430, "可信体温上限", "highest plausible temperature"),
    FEVER_ABOVE(TENTHS_OF_CELSIUS, 373, 365, 385, "体温高于此值即报警", "an alert opens above"),
    ALERT_ACKNOWLEDGE_WITHIN(MINUTES, 10, 1, 240, "报警须在此时间内确认", "an alert is acknowledged within"),
    MISSED_ROUNDS_FOR_CALL(TIMES, 2, 1, 14, "连续缺报几次列入电话名单", "missed rounds in a row that put a resident on the call list"),
    TRAVEL_LOOKBACK(DAYS, 14, 1, 60, "旅居史申报天数", "travel is declared for the last"),
    OBSERVATION_RISK_REGION(DAYS, 14, 1, 60, "中高风险地区来返观察天数", "home observation after a risk region or close contact"),
    HOME_PROVINCE(CODE, 370_000, 110_000, 829_999, "本省行政区划代码", "region code of the own province"),
    OBSERVATION_OTHER_PROVINCE(DAYS, 7, 0, 60, "外省来返观察天数", "home observation after another province"),
    OBSERVATION_TEST_EVERY(DAYS, 7, 1, 14, "观察期核酸检测间隔", "test during observation every"),
    OBSERVATION_REMINDER_AT(TIME_OF_DAY, at(8, 30), at(5, 0), at(12, 0), "提醒当日观察事项的时间", "what is due in an observation is told at"),
    OBSERVATION_FOLLOW_UPS_A_DAY(TIMES, 1, 1, 6, "观察期每日随访次数", "follow-ups a day during observation"),
    RETURNEE_TEST_WITHIN(DAYS, 7, 1, 14, "返回人员须持几日内阴性证明", "returning residents show a negative test of the last"),

    // outings
    SUPPLIES_PASS_EVERY(DAYS, 2, 1, 14, "每户几日可出门采购一次", "one supplies pass per household every"),
    SUPPLIES_PASS_MEMBERS(PEOPLE, 1, 1, 10, "每次出门人数", "household members per supplies outing"),
    FIXED_BUYER_ONLY(YES_NO, 0, 0, 1, "家庭指定采购人后，只能由其出门采购", "only the buyer whom a household named goes out for supplies"),
    PASS_VALID_FOR(HOURS, 3, 1, 24, "每次出门时长", "an outing lasts at most"),
    WORK_PASS_VALID_FOR(HOURS, 14, 1, 24, "上班、保障岗位、车辆每次出门时长", "an outing for work, essential work or by vehicle lasts at most"),
    MEDICAL_PASS_VALID_FOR(HOURS, 12, 1, 24, "就医每次出门时长", "a medical outing lasts at most"),
    PASS_FROM_AGE(YEARS, 16, 0, 21, "可申请出入证的最小年龄", "passes are given from the age of"),
    SUPPLIES_PASS_DECIDED_BY(DECIDER, 0, 0, 1, "采购出门由谁审批", "supplies passes are decided by"),
    WORK_PASS_DECIDED_BY(DECIDER, 1, 0, 1, "上班出门由谁审批", "work passes are decided by"),
    MEDICAL_PASS_DECIDED_BY(DECIDER, 1, 0, 1, "就医出门由谁审批", "medical passes are decided by"),
    ESSENTIAL_WORKER_PASS_DECIDED_BY(DECIDER, 1, 0, 1, "保障岗位出门由谁审批", "essential workers' passes are decided by"),
    VEHICLE_PASS_DECIDED_BY(DECIDER, 1, 0, 1, "车辆出门由谁审批", "vehicle passes are decided by"),
    PASS_DOCUMENT_VALID_FOR(DAYS, 14, 0, 365, "证明审核通过后几日内免再审", "a certificate that staff have seen is believed for"),
    GATE_OPENS_AT(TIME_OF_DAY, at(6, 0), at(0, 0), at(23, 0), "出行时段开始", "outing slots begin at"),
    GATE_CLOSES_AT(TIME_OF_DAY, at(21, 0), at(1, 0), at(23, 59), "出行时段结束", "outing slots end at"),
    OUTING_BOOKED_AHEAD(DAYS, 2, 0, 14, "可提前几日预约出行时段", "outing slots are booked ahead for"),
    OUTING_SLOT_LENGTH(MINUTES, 30, 5, 240, "出行时段长度", "length of an outing slot"),
    OUTING_SLOT_CAPACITY(PEOPLE, 30, 1, 10_000, "每个门岗每个出行时段人数", "places in an outing slot of a gate"),
    WAITING_OFFER_FOR(MINUTES, 10, 1, 120, "候补名额保留时间", "a freed place is kept for whoever waits for"),

    // visitors, and who is late
    VISITORS_UP_TO_LEVEL(CONTROL_LEVEL, 1, 0, 2, "管控等级不高于此时可接待访客", "visitors are let in up to the control level"),
    VISITS_A_DAY(PEOPLE, 5, 0, 100, "每户每天可邀请访客人数", "a household invites in a day at most"),
    VISIT_BOOKED_AHEAD(DAYS, 7, 0, 30, "可提前几日邀请访客", "visitors are invited ahead for"),
    VISIT_WINDOW(HOURS, 3, 1, 24, "访客可早到或晚到", "a visitor may come earlier or later by"),
    VISIT_LASTS(HOURS, 8, 1, 72, "访客停留时长", "a visit lasts at most"),
    VISITORS_KEPT(DAYS, 30, 14, 365, "访客身份信息保存天数", "who a visitor was is kept for"),
    OVERDUE_TO_GRID_WORKER_AFTER(MINUTES, 30, 0, 720, "逾期未归多久后通知网格员", "the grid worker is told of an overdue outing after"),

    // deliveries
    PICKUP_SLOT_LENGTH(MINUTES, 15, 5, 240, "取件时段长度", "length of a pickup slot"),
    PICKUP_SLOT_CAPACITY(PEOPLE, 20, 1, 10_000, "每个门岗每个取件时段人数", "places in a pickup slot of a gate"),
    PARCEL_REMINDER_AFTER(HOURS, 24, 1, 168, "未取件提醒", "reminder of an uncollected parcel after"),
    PARCEL_RETURN_AFTER(HOURS, 72, 2, 720, "未取件退回", "an uncollected parcel goes back after"),
    PICKUP_OPENS_AT(TIME_OF_DAY, at(7, 0), at(0, 0), at(23, 0), "取件时段开始", "pickup slots begin at"),
    PICKUP_CLOSES_AT(TIME_OF_DAY, at(21, 0), at(1, 0), at(23, 59), "取件时段结束", "pickup slots end at"),
    PICKUP_BOOKED_AHEAD(DAYS, 1, 0, 7, "可提前几日预约取件时段", "pickup slots are booked ahead for"),
    COLLECTOR_NAMED_FOR(DAYS, 7, 1, 90, "委托他人代取最长天数", "somebody may be named to collect for at most"),
    COURIER_LINK_VALID_FOR(HOURS, 12, 1, 168, "快递员链接有效时间", "a courier's gate link is good for"),
    COURIER_PARCELS_AN_HOUR(COUNT, 200, 1, 5_000, "快递员链接每小时可登记件数", "parcels that a courier's gate link registers in an hour"),
    PARCELS_KEPT(DAYS, 180, 30, 3_650, "快递记录保存天数", "parcels that are done with are kept for"),

    // to the door
    DOOR_TASK_WITHIN(MINUTES, 120, 10, 1_440, "送货上门应在多久内完成", "what is brought to a door is there within"),
    DOOR_PHOTO_KEPT(DAYS, 30, 1, 365, "送货上门照片保存天数", "pictures at doors and of receipts are kept for"),
    VOLUNTEER_NAMED_FOR(DAYS, 90, 1, 365, "志愿者任期最长天数", "a volunteer is named for at most"),
    DOOR_ARRANGED_FOR(DAYS, 90, 1, 365, "送货上门安排最长天数", "things are brought to a door for at most"),
    PURCHASES_AT_ONCE(COUNT, 2, 0, 20, "每户同时进行的代购单数", "purchases that a household has under way at most"),
    PURCHASE_BUDGET(COUNT, 500, 1, 10_000, "每单代购预算上限（元）", "budget of a purchase at most, in yuan"),
    PURCHASE_BOOKED_AHEAD(DAYS, 3, 0, 30, "可提前几日申请代购", "purchases are wished for ahead for"),
    PURCHASE_CLOSES_AFTER(DAYS, 3, 1, 30, "代购送到后多久无人处理即自动完成", "a purchase that was brought closes by itself after"),
    DOOR_RECORDS_KEPT(DAYS, 180, 30, 3_650, "送货上门和代购记录保存天数", "walks to doors, arrangements and purchases that are done with are kept for"),

    // tickets
    EMERGENCY_ON_SITE_WITHIN(MINUTES, 15, 5, 120, "紧急报修到场时限", "emergency: on site within"),
    SMALL_REPAIR_DONE_WITHIN(DAYS, 0, 0, 7, "小水电维修（0为当日，不过夜）", "small water or electricity repair (0 is the same day)"),
    PUBLIC_LIGHTING_DONE_WITHIN(DAYS, 2, 1, 30, "公共照明维修时限", "public lighting repaired within"),
    PUBLIC_DOORS_DONE_WITHIN(WORKING_DAYS, 2, 1, 30, "公共门窗玻璃维修时限", "public doors, windows, glass repaired within"),
    PUBLIC_PARTS_DONE_WITHIN(WORKING_DAYS, 3, 1, 30, "其他公共部位维修时限", "other public parts repaired within"),
    OTHER_REPAIR_DONE_WITHIN(WORKING_DAYS, 7, 1, 60, "其他维修时限", "other repairs within"),
    NEIGHBOUR_COMPLAINT_ON_SITE_WITHIN(MINUTES, 15, 5, 240, "邻里投诉到场时限", "complaint about a neighbour: on site within"),
    OTHER_COMPLAINT_DONE_WITHIN(HOURS, 8, 1, 168, "其他投诉处理时限", "other complaints within"),
    ENQUIRY_ANSWERED_WITHIN(MINUTES, 30, 5, 1_440, "咨询答复时限", "enquiries answered within"),
    OTHER_DEPARTMENT_ANSWERED_WITHIN(WORKING_DAYS, 2, 1, 30, "涉及其他部门的答复时限", "other departments' matters answered within"),
    EMERGENCY_DONE_WITHIN(HOURS, 24, 1, 168, "紧急报修完成时限", "emergency: repaired within"),
    SUGGESTION_ANSWERED_WITHIN(WORKING_DAYS, 7, 1, 60, "意见建议答复时限", "suggestions answered within"),
    CLOCKS_REST_AT_NIGHT(YES_NO, 1, 0, 1, "夜间不计时（紧急和邻里投诉到场除外）", "clocks rest at night, but those of emergencies and of coming to neighbours"),
    NIGHT_BEGINS_AT(TIME_OF_DAY, at(22, 0), at(16, 0), at(23, 59), "夜间开始（当日服务截止）", "night begins, a day's service ends at"),
    NIGHT_ENDS_AT(TIME_OF_DAY, at(7, 0), at(0, 0), at(12, 0), "夜间结束", "night ends at"),
    TICKET_ESCALATES_AFTER(MINUTES, 60, 5, 2_880, "超时工单逐级上报间隔", "a late ticket goes up another step after"),
    TICKET_CONFIRM_WITHIN(DAYS, 3, 1, 30, "完成后居民多久未确认即关单", "a finished ticket closes without the resident after"),
    TICKET_REOPEN_WITHIN(DAYS, 7, 1, 60, "完成后可要求返工的期限", "a finished ticket can be reopened for"),
    TICKETS_KEPT(DAYS, 730, 180, 3_650, "工单关闭后内容和报单人信息保存天数", "what a closed ticket says and who reported it is kept for"),
    TICKET_PHOTOS_KEPT(DAYS, 365, 30, 1_825, "工单照片保存天数", "pictures of tickets are kept for"),
    FOLLOW_UP_SHARE(PERCENT, 50, 0, 100, "每月回访比例", "closed tickets followed up each month"),
    SERIOUS_FOLLOW_UP_SHARE(PERCENT, 100, 0, 100, "重大投诉回访比例", "serious complaints followed up"),
    SATISFACTION_GOAL(PERCENT, 90, 0, 100, "满意率目标", "goal of satisfied residents"),

    // audit
    DISCLOSURES_AN_HOUR(TIMES, 60, 1, 1_000, "每人每小时可查看隐藏信息次数", "hidden values one person may be shown in an hour"),
    DISCLOSURE_REASONS_KEPT(DAYS, 365, 90, 3_650, "查看理由保存天数", "reasons of disclosures are kept for"),
    AUDIT_DETAILS_KEPT(DAYS, 1_095, 180, 3_650, "审计明细保存天数", "details of the audit are kept for"),
    HEALTH_RECORDS_KEPT(DAYS, 1_095, 90, 3_650, "健康上报、预警、观察和旅居史保存天数", "reports, closed alerts, ended observations and journeys are kept for"),
    OUTINGS_KEPT(DAYS, 365, 30, 3_650, "出入证和通行记录保存天数", "passes that are over and scans at gates are kept for"),
    FORMS_KEPT(DAYS, 365, 90, 3_650, "名单类台账（已定稿）保存天数", "frozen forms that name people are kept for"),
    INBOX_KEPT(DAYS, 180, 30, 1_825, "站内消息保存天数", "messages of the inbox are kept for"),
    EMERGENCY_VEHICLES_KEPT(DAYS, 365, 30, 3_650, "应急车辆通行记录保存天数", "emergency vehicles at gates are kept for"),
    UNDELIVERED_KEPT(DAYS, 90, 7, 365, "未能送达的消息保存天数", "messages that could not be delivered are kept for"),
    MOVED_OUT_KEPT(DAYS, 365, 30, 3_650, "已迁出居民的姓名、证件和手机号保存天数", "who moved out, with ID number and phone, is kept for");

    private static final Map<String, PolicyName> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PolicyName::key, Function.identity()));

    private final String key;
    private final PolicyUnit unit;
    private final int standard;
    private final int least;
    private final int most;
    private final String chinese;
    private final String english;

    PolicyName(String key, PolicyUnit unit, int standard, int least, int most, String chinese, String english) {
        this.key = key.isEmpty() ? camelCase(name()) : key;
        this.unit = unit;
        this.standard = standard;
        this.least = least;
        this.most = most;
        this.chinese = chinese;
        this.english = english;
    }

    PolicyName(PolicyUnit unit, int standard, int least, int most, String chinese, String english) {
        this("", unit, standard, least, most, chinese, english);
    }

    private static int at(int hour, int minute) {
        return hour * 60 + minute;
    }

    private static String camelCase(String constant) {
        var key = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }

    public static Optional<PolicyName> ofKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** As the API names it: {@code feverAbove}. */
    public String key() {
        return key;
    }

    public PolicyUnit unit() {
        return unit;
    }

    /** The default, in whole units. */
    public int standard() {
        return standard;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    public String description(Language language) {
        return language.choose(chinese, english);
    }
}
