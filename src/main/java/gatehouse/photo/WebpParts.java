package gatehouse.photo;

import gatehouse.photo.Picture.Kind;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Walks the chunks of a WebP (RFC 9649), demands that they all tell the same size, and keeps the picture with its transparency alone. */
final class WebpParts {
    private static final int MOVES = 0x02;
    private static final int TRANSPARENT = 0x10;

    private final PictureBytes bytes;
    private int canvasWidth;
    private int canvasHeight;
    private int width;
    private int height;
    private Orientation orientation = Orientation.UPRIGHT;
    private @Nullable Chunk alpha;
    private @Nullable Chunk picture;

    /** A chunk with its head of eight bytes, without what pads it to an even length. */
    private record Chunk(String type, int start, int length) {
    }

    private WebpParts(PictureBytes bytes) {
        this.bytes = bytes;
    }

    static Picture read(PictureBytes bytes) {
        var parts = new WebpParts(bytes);
        int end = bytes.little32(4) + 8;
        bytes.mustHold(0, end);
        int at = 12;
        while (at + 8 <= end) {
            int length = bytes.little32(at + 4);
            bytes.mustHold(at + 8, length);
            parts.look(new Chunk(bytes.text(at, 4), at, length + 8));
            at += 8 + length + (length & 1);
        }
        if (parts.picture == null || parts.canvasWidth != 0 && (parts.canvasWidth != parts.width || parts.canvasHeight != parts.height)) {
            throw Picture.broken();
        }
        return new Picture(Kind.WEBP, parts.width, parts.height, parts.orientation, true, parts.drawable(parts.picture));
    }

    private void look(Chunk chunk) {
        int content = chunk.start + 8;
        switch (chunk.type) {
            case "VP8X" -> {
                if ((bytes.at(content) & MOVES) != 0) {
                    throw Picture.broken();
                }
                canvasWidth = bytes.little24(content + 4) + 1;
                canvasHeight = bytes.little24(content + 7) + 1;
            }
            case "VP8 " -> {
                // frame tag of three bytes, start code of three
                sized(chunk, bytes.little16(content + 6) & 0x3FFF, bytes.little16(content + 8) & 0x3FFF);
            }
            case "VP8L" -> {
                int low = bytes.little16(content + 1);
                int high = bytes.little16(content + 3);
                sized(chunk, (low & 0x3FFF) + 1, (low >> 14 | (high & 0x0FFF) << 2) + 1);
            }
            case "ALPH" -> alpha = chunk;
            case "EXIF" -> orientation = Orientation.ofTiff(bytes, content, chunk.length - 8);
            default -> {
                // colour profiles and descriptions are not drawn
            }
        }
    }

    private void sized(Chunk chunk, int itsWidth, int itsHeight) {
        if (picture != null) {
            throw Picture.broken();
        }
        picture = chunk;
        width = itsWidth;
        height = itsHeight;
    }

    private byte[] drawable(Chunk drawn) {
        var chunks = new ByteArrayOutputStream(bytes.length());
        if (alpha != null && drawn.type.equals("VP8 ")) {
            chunks.writeBytes(new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, TRANSPARENT, 0, 0, 0});
            little24(chunks, width - 1);
            little24(chunks, height - 1);
            append(chunks, alpha);
        }
        append(chunks, drawn);
        var file = new ByteArrayOutputStream(chunks.size() + 12);
        file.writeBytes(new byte[] {'R', 'I', 'F', 'F'});
        little24(file, chunks.size() + 4);
        file.write(0);
        file.writeBytes(new byte[] {'W', 'E', 'B', 'P'});
        file.writeBytes(chunks.toByteArray());
        return file.toByteArray();
    }

    private void append(ByteArrayOutputStream out, Chunk chunk) {
        out.write(bytes.all(), chunk.start, chunk.length);
        if ((chunk.length & 1) != 0) {
            out.write(0);
        }
    }

    private static void little24(ByteArrayOutputStream out, int number) {
        out.write(number);
        out.write(number >> 8);
        out.write(number >> 16);
    }
}
