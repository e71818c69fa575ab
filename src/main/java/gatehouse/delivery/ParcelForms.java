package gatehouse.delivery;

import static gatehouse.forms.Column.text;
import static gatehouse.forms.Column.time;
import static gatehouse.forms.Column.word;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.forms.Form;
import gatehouse.forms.Form.Content;
import gatehouse.forms.Form.End;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paper that a gate keeps of parcels. */
public final class ParcelForms {
    static final Map<String, String> YES_OR_NO = Map.of("YES", "是", "NO", "否");

    static final Map<String, String> STATE = Map.of("WAITING", "待取", "TO_SORT", "待核对", "COLLECTED", "已取", "AT_DOOR", "已送到门口", "RETURNED", "已退回",
            "LOST", "遗失", "DAMAGED", "破损");

    /** By the codes that the portal offers; another name is written as it is. */
    static final Map<String, String> CARRIER = Map.ofEntries(Map.entry("SF", "顺丰"), Map.entry("JD", "京东"), Map.entry("EMS", "邮政"),
            Map.entry("ZTO", "中通"), Map.entry("YTO", "圆通"), Map.entry("STO", "申通"), Map.entry("YUNDA", "韵达"), Map.entry("JT", "极兔"),
            Map.entry("DEPPON", "德邦"), Map.entry("MEITUAN", "美团"), Map.entry("ELEME", "饿了么"), Map.entry("HEMA", "盒马"), Map.entry("OTHER", "其他"));

    /** 快递代收台账, from one hour of the summary to the next. */
    public static final List<Form> ALL = List.of(
            new Form("parcel-ledger", "快递代收台账", "Parcel ledger", Set.of(OFFICE), Content.NAMES, End.WITH_SUMMARY, List.of(
                    text("社区", "community", 14),
                    text("小区", "compound", 16),
                    text("门岗", "gate", 12),
                    time("到达时间", "registered_at"),
                    text("房号", "household", 14),
                    word("快递公司", "carrier", 12, CARRIER),
                    text("单号尾号", "tracking_tail", 12),
                    text("货架", "shelf", 10),
                    word("生鲜易腐", "perishable", 10, YES_OR_NO),
                    word("已消毒", "disinfected", 10, YES_OR_NO),
                    word("状态", "state", 12, STATE),
                    time("办结时间", "ended_at"),
                    text("代取人", "collector", 14),
                    text("登记人", "registered_by", 16),
                    text("经办人", "ended_by", 16)), ParcelFormStore::parcelLedger));

    private ParcelForms() {
    }
}
