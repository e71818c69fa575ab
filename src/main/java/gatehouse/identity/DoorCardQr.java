package gatehouse.identity;

import java.net.URI;
import java.util.function.Supplier;

/** The picture on a door card: a QR code that leads to the portal's activation page. */
final class DoorCardQr {
    /** Sharp on paper at 4 cm and 300 dpi. */
    private static final int SIZE_PIXELS = 480;

    private final Supplier<URI> publicUrl;

    /** {@code publicUrl}: where people reach the portal, without a trailing slash; known once the door is open. */
    DoorCardQr(Supplier<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    String dataUrl(InvitationCode code) {
        return QrPicture.dataUrl(link(code), SIZE_PIXELS);
    }

    String link(InvitationCode code) {
        return publicUrl.get() + "/resident/#/activate?code=" + code.printed();
    }
}
