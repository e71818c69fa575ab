package gatehouse.gate;

import java.util.Locale;

/** What a guard should know of somebody who goes through all the same. */
enum GateWarning {
    /** They come back later than allowed. */
    OVERDUE,
    /** They come in by a card that is no longer good. */
    CARD_REVOKED,
    /** Their slot is at another gate. */
    OTHER_GATE,
    TEMPERATURE_NOT_MEASURED, MASK_NOT_ASKED,
    /** The device's clock is far ahead; the server's time was taken. */
    CLOCK_WRONG,
    /** They went through although the rules say no. */
    CONFLICT;

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
