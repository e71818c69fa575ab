package gatehouse.outing;

import gatehouse.kernel.KeyRing;
import java.time.OffsetDateTime;

/** Codes as the product makes them, for tests of what reads them. */
public final class PressedCodes {
    private final PassCodes codes;

    public PressedCodes(KeyRing keys) {
        this.codes = new PassCodes(keys);
    }

    public String shown(long passNumber, OffsetDateTime at) {
        return codes.shown(passNumber, at);
    }

    public String printed(long passNumber, int cardSerial) {
        return codes.printed(passNumber, cardSerial);
    }
}
