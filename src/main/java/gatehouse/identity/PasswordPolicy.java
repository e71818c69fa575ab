package gatehouse.identity;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which passwords are too weak to be taken: short, common, or the phone number itself. */
final class PasswordPolicy {
    static final int LEAST_CHARACTERS = 8;

    /** From published lists of leaked passwords of Chinese and international sites; what rules below catch is left out. */
    private static final Set<String> COMMON = Arrays.stream("""
            1q2w3e4r 1qaz2wsx q1w2e3r4 qwer1234 asdf1234 abcd1234 a1234567 a12345678 a123456789 aa123456 aa12345678 abc12345 abc123456
            abc123456789 123456abc 1234567a 12345678a 123456789a 1234qwer 123456aa 123456qq qq123456 wang1234 zhang123 woaini520
            woaini1314 woaini123 5201314520 13145201 520131452 1314520520 147258369 147852369 159357258 789456123 123321123 112233445566
            11223344 1122334455 123123123 password password1 password123 passw0rd p@ssw0rd p@ssword iloveyou iloveyou1 qwertyuiop
            qwerty123 qwerty12 asdfghjkl zxcvbnm1 zxcvbnm123 sunshine princess football baseball superman trustno1 welcome1 admin123
            admin1234 administrator letmein1 monkey123 dragon123 computer internet whatever starwars 1qazxsw2 zaq12wsx qazwsxedc
            woaiwojia wodemima xiaoming nihao123 ceshi123 test1234 changeme default1 abcdefgh abcdefg1 abcd12345 iamhappy
            """.split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private PasswordPolicy() {
    }

    /** So that full-width digits of a Chinese keyboard are the digits they look like; what is judged is what is hashed. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** {@code phone}: the digits of the account's number. */
    static boolean isWeak(String password, String phone) {
        var plain = normal(password).toLowerCase(Locale.ROOT);
        return plain.codePointCount(0, plain.length()) < LEAST_CHARACTERS || COMMON.contains(plain) || isStaircase(plain)
                || plain.contains(phone) || phone.contains(plain) || plain.codePoints().distinct().count() < 3;
    }

    /** 12345678, 87654321, abcdefgh, and so on, round the end of the row of digits too. */
    private static boolean isStaircase(String text) {
        int up = 0;
        int down = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            up += step == 1 || step == -9 ? 1 : 0;
            down += step == -1 || step == 9 ? 1 : 0;
        }
        return up == text.length() - 1 || down == text.length() - 1;
    }
}
