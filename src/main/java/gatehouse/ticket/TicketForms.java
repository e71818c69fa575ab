package gatehouse.ticket;

import static gatehouse.forms.Column.count;
import static gatehouse.forms.Column.text;
import static gatehouse.forms.Column.time;
import static gatehouse.forms.Column.word;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.SUBDISTRICT;
import static java.util.Map.entry;

import gatehouse.forms.Form;
import gatehouse.forms.Form.Content;
import gatehouse.forms.Form.End;
import gatehouse.kernel.Language;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The papers of tickets: what came in on a day, and a month in numbers. Who complains anonymously is in none of them. */
public final class TicketForms {
    static final Map<String, String> KIND = Map.of("REPAIR", "报修", "COMPLAINT", "投诉", "ENQUIRY", "咨询", "SUGGESTION", "建议");

    static final Map<String, String> CATEGORY = Stream.of(TicketCategory.values())
            .collect(Collectors.toUnmodifiableMap(Enum::name, each -> each.text(Language.CHINESE)));

    static final Map<String, String> URGENCY = Map.of("NORMAL", "一般", "URGENT", "急", "EMERGENCY", "紧急");

    static final Map<String, String> AREA = Map.of("HOME", "户内", "PUBLIC", "公共区域");

    static final Map<String, String> STATE = Map.ofEntries(entry("SUBMITTED", "待受理"), entry("ACCEPTED", "已受理"), entry("ASSIGNED", "已派单"),
            entry("ON_SITE", "已到场"), entry("WAITING", "暂停"), entry("DONE", "已完成"), entry("CONFIRMED", "已确认"), entry("REOPENED", "返工"),
            entry("CLOSED", "已关单"), entry("CANCELLED", "已取消"), entry("MERGED", "已合并"));

    static final Map<String, String> BREACH = Map.of("ON_SITE", "到场超时", "DONE", "完成超时");

    static final Map<String, String> REPORTER = Map.of("ANONYMOUS", "匿名");

    /** 工单台账 of the tickets that came in that day; 工单月报 of the month of that day, as far as it has come. */
    public static final List<Form> ALL = List.of(
            new Form("ticket-ledger", "工单台账", "Ticket ledger", Set.of(OFFICE), Content.NAMES, End.OPEN, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("工单编号", "number", 20),
                    word("类别", "kind", 8, KIND),
                    word("事项", "category", 20, CATEGORY),
                    word("紧急程度", "urgency", 10, URGENCY),
                    word("区域", "area", 10, AREA),
                    text("楼栋", "building", 8),
                    text("位置", "place", 20),
                    text("内容", "description", 40),
                    time("报单时间", "submitted_at"),
                    text("报单房号", "household", 12),
                    word("报单人", "reporter", 12, REPORTER),
                    time("承诺到场", "on_site_due_at"),
                    time("到场时间", "on_site_at"),
                    time("承诺完成", "done_due_at"),
                    time("完成时间", "done_at"),
                    word("状态", "state", 10, STATE),
                    text("处理人员", "assignee", 12),
                    word("超时", "breach", 10, BREACH),
                    count("评价", "rating"),
                    text("评价内容", "rating_words", 24),
                    time("回访时间", "followed_up_at")), TicketFormStore::ledger),
            new Form("ticket-month", "工单月报", "Tickets of the month", Set.of(OFFICE, SUBDISTRICT), Content.NUMBERS, End.OPEN, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    count("受理总数", "submitted"),
                    count("报修", "repairs"),
                    count("投诉", "complaints"),
                    count("咨询", "enquiries"),
                    count("建议", "suggestions"),
                    count("已完成", "done"),
                    count("未完成", "open"),
                    count("超时", "late"),
                    count("已关单", "closed"),
                    count("已评价", "rated"),
                    count("满意", "satisfied"),
                    count("已回访", "followed_up"),
                    count("重大投诉", "serious"),
                    count("重大投诉已回访", "serious_followed_up")), TicketFormStore::month));

    private TicketForms() {
    }
}
