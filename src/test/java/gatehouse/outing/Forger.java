package gatehouse.outing;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes of good codes what is none: a letter, a bit, a part, a length away from them. */
public final class Forger {
    private static final int CODE_BYTES = 84;
    private static final int WAYS = 7;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Forger() {
    }

    /** A change of {@code code}, now and then into itself or into one of {@code others}. */
    public static String mutated(RandomGenerator random, String code, String[] others) {
        var bytes = Base32.decode(code, CODE_BYTES);
        return switch (random.nextInt(WAYS)) {
            case 0 -> replaced(code, random.nextInt(code.length()), (char) random.nextInt(32, 127));
            case 1 -> replaced(code, random.nextInt(code.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
            case 2 -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                yield Base32.encode(bytes);
            }
            case 3 -> {
                int cut = random.nextInt(code.length());
                yield code.substring(0, cut) + others[random.nextInt(others.length)].substring(cut);
            }
            case 4 -> random.nextBoolean() ? code.substring(random.nextInt(1, code.length())) : code + "A".repeat(random.nextInt(1, 9));
            case 5 -> code.toLowerCase(Locale.ROOT);
            default -> {
                random.nextBytes(bytes);
                yield Base32.encode(bytes);
            }
        };
    }

    private static String replaced(String code, int place, char by) {
        return code.substring(0, place) + by + code.substring(place + 1);
    }
}
