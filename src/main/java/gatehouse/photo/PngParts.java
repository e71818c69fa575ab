package gatehouse.photo;

import gatehouse.photo.Picture.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/** Walks the chunks of a PNG (ISO 15948) and leaves out all that is not drawn, above all those that unpack to any length. */
final class PngParts {
    private static final Set<String> DRAWN = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int SIGNATURE_BYTES = 8;
    private static final int AROUND_CONTENT_BYTES = 12;

    private PngParts() {
    }

    static Picture read(PictureBytes bytes) {
        if (!bytes.text(SIGNATURE_BYTES + 4, 4).equals("IHDR") || bytes.big32(SIGNATURE_BYTES) != 13) {
            throw Picture.broken();
        }
        int width = bytes.big32(SIGNATURE_BYTES + 8);
        int height = bytes.big32(SIGNATURE_BYTES + 12);
        var orientation = Orientation.UPRIGHT;
        var kept = new ByteArrayOutputStream(bytes.length());
        kept.write(bytes.all(), 0, SIGNATURE_BYTES);
        boolean headSeen = false;
        boolean dataSeen = false;
        int at = SIGNATURE_BYTES;
        String type;
        do {
            int length = bytes.big32(at);
            type = bytes.text(at + 4, 4);
            bytes.mustHold(at, length);
            bytes.mustHold(at + length, AROUND_CONTENT_BYTES);
            if (type.equals("IHDR") && headSeen) {
                throw Picture.broken();
            }
            headSeen = true;
            dataSeen |= type.equals("IDAT");
            if (type.equals("eXIf")) {
                orientation = Orientation.ofTiff(bytes, at + 8, length);
            }
            if (DRAWN.contains(type)) {
                kept.write(bytes.all(), at, length + AROUND_CONTENT_BYTES);
            }
            at += length + AROUND_CONTENT_BYTES;
        } while (!type.equals("IEND"));
        if (!dataSeen) {
            throw Picture.broken();
        }
        return new Picture(Kind.PNG, width, height, orientation, false, kept.toByteArray());
    }
}
