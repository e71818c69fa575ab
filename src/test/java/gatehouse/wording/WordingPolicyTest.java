package gatehouse.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingPolicyTest {
    private static final List<String> LIST = WordingPolicy.parsed("# 说明，不算\n加微信,Fuck\n滚 出 去，bitch\n\n");

    @Test
    void list_isWordsBetweenLinesAndCommas_withoutItsRemarks() {
        assertEquals(List.of("加微信", "fuck", "滚出去", "bitch"), LIST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"加微信", "加 微 信", "加-微.信", "加　微　信", "请加\u200b微\u200b信谢谢", "ＦＵＣＫ", "f.u.c.k", "滚\n出去"})
    void listedWord_isFound_whateverItsWidthCaseAndSpacing(String text) {
        assertEquals(Optional.of(WordingWhy.LISTED), WordingPolicy.fault(text, LIST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"电话13812345678", "138 1234-5678", "１３８１２３４５６７８", "身份证 37020219800101123X"})
    void phoneAndIdNumbers_areFound(String text) {
        assertEquals(Optional.of(WordingWhy.PERSONAL), WordingPolicy.fault(text, LIST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3号楼2单元电梯", "东门口路灯", "12-1-1302 门前走廊", "微信群里说的那个消防栓", "2026年11月22日起"})
    void plainPlaces_pass(String text) {
        assertEquals(Optional.empty(), WordingPolicy.fault(text, LIST));
    }
}
