package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private static final String PHONE = "13900000001";

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "短密码不够长", "12345678", "0987654321", "abcdefgh", "aaaaaaaa", "abababab", "password", "PassWord1",
        "woaini1314", "１２３４５６７８", "Ｐａｓｓｗｏｒｄ", "１３９０００００００１", "13900000001", "39000000", "13900000001a", "a12345678"})
    void isWeak_shortCommonOrThePhone_isTrue(String password) {
        assertTrue(PasswordPolicy.isWeak(password, PHONE), password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse-demo", "correct horse", "kW7!x9pQ", "我家住在三号楼呀", "20261122chun"})
    void isWeak_longAndUncommon_isFalse(String password) {
        assertFalse(PasswordPolicy.isWeak(password, PHONE), password);
    }
}
