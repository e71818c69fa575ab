package gatehouse.gate;

import static gatehouse.forms.Column.degrees;
import static gatehouse.forms.Column.text;
import static gatehouse.forms.Column.time;
import static gatehouse.forms.Column.word;
import static gatehouse.kernel.Role.OFFICE;
import static java.util.Map.entry;

import gatehouse.forms.Form;
import gatehouse.forms.Form.Content;
import gatehouse.forms.Form.End;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The papers that a gate keeps: whoever went through, or was turned back. */
public final class GateForms {
    static final Map<String, String> DIRECTION = Map.of("OUT", "出", "IN", "进");

    static final Map<String, String> WHO = Map.of("RESIDENT", "居民", "VISITOR", "访客", "POLICE", "公安车辆", "AMBULANCE", "救护车", "FIRE", "消防车",
            "UTILITY", "抢修车");

    static final Map<String, String> YES_OR_NO = Map.of("YES", "是", "NO", "否");

    static final Map<String, String> OUTCOME = Map.of("THROUGH", "放行", "REFUSED", "未放行", "CONFLICT", "放行（待核对）");

    static final Map<String, String> KIND = Map.of("SUPPLIES", "采购", "WORK", "上班", "MEDICAL", "就医", "ESSENTIAL_WORKER", "保障岗位", "VEHICLE", "车辆",
            "VISITOR", "访客", "POLICE", "公安车辆", "AMBULANCE", "救护车", "FIRE", "消防车", "UTILITY", "抢修车");

    static final Map<String, String> COLOUR = Map.of("PINK", "粉色证", "GREEN", "绿色证");

    static final Map<String, String> LINE = Map.of("ONLINE", "联网", "OFFLINE", "离线补传");

    /** By the slug of the reason; one word for all that would tell of somebody's health. */
    static final Map<String, String> CONFLICT = Map.ofEntries(entry("forged", "码不真实"), entry("expired-code", "码已过期"), entry("not-approved", "未获批准"),
            entry("not-yet", "未到时间"), entry("too-late", "已过时间"), entry("already-out", "重复外出"), entry("not-out", "无外出记录"), entry("revoked", "已撤销"),
            entry("fever", "健康情况"), entry("no-mask", "未戴口罩"), entry("alert-open", "健康情况"), entry("under-observation", "健康情况"),
            entry("report-missing", "健康情况"), entry("level-sealed", "封控中"), entry("other-compound", "非本小区"), entry("turned-back", "断网时未放行"), entry("cancelled", "邀请已取消"),
            entry("already-inside", "重复进入"), entry("already-left", "离开后再进入"), entry("not-admitted", "不接待访客"), entry("region-listed", "来自风险地区"),
            entry("health-code", "健康情况"), entry("host-absent", "无人接领"), entry("name-not-checked", "未核对证件"), entry("not-invited", "无邀请记录"),
            entry("not-inside", "无进入记录"));

    /** 门岗登记台账 as published control plans have it: residents, visitors and emergency vehicles in one list, by the clock; 出入流水台账: only who went through. */
    public static final List<Form> ALL = List.of(
            new Form("gate-register", "门岗登记台账", "Gate register", Set.of(OFFICE), Content.NAMES, End.OPEN, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("门岗", "gate", 12),
                    time("时间", "at"),
                    word("类别", "who", 10, WHO),
                    word("方向", "direction", 8, DIRECTION),
                    text("姓名（单位）", "name", 16),
                    text("房号（去向）", "household", 14),
                    text("联系电话", "phone", 14),
                    text("车牌", "plate", 12),
                    degrees("体温", "temperature_tenths"),
                    word("口罩", "mask", 8, YES_OR_NO),
                    text("事由", "purpose", 20),
                    word("结果", "outcome", 14, OUTCOME)), GateFormStore::gateRegister),
            new Form("movement-ledger", "出入流水台账", "Movement ledger", Set.of(OFFICE), Content.NAMES, End.OPEN, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    time("时间", "at"),
                    text("门岗", "gate", 12),
                    word("方向", "direction", 8, DIRECTION),
                    text("房号（去向）", "household", 14),
                    text("姓名（单位）", "name", 16),
                    word("类别", "kind", 12, KIND),
                    word("证件颜色", "colour", 10, COLOUR),
                    degrees("体温", "temperature_tenths"),
                    word("口罩", "mask", 8, YES_OR_NO),
                    word("登记方式", "line", 10, LINE),
                    word("待核对原因", "conflict", 14, CONFLICT),
                    text("值班门岗人员", "guard", 16)), GateFormStore::movementLedger));

    private GateForms() {
    }
}
