package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellPolicyTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+86 138", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=cmd|' /C calc'!A0", "  =1", "\u3000=1", "\u00a0@x",
        "\t=1", "\r=1", "\n=1", "\u0000=1", "\ufeff=1", "\u200b=1", "\u202e=1", "=", "-"})
    void textThatASpreadsheetWouldReckon_getsAnApostrophe(String text) {
        var inert = CellPolicy.inert(text);
        assertEquals('\'', inert.charAt(0), inert);
        assertFalse(CellPolicy.isFormula(inert));
    }

    @ParameterizedTest
    @ValueSource(strings = {"王小明", "3-2-1402", "138****0001", "a=b", "'=1", "36.5", "（=1）"})
    void otherText_staysAsItIs(String text) {
        assertEquals(text, CellPolicy.inert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\r", "\n", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e", "\ufeff", "\uffff", "\ud800"})
    void whatCannotBeSeen_doesNotStand(String mark) {
        assertEquals("王 小明", CellPolicy.tidy("王" + mark + "小明"));
        assertEquals("王小明", CellPolicy.tidy(mark + "王小明" + mark));
    }

    @Test
    void text_isNoLongerThanACellHolds_andNoCharacterIsCutInHalf() {
        assertEquals(32_767, CellPolicy.tidy("王".repeat(40_000)).length());
        var cut = CellPolicy.tidy("x" + "😷".repeat(20_000));
        assertTrue(cut.length() <= 32_767 && cut.endsWith("😷"));
    }

    @Test
    void emoji_isText() {
        assertEquals("😷", CellPolicy.inert("😷"));
    }
}
