package gatehouse.identity;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.Map;

/** The picture on a door card: a QR code that leads to the portal's activation page. */
final class DoorCardQr {
    /** Sharp on paper at 4 cm and 300 dpi. */
    private static final int SIZE_PIXELS = 480;

    private final URI publicUrl;

    /** {@code publicUrl}: where people reach the portal, without a trailing slash. */
    DoorCardQr(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** A PNG as a data URL. Takes some milliseconds of computing, so it is no work for an event loop. */
    String dataUrl(InvitationCode code) {
        var png = new ByteArrayOutputStream();
        try {
            var hints = Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 4);
            var matrix = new QRCodeWriter().encode(link(code), BarcodeFormat.QR_CODE, SIZE_PIXELS, SIZE_PIXELS, hints);
            MatrixToImageWriter.writeToStream(matrix, "PNG", png);
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    String link(InvitationCode code) {
        return publicUrl + "/resident/#/activate?code=" + code.printed();
    }
}
