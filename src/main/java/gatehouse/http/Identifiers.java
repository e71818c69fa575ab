package gatehouse.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Ids as clients send them: the canonical 36 characters of a UUID, nothing that merely resembles one. */
public final class Identifiers {
    private static final String SHAPE = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

    private Identifiers() {
    }

    public static Optional<UUID> parse(String text) {
        return isCanonical(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static boolean isCanonical(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (SHAPE.charAt(i) == '-' ? each != '-' : !HexFormat.isHexDigit(each)) {
                return false;
            }
        }
        return true;
    }
}
