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
import java.util.Base64;
import java.util.Map;

/** QR codes as pictures for a page or for paper. */
final class QrPicture {
    private static final int PNG_MARK = 0x89;

    private QrPicture() {
    }

    /** A PNG as a data URL. Takes some milliseconds of computing, so it is no work for an event loop. */
    static String dataUrl(String text, int sizePixels) {
        var png = new ByteArrayOutputStream();
        try {
            var hints = Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 4);
            var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, sizePixels, sizePixels, hints);
            MatrixToImageWriter.writeToStream(matrix, "PNG", png);
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return dataUrl(png.toByteArray());
    }

    /** A picture that was made elsewhere, PNG or JPEG. */
    static String dataUrl(byte[] picture) {
        var type = picture.length > 0 && (picture[0] & 0xff) == PNG_MARK ? "png" : "jpeg";
        return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(picture);
    }
}
