package gatehouse.outing;

import gatehouse.kernel.BusinessClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** The printable card: a code and its times, in both languages; whoever finds one learns no name and no room. */
final class PassCard {
    private static final String TEMPLATE = template();
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final int TAIL_DIGITS = 6;

    private PassCard() {
    }

    private static String template() {
        try (InputStream stream = PassCard.class.getResourceAsStream("/gatehouse/outing-card.html")) {
            if (stream == null) {
                throw new IllegalStateException("outing-card.html is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String html(OutingPass pass, String gate, byte[] qr) {
        var window = pass.window();
        return TEMPLATE.replace("{date}", DAY.format(inChina(window.validFrom()))).replace("{from}", hour(window.validFrom()))
                .replace("{leaveBy}", hour(window.leaveBy())).replace("{until}", hour(window.validUntil())).replace("{gate}", escaped(gate))
                .replace("{colour}", pass.colour().name().toLowerCase(java.util.Locale.ROOT)).replace("{number}", tail(pass))
                .replace("{serial}", String.valueOf(pass.cardSerial())).replace("{qr}", Base64.getEncoder().encodeToString(qr));
    }

    /** Enough to tell two cards apart on the telephone. */
    private static String tail(OutingPass pass) {
        var hex = Long.toHexString(pass.codeNumber());
        return hex.substring(Math.max(0, hex.length() - TAIL_DIGITS));
    }

    private static OffsetDateTime inChina(OffsetDateTime time) {
        return time.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
    }

    private static String hour(OffsetDateTime time) {
        return HOUR.format(inChina(time));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
