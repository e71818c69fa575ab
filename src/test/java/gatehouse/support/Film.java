package gatehouse.support;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** What a camera sees: a picture held before it, a little askew, in poor light. */
public final class Film {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int SIDE = 300;
    private static final double ASKEW_RADIANS = Math.toRadians(4);
    private static final int NOISE = 24;
    private static final byte NO_COLOUR = (byte) 128;

    private Film() {
    }

    /** A film of a PNG as YUV4MPEG2, without colours, of two frames. */
    public static Path of(byte[] png, Path file) {
        try {
            var frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
            var graphics = frame.createGraphics();
            graphics.setColor(new Color(0x70, 0x70, 0x70));
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.rotate(ASKEW_RADIANS, WIDTH / 2.0, HEIGHT / 2.0);
            graphics.drawImage(ImageIO.read(new ByteArrayInputStream(png)), (WIDTH - SIDE) / 2, (HEIGHT - SIDE) / 2, SIDE, SIDE, null);
            graphics.dispose();
            var random = new Random(1);
            var luma = new byte[WIDTH * HEIGHT];
            for (int i = 0; i < luma.length; i++) {
                int light = 40 + frame.getRaster().getSample(i % WIDTH, i / WIDTH, 0) * 2 / 3 + random.nextInt(NOISE);
                luma[i] = (byte) Math.min(light, 235);
            }
            var chroma = new byte[WIDTH * HEIGHT / 2];
            Arrays.fill(chroma, NO_COLOUR);
            var film = new ByteArrayOutputStream();
            film.writeBytes("YUV4MPEG2 W%d H%d F20:1 Ip A1:1 C420jpeg\n".formatted(WIDTH, HEIGHT).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 2; i++) {
                film.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                film.writeBytes(luma);
                film.writeBytes(chroma);
            }
            return Files.write(file, film.toByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
