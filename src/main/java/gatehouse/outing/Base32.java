package gatehouse.outing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** RFC 4648 base 32 without padding: capitals and digits, which a QR code packs tightest. Every text has one spelling. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private Base32() {
    }

    static int length(int bytes) {
        return (bytes * 8 + 4) / 5;
    }

    static String encode(byte[] bytes) {
        var text = new StringBuilder(length(bytes.length));
        int buffer = 0;
        int bits = 0;
        for (byte each : bytes) {
            buffer = buffer << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(buffer >> bits & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(buffer << 5 - bits & 31));
        }
        return text.toString();
    }

    /** Exactly so many bytes; null where the text is none of ours: another length, another letter, bits left over. */
    static byte @Nullable [] decode(String text, int bytes) {
        if (text.length() != length(bytes)) {
            return null;
        }
        var decoded = new byte[bytes];
        int buffer = 0;
        int bits = 0;
        int place = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int value = letter < VALUES.length ? VALUES[letter] : -1;
            if (value < 0) {
                return null;
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                decoded[place++] = (byte) (buffer >> bits);
            }
        }
        return (buffer & (1 << bits) - 1) == 0 ? decoded : null;
    }
}
