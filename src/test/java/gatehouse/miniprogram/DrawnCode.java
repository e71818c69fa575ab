package gatehouse.miniprogram;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;

/** A QR code as the mini program drew it on a canvas, read as a gate's camera reads it. */
final class DrawnCode {
    private static final int WHITE = 0xffffff;

    private DrawnCode() {
    }

    /** @param canvas {@code width} and {@code fills} of x, y, width, height and colour, in the order in which they were drawn */
    static String textOf(JsonNode canvas) {
        int width = canvas.path("width").asInt();
        var pixels = new int[width * width];
        for (var fill : canvas.path("fills")) {
            int colour = Integer.parseInt(fill.path(4).asText().substring(1), 16);
            for (int y = fill.path(1).asInt(); y < fill.path(1).asInt() + fill.path(3).asInt(); y++) {
                int from = y * width + fill.path(0).asInt();
                Arrays.fill(pixels, from, from + fill.path(2).asInt(), colour);
            }
        }
        if (pixels[0] != WHITE) {
            throw new AssertionError("no quiet zone around the code");
        }
        try {
            return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, width, pixels)))).getText();
        } catch (NotFoundException | ChecksumException | FormatException unreadable) {
            throw new AssertionError("no camera reads this code", unreadable);
        }
    }
}
