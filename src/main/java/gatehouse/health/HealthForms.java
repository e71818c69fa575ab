package gatehouse.health;

import static gatehouse.forms.Column.count;
import static gatehouse.forms.Column.date;
import static gatehouse.forms.Column.degrees;
import static gatehouse.forms.Column.text;
import static gatehouse.forms.Column.time;
import static gatehouse.forms.Column.word;
import static gatehouse.forms.Column.words;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.forms.Form;
import gatehouse.forms.Form.Content;
import gatehouse.forms.Form.End;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The papers that staff keep of the day's health: the summary, the list of those missing, two ledgers. */
public final class HealthForms {
    static final Map<String, String> YES_OR_NO = Map.of("YES", "是", "NO", "否");

    static final Map<String, String> ROUND = Map.of("ON_TIME", "已报", "LATE", "迟报", "MISSING", "未报", "NOT_YET", "未到时间");

    static final Map<String, String> SYMPTOM = Map.of("FEVER", "发热", "DRY_COUGH", "干咳", "FATIGUE", "乏力", "SORE_THROAT", "咽痛",
            "DIARRHOEA", "腹泻", "DYSPNOEA", "呼吸困难", "LOSS_OF_SMELL_OR_TASTE", "嗅觉味觉减退", "OTHER", "其他");

    static final Map<String, String> ALERT_STATE = Map.of("OPEN", "待确认", "ACKNOWLEDGED", "已确认", "ESCALATED", "已上报",
            "TRANSFERRED", "已转送发热门诊", "CLOSED", "已结案");

    static final Map<String, String> CAUSE = Map.of("RISK_REGION", "中高风险地区返回", "CASE_CONTACT", "密切接触者", "POSITIVE_TEST", "检测阳性",
            "OTHER_PROVINCE", "外省返回", "HOUSEHOLD", "同住人员", "STAFF", "社区安排");

    static final Map<String, String> OBSERVATION_STATE = Map.of("OPEN", "观察中", "RELEASED", "已解除", "TRANSFERRED", "已转送");

    static final Map<String, String> RESULT = Map.of("NEGATIVE", "阴性", "POSITIVE", "阳性");

    /** As the 16:00 list, the 17:00 summary and the ledgers of published control plans have them. */
    public static final List<Form> ALL = List.of(
            new Form("daily-summary", "疫情防控每日汇总表", "Daily summary", Set.of(OFFICE, SUBDISTRICT), Content.NUMBERS, End.WITH_SUMMARY, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    count("应报人数", "expected"),
                    count("上午已报", "morning_on_time"),
                    count("上午迟报", "morning_late"),
                    count("上午未报", "morning_missing"),
                    count("下午已报", "afternoon_on_time"),
                    count("下午迟报", "afternoon_late"),
                    count("下午未报", "afternoon_missing"),
                    count("发热人数", "fevers"),
                    count("未结预警", "alerts"),
                    count("居家观察人数", "observed"),
                    count("外省返回观察", "observed_other_province"),
                    count("中高风险返回观察", "observed_risk_region"),
                    count("今日新增观察", "observed_new"),
                    count("今日解除观察", "observed_released"),
                    word("零报告", "nothing_to_report", 8, YES_OR_NO)), HealthFormStore::dailySummary),

            new Form("missing-list", "当日未报人员名单", "Residents without a report", Set.of(OFFICE, GRID_WORKER), Content.NAMES, End.WITH_SUMMARY, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("网格", "grid", 12),
                    text("楼栋", "building", 8),
                    text("房号", "household", 12),
                    text("姓名", "name", 12),
                    text("手机", "phone", 14),
                    word("上午", "morning", 10, ROUND),
                    word("下午", "afternoon", 10, ROUND),
                    date("最近上报日期", "last_report_date")), HealthFormStore::missingList),

            new Form("fever-ledger", "发热及症状人员台账", "Fever ledger", Set.of(OFFICE, HEALTH_CENTRE), Content.NAMES, End.WITH_SUMMARY, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("楼栋", "building", 8),
                    text("房号", "household", 12),
                    text("姓名", "name", 12),
                    text("手机", "phone", 14),
                    time("发现时间", "opened_at"),
                    degrees("最高体温", "temperature_tenths"),
                    words("症状", "symptoms", 24, SYMPTOM),
                    word("状态", "state", 16, ALERT_STATE),
                    time("确认时间", "acknowledged_at"),
                    time("上报时间", "escalated_at"),
                    time("转送时间", "transferred_at"),
                    time("结案时间", "closed_at"),
                    text("处置情况", "note", 30)), HealthFormStore::feverLedger),

            new Form("observation-ledger", "居家观察人员台账", "Home observation ledger", Set.of(OFFICE, HEALTH_CENTRE), Content.NAMES, End.WITH_SUMMARY, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("楼栋", "building", 8),
                    text("房号", "household", 12),
                    text("姓名", "name", 12),
                    text("手机", "phone", 14),
                    word("观察原因", "cause", 18, CAUSE),
                    date("开始日期", "starts_on"),
                    date("期满日期", "last_day"),
                    count("观察天数", "days"),
                    count("第几天", "day"),
                    count("当日随访次数", "follow_ups"),
                    date("最近采样日期", "tested_on"),
                    word("最近检测结果", "result", 12, RESULT),
                    word("状态", "state", 12, OBSERVATION_STATE),
                    time("解除时间", "ended_at")), HealthFormStore::observationLedger));

    private HealthForms() {
    }
}
