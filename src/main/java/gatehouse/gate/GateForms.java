package gatehouse.gate;

import static gatehouse.forms.Column.degrees;
import static gatehouse.forms.Column.text;
import static gatehouse.forms.Column.time;
import static gatehouse.forms.Column.word;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.forms.Form;
import gatehouse.forms.Form.Content;
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

    /** 门岗登记台账 as published control plans have it: residents, visitors and emergency vehicles in one list, by the clock. */
    public static final List<Form> ALL = List.of(
            new Form("gate-register", "门岗登记台账", "Gate register", Set.of(OFFICE), Content.NAMES, List.of(
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
                    word("结果", "outcome", 14, OUTCOME)), GateFormStore::gateRegister));

    private GateForms() {
    }
}
