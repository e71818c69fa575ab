package gatehouse.notify;

import gatehouse.kernel.Language;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every message that people are sent, in Chinese and English; the only place of these words. They may show on a lock screen or over
 * somebody's shoulder, so they name no illness, no person and no room: who may know more finds it after logging in.
 */
public enum MessageTemplate {
    /** To the office: minutes until it must have been acknowledged. */
    ALERT_OPENED("alert",
            "有一件事需要马上处理", "Something needs you at once",
            "请在 {0} 分钟内登录确认。", "Log in and acknowledge it within {0} minutes."),
    /** To the office, and beyond it where they know of the alert: a further report joined it. */
    ALERT_JOINED("alert",
            "待处理的事有新情况", "There is news of something you handle",
            "请登录查看最新情况。", "Log in and read what is new."),
    /** To the health centre and the subdistrict. */
    ALERT_ESCALATED("alert",
            "社区上报了一件事，请处理", "A community handed something on to you",
            "请登录查看并处理。", "Log in and take it on."),
    /** To the office: the clock has escalated it. */
    ALERT_OVERDUE("alert",
            "有一件事超时未确认，已自动上报", "Something was not acknowledged in time and was handed on",
            "请立即登录处理。", "Log in and take it on now."),
    /** To the office and the administrators: the number of the first entry that is not as it was entered. */
    AUDIT_BROKEN("audit",
            "审计记录被改动，请立即核查", "The audit trail was tampered with",
            "审计记录从第 {0} 条起与原记录不符。请保留现场，不要改动数据库。", "From entry {0} on it is not as it was entered. Keep everything as it is and change nothing."),
    /** To a household: somebody in it stays at home for some days. */
    OBSERVATION_STARTED("observation",
            "社区给您家有新的安排", "There is something new for your household",
            "请登录查看，并按提示完成每天的事项。", "Log in to read it and what to do each day."),
    /** To a household in which somebody stays at home, each morning: the hours of its two reports. */
    OBSERVATION_DAY("observation-day",
            "今天的安排", "What to do today",
            "今天 {0} 和 {1} 请各填报一次。", "Please report twice today: {0} and {1}."),
    /** The same, where something else is due: how many things. */
    OBSERVATION_DAY_MORE("observation-day",
            "今天的安排", "What to do today",
            "今天 {0} 和 {1} 请各填报一次；另有 {2} 项安排，请登录查看。", "Please report twice today, {0} and {1}; log in to read {2} more to do."),
    /** To a grid worker or the office, each morning: how much is due with those who stay at home. */
    OBSERVATION_DUTIES("observation-day",
            "今天有事项要办理", "There is something to do today",
            "今天有 {0} 项要办理，请登录查看。", "{0} to do today. Please log in."),
    /** To the office and the health centre: a test that needs them. */
    OBSERVATION_URGENT("observation",
            "有一项结果需要马上处理", "A result needs you at once",
            "请立即登录处理。", "Log in now."),
    /** To the office and the health centre: what that test was said to have shown was entered wrongly. */
    OBSERVATION_CORRECTED("observation",
            "一项登记已更正", "Something entered was corrected",
            "请登录查看更正后的情况。", "Log in and read what holds now."),
    /** To the office: somebody went through a gate whom the rules would not have let through. */
    GATE_CONFLICT("movement",
            "门岗有进出需要核对", "A movement at the gate to be checked",
            "请登录查看进出记录。", "Log in and look at the movements."),
    /** To a household: somebody of it is not back in time. */
    OUTING_OVERDUE("outing",
            "出行时间已到", "The outing is over its time",
            "请家人尽快返回并在门岗扫码登记。", "Please come back soon, and scan the pass at the gate."),
    /** To a grid worker. */
    OUTING_OVERDUE_GRID("outing",
            "有住户逾期未归", "A resident is overdue",
            "请登录查看名单并联系。", "Log in, look at the list and call."),
    /** To the office: a visitor was not let in, and it should know. */
    VISITOR_TURNED_BACK("visit",
            "门岗有一件事需要社区知道", "Something at the gate that you should know",
            "请登录查看访客登记。", "Log in and look at the register of visitors."),
    /** To a household at the hour of a round: the round, and until when. */
    ROUND_REMINDER("health-round",
            "每日填报提醒", "Daily report",
            "请为全家完成{0}的填报，{1} 截止。", "Please report for your household: {0}, until {1}."),
    /** To a household that has not reported shortly before the end: the round, and until when. */
    ROUND_MISSING("health-round",
            "还有家人没有填报", "Somebody in your household has not reported yet",
            "{0}的填报 {1} 截止，请尽快完成。", "The {0} report is due by {1}. Please complete it now."),
    /** To the dispatchers; the number of the ticket, here and below. */
    TICKET_SUBMITTED("ticket",
            "有新工单", "A new ticket",
            "{0}，请登录受理。", "{0}. Log in and take it on."),
    /** The same, where somebody must be there within minutes. */
    TICKET_URGENT("ticket",
            "紧急工单", "An urgent ticket",
            "{0}，请立即受理并派人到场。", "{0}. Take it on now and send somebody."),
    /** To the office: urgent work during control. */
    TICKET_CONSENT("ticket",
            "有工单等待社区同意", "A ticket waits for your consent",
            "{0}：管控期间的紧急维修，请登录处理。", "{0}: urgent work during control. Log in and decide."),
    /** To a repairman. */
    TICKET_ASSIGNED("ticket",
            "有派给您的工单", "A ticket is yours",
            "{0}，请登录查看地点和时限。", "{0}. Log in for its place and time."),
    /** To whoever reported it, and to whoever works it. */
    TICKET_PROGRESS("ticket",
            "工单有进展", "There is news of a ticket",
            "{0}，请登录查看。", "{0}. Log in and read it."),
    /** To whoever follows what another reported. */
    TICKET_FOLLOWED("ticket-public",
            "您关注的工单有进展", "There is news of a ticket that you follow",
            "{0}，请登录查看。", "{0}. Log in and read it."),
    /** To whoever reported it: they say whether it is done. */
    TICKET_DONE("ticket",
            "工单已完成，请确认", "A ticket is done; please confirm",
            "{0}。没有解决可以要求返工。", "{0}. If it is not, reopen it."),
    /** To whoever reported it: the clock closed it. */
    TICKET_CLOSED("ticket",
            "工单已自动关单", "A ticket was closed",
            "{0}：到期未收到您的确认；没有解决仍可要求返工。", "{0}: you said nothing in time; if it is not solved, reopen it."),
    /** To dispatchers, and to whoever did it. */
    TICKET_REOPENED("ticket",
            "工单要求返工", "A ticket was reopened",
            "{0}，请登录查看原因。", "{0}. Log in to read why."),
    /** To the next in the chain. */
    TICKET_LATE("ticket",
            "工单已超时", "A ticket is late",
            "{0}，请登录处理。", "{0}. Log in and see to it."),
    /** To the other side of a ticket's mailbox. */
    TICKET_MAIL("ticket",
            "工单有新留言", "A message on a ticket",
            "{0}，请登录查看。", "{0}. Log in and read it."),
    /** To whoever reported a repair of what all share: where it is, in their words, is not shown to others. */
    TICKET_WORDS_REFUSED("ticket",
            "一处文字没有公开", "Some words are not shown to others",
            "工单照常办理，请登录查看原因。", "The ticket goes on as it was. Log in to read why."),
    /** To whoever asked for a purchase: volunteers do not see it until it is said in other words. */
    PURCHASE_WORDS_REFUSED("purchase",
            "一处文字没有公开", "Some words are not shown to others",
            "代购照常处理；请登录查看原因，可以改写。", "The staff take care of the purchase. Log in to read why, and say it in other words if you like."),
    /** To the office: words that others would read wait for a look. */
    WORDS_HELD("words",
            "有文字等您看一下", "Some words wait for a look",
            "请登录决定是否公开。", "Log in and decide whether others may read them."),
    /** To a grid worker: a household asks for its things to be brought. */
    DOOR_ASKED("door-arrangement",
            "有住户申请送货上门", "A household asks for things to be brought to its door",
            "请登录查看并答复。", "Log in and answer it."),
    DOOR_GRANTED("door",
            "送货上门已开通", "Things are brought to your door",
            "到门岗的快递会有人送到家门口。", "What comes to the gate for you is carried to your door."),
    DOOR_REFUSED("door",
            "送货上门申请未通过", "Things are not brought to your door",
            "请登录查看答复。", "Log in to read the answer."),
    /** To a household: something is on its way. */
    DOOR_COMING("door",
            "有物品会送到您家门口", "Something is being brought to your door",
            "不用下楼，送到后会通知您。", "No need to come down; you are told when it is there."),
    /** To a household. */
    DOOR_PLACED("door",
            "物品已放在您家门口", "Something lies at your door",
            "请等送货的人离开后再开门取。", "Please wait until whoever brought it has left."),
    /** To a grid worker: somebody shall buy something for a household. */
    PURCHASE_ASKED("purchase-task",
            "有新的代购申请", "A household asks for something to be bought",
            "请登录查看并安排。", "Log in and see to it."),
    PURCHASE_ACCEPTED("purchase",
            "代购已有人接单", "Somebody buys it for you",
            "买好后会送到您家门口。", "It is brought to your door when it is bought."),
    PURCHASE_COSTS_MORE("purchase",
            "代购金额需要您确认", "A purchase costs more than you allowed",
            "请登录确认或取消。", "Log in, agree or cancel it."),
    /** To staff in charge of a household where nobody has an account. */
    PURCHASE_ANSWER_FOR("purchase-task",
            "代购要多付，住户没有账号", "A purchase costs more, and its household has no account",
            "请联系住户，再登录替其答复。", "Ask the household, then log in and answer for it."),
    PURCHASE_REJECTED("purchase",
            "代购申请未接受", "A purchase was not accepted",
            "请登录查看原因。", "Log in to read why."),
    /** To whoever buys. */
    PURCHASE_ANSWERED("purchase-task",
            "住户已答复代购", "A household has answered about a purchase",
            "请登录查看。", "Log in and read it."),
    /** To a grid worker. */
    DOOR_OVERDUE("door-task",
            "有送货上门任务超时", "Something is not at its door in time",
            "请登录查看并安排。", "Log in and see to it."),
    /** To the office: requests that it has to decide. */
    PASSES_WAITING("outing-pass",
            "有出行申请等待审批", "Outing requests wait for you",
            "请登录审批。", "Log in and decide them."),
    /** To a household. */
    PASS_APPROVED("outing-pass",
            "出行申请已通过", "An outing was approved",
            "请登录查看时间，出门时出示出入码。", "Log in for its time, and show its code at the gate."),
    /** To a household: until when a freed place is kept for it. */
    PLACE_OFFERED("outing-waiting",
            "候补的时段有名额了", "A place is free in the slot you wait for",
            "请在 {0} 前登录确认，过时让给下一位。", "Log in and take it by {0}; then it goes to the next."),
    /** To a household: the day, and the gate that is closed on it. */
    OFFER_WITHDRAWN("outing-waiting",
            "为您保留的候补名额已取消", "The place kept for you is withdrawn",
            "{0} {1}不开放，为您家保留的候补名额已取消。重新开放后仍按原来的次序通知您。",
            "The gate {1} is closed on {0}. The place kept for you is withdrawn; should it open again you keep your turn."),
    /** To a household. */
    PASS_REJECTED("outing-pass",
            "出行申请未通过", "An outing was not approved",
            "请登录查看原因。", "Log in to read why."),
    /** To a household: the day, and the gate that is closed on it. */
    PASS_GATE_CLOSED("outing-pass",
            "预约的出行已取消", "A booked outing was cancelled",
            "{0} {1}不开放，您家的预约已取消，不占次数。请登录查看原因并改约。",
            "The gate {1} is closed on {0}. Your booking is cancelled and does not count. Log in for the reason and another slot."),
    /** To a grid worker: how many residents. */
    CALL_LIST("call-list",
            "有住户需要电话联系", "Residents to call",
            "{0} 位住户连续未填报，请今天联系。", "{0} residents missed two reports in a row. Please call them today."),
    /** To a grid worker, when the last reminder had its time: how many households it did not reach. */
    KNOCK_LIST("knock-list",
            "有住户需要上门提醒", "Doors to knock at",
            "{0} 户没有收到填报提醒，请今天上门。", "{0} households did not get their reminder. Please knock at their doors today."),
    /** To a household: something waits for it at a gate. */
    PARCEL_ARRIVED("parcel",
            "有快递到门岗了", "A parcel is at the gate",
            "请登录预约取件时段，到门岗凭取件码领取。", "Log in to book a time, and collect it at the gate with its code."),
    /** The same, of something that does not keep. */
    PARCEL_PERISHABLE("parcel",
            "【尽快领取】有生鲜或餐食到门岗了", "Urgent: fresh food is at the gate",
            "不耐放，请现在就凭取件码到门岗领取，不必预约。", "It does not keep. Collect it now with its code; no booking is needed."),
    /** To a household: how many hours it has waited. */
    PARCEL_REMINDER("parcel",
            "您家有快递还没取", "A parcel waits for you",
            "已在门岗放了 {0} 小时，请尽快领取。", "It has been at the gate for {0} hours. Please collect it soon."),
    /** To a household: it goes back. */
    PARCEL_RETURN_DUE("parcel",
            "有快递将退回", "A parcel goes back to the courier",
            "放置超过 {0} 小时，将退回快递员；仍需要请马上到门岗领取。", "It has waited more than {0} hours and goes back; if you want it, collect it now."),
    /** To a household: how many were handed over. */
    PARCEL_COLLECTED("parcel",
            "快递已取走", "Your parcels were collected",
            "{0} 件快递已交付。不是您家取的，请马上联系门岗。", "{0} handed over. If that was none of you, call the gate at once."),
    /** To a household: lost or damaged. */
    PARCEL_TROUBLE("parcel",
            "有一件快递出了状况", "Something happened to a parcel of yours",
            "请登录查看情况。", "Log in to read what happened."),
    /** To the subdistrict: of which day, from how many communities and compounds. */
    SUMMARY_COMPLETE("form",
            "辖区日报已全部上报", "The daily summaries are in",
            "{0}：{1} 个社区、{2} 个小区的日报已定稿，请登录下载。", "{0}: the summaries of {1} communities with {2} compounds are final. Log in to fetch them.");

