package gatehouse.outing;

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
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** QR pictures. Painting one takes milliseconds of computing, so a few threads do it, and no more may wait than are soon served. */
final class PassPictures implements AutoCloseable {
    private static final int PAINTERS = 2;
    private static final int WAITING = 200;
    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 4);

    private final ThreadPoolExecutor painters = new ThreadPoolExecutor(PAINTERS, PAINTERS, 1, TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().name("painter-", 1).daemon().factory());

    /** A square PNG of so many pixels; fails with {@link ProblemType#OVERLOADED} where too many wait. */
    byte[] png(String code, int sizePixels) {
        try {
            return painters.submit(() -> paint(code, sizePixels)).get();
        } catch (RejectedExecutionException busy) {
            throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    private static byte[] paint(String code, int sizePixels) {
        var png = new ByteArrayOutputStream();
        try {
            MatrixToImageWriter.writeToStream(new QRCodeWriter().encode(code, BarcodeFormat.QR_CODE, sizePixels, sizePixels, HINTS), "PNG", png);
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
    }

    @Override
    public void close() {
        painters.shutdown();
    }
}
