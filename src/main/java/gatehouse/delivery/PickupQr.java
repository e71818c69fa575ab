package gatehouse.delivery;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** QR pictures as data URLs. Painting one is computing, so few are painted at once, and nobody waits long for it. */
final class PickupQr {
    private static final int SIZE_PIXELS = 300;
    private static final int PAINTED_AT_ONCE = 2;
    private static final int LONGEST_WAIT_SECONDS = 2;
    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 4);

    private final Semaphore painting = new Semaphore(PAINTED_AT_ONCE, true);

    /** A square PNG; fails with {@link ProblemType#OVERLOADED} where too many wait. */
    String dataUrl(String text) {
        try {
            if (!painting.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
        try {
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(paint(text));
        } finally {
            painting.release();
        }
    }

    private static byte[] paint(String text) {
        var png = new ByteArrayOutputStream();
        try {
            MatrixToImageWriter.writeToStream(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIZE_PIXELS, SIZE_PIXELS, HINTS), "PNG", png);
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
    }
}
