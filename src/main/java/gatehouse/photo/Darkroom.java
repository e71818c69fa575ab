package gatehouse.photo;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Unpacks pictures and draws them anew, upright and small, on few threads and within so much memory for all of them together. */
final class Darkroom implements AutoCloseable {
    static final int FULL_PIXELS = 1600;
    static final int THUMBNAIL_PIXELS = 320;
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());
    private static final int MOST_WAITING = 32;
    private static final int MEMORY_MEGABYTES = 192;
    private static final int RETRY_AFTER_SECONDS = 3;
    private static final float FULL_QUALITY = 0.82f;
    private static final float THUMBNAIL_QUALITY = 0.75f;
    /** What the decoders were seen to hold beside the picture drawn: coefficients, planes, tables. */
    private static final int BYTES_PER_PIXEL_UNPACKED_WHOLE = 8;
    private static final int BYTES_PER_PIXEL_DRAWN = 4;

    private final ThreadPoolExecutor threads;
    private final Semaphore megabytes = new Semaphore(MEMORY_MEGABYTES);

    Darkroom() {
        threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING),
                work -> Thread.ofPlatform().name("darkroom").daemon().unstarted(work));
        threads.allowCoreThreadTimeOut(true);
    }

    CleanPhoto develop(Picture picture) {
        try {
            return threads.submit(() -> withinMemory(picture)).get();
        } catch (RejectedExecutionException full) {
            throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", RETRY_AFTER_SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Problem problem ? problem : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", RETRY_AFTER_SECONDS);
        }
    }

    private CleanPhoto withinMemory(Picture picture) throws IOException, InterruptedException {
        int cost = Math.min(MEMORY_MEGABYTES, megabytes(picture));
        megabytes.acquire(cost);
        try {
            return drawn(picture);
        } finally {
            megabytes.release(cost);
        }
    }

    private static int megabytes(Picture picture) {
        long pixels = (long) picture.widthPixels() * picture.heightPixels();
        int step = step(picture);
        long bytes = pixels / step / step * BYTES_PER_PIXEL_DRAWN + (picture.unpackedWhole() ? pixels * BYTES_PER_PIXEL_UNPACKED_WHOLE : 0);
        return 1 + (int) (bytes >> 20);
    }

    /** Every how many pixels one is read, so that what is left is still larger than what is drawn of it. */
    private static int step(Picture picture) {
        return Math.max(1, Math.max(picture.widthPixels(), picture.heightPixels()) * 2 / (3 * FULL_PIXELS));
    }

    private static CleanPhoto drawn(Picture picture) throws IOException {
        var upright = scaled(unpacked(picture), picture.orientation(), FULL_PIXELS);
        var small = upright;
        for (int longest = FULL_PIXELS / 2; longest > THUMBNAIL_PIXELS; longest /= 2) {
            small = scaled(small, Orientation.UPRIGHT, longest);
        }
        small = scaled(small, Orientation.UPRIGHT, THUMBNAIL_PIXELS);
        return new CleanPhoto(upright.getWidth(), upright.getHeight(), jpeg(upright, FULL_QUALITY), jpeg(small, THUMBNAIL_QUALITY));
    }

    private static BufferedImage unpacked(Picture picture) throws IOException {
        var reader = reader(picture.kind());
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.drawable()))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != picture.widthPixels() || reader.getHeight(0) != picture.heightPixels()) {
                throw Picture.broken();
            }
            var param = reader.getDefaultReadParam();
            int step = step(picture);
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } catch (IOException | RuntimeException broken) {
            // The decoders fail in many ways over bytes that make no sense; all of them mean the same to who sent them.
            throw Picture.broken();
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(Picture.Kind kind) throws IOException {
        return switch (kind) {
            case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
            case PNG -> ImageIO.getImageReadersByFormatName("png").next();
            case WEBP -> new WebPImageReaderSpi().createReaderInstance();
        };
    }

    /** Upright, at most so many pixels wide and high, never larger than it was; what was transparent is white. */
    private static BufferedImage scaled(BufferedImage image, Orientation orientation, int mostPixels) {
        double factor = Math.min(1, (double) mostPixels / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        var target = new BufferedImage(orientation.lies() ? height : width, orientation.lies() ? width : height, BufferedImage.TYPE_INT_RGB);
        var graphics = target.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, target.getWidth(), target.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            var placed = orientation.upright(width, height);
            placed.concatenate(AffineTransform.getScaleInstance((double) width / image.getWidth(), (double) height / image.getHeight()));
            graphics.drawImage(image, placed, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