    /** Characters that the smallest field of text takes which others show on a lock screen; no title is longer in Chinese. */
    public static final int MOST_ON_A_LOCK_SCREEN = 20;

    private final String subject;
    private final String titleChinese;
    private final String titleEnglish;
    private final String textChinese;
    private final String textEnglish;

    MessageTemplate(String subject, String titleChinese, String titleEnglish, String textChinese, String textEnglish) {
        this.subject = subject;
        this.titleChinese = titleChinese;
        this.titleEnglish = titleEnglish;
        this.textChinese = textChinese;
        this.textEnglish = textEnglish;
    }

    /** All that this program knows; while a newer one runs beside it, there may be messages of others, which are left to that. */
    static String[] names() {
        return Stream.of(values()).map(Enum::name).toArray(String[]::new);
    }

    /** What kind of thing the message is about, for instance {@code alert}: with its id, where the portal leads to. */
    public String subject() {
        return subject;
    }

    public String title(Language language) {
        return language.choose(titleChinese, titleEnglish);
    }

    /** The text where it is short enough for a lock screen, else that there is more to be read. */
    public String onALockScreen(Language language, List<String> arguments) {
        var whole = text(language, arguments);
        return whole.codePointCount(0, whole.length()) <= MOST_ON_A_LOCK_SCREEN ? whole : language.choose("请登录查看。", "Log in to read it.");
    }

    /** The text with its places filled; {@code arguments} speak that language already. */
    public String text(Language language, List<String> arguments) {
        return language.fill(language.choose(textChinese, textEnglish), arguments.toArray());
    }
}
