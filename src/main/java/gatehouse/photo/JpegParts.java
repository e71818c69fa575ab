package gatehouse.photo;

import gatehouse.photo.Picture.Kind;
import java.io.ByteArrayOutputStream;

/** Walks the segments of a JPEG (ITU T.81) and leaves out all that is not drawn: APPn but Adobe's, comments, and what follows its end. */
final class JpegParts {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;
    private static final int EXIF = 0xE1;
    private static final int ADOBE = 0xEE;
    private static final int COMMENT = 0xFE;
    /** A phone's progressive picture has about ten; thousands of them only burn time. */
    private static final int MOST_SCANS = 32;
    private static final byte[] JFIF = {(byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private final PictureBytes bytes;
    private final ByteArrayOutputStream kept;
    private boolean adobe;
    private int at = 2;
    private int width;
    private int height;
    private int scans;
    private boolean progressive;
    private Orientation orientation = Orientation.UPRIGHT;

    private JpegParts(PictureBytes bytes) {
        this.bytes = bytes;
        this.kept = new ByteArrayOutputStream(bytes.length());
    }

    static Picture read(PictureBytes bytes) {
        var parts = new JpegParts(bytes);
        while (parts.segment()) {
            // each moves on by itself
        }
        return new Picture(Kind.JPEG, parts.width, parts.height, parts.orientation, parts.progressive || parts.scans > 1, parts.drawable());
    }

    /** Without Adobe's segment the colours are JFIF's; the decoder believes it only where a segment says so. */
    private byte[] drawable() {
        var whole = new ByteArrayOutputStream(kept.size() + 2 + JFIF.length);
        whole.write(bytes.all(), 0, 2);
        if (!adobe) {
            whole.writeBytes(JFIF);
        }
        whole.writeBytes(kept.toByteArray());
        return whole.toByteArray();
    }

    /** False after the last. */
    private boolean segment() {
        if (bytes.at(at) != 0xFF) {
            throw Picture.broken();
        }
        int start = at;
        while (bytes.at(at + 1) == 0xFF) {
            at++;
            start = at;
        }
        int marker = bytes.at(at + 1);
        if (marker == END) {
            kept.write(bytes.all(), start, 2);
            return false;
        }
        int length = bytes.big16(at + 2);
        bytes.mustHold(at + 2, length);
        if (length < 2) {
            throw Picture.broken();
        }
        look(marker, at + 4, length - 2);
        adobe |= marker == ADOBE;
        at += 2 + length;
        if (marker == START_OF_SCAN) {
            skipScan();
        }
        if (isDrawn(marker)) {
            kept.write(bytes.all(), start, at - start);
        }
        return true;
    }

    private void look(int marker, int content, int length) {
        if (isFrame(marker)) {
            if (width != 0 || length < 6) {
                throw Picture.broken();
            }
            height = bytes.big16(content + 1);
            width = bytes.big16(content + 3);
            progressive = marker == 0xC2;
            if (width == 0 || height == 0) {
                throw Picture.broken();
            }
        } else if (marker == START_OF_SCAN) {
            scans++;
            if (width == 0 || scans > MOST_SCANS) {
                throw Picture.broken();
            }
        } else if (marker == EXIF && length > 6 && bytes.text(content, 6).equals("Exif\0\0")) {
            orientation = Orientation.ofTiff(bytes, content + 6, length - 6);
        }
    }

    /** To the next marker that is neither a stuffed byte nor a restart. */
    private void skipScan() {
        var all = bytes.all();
        while (at + 1 < all.length) {
            if (all[at] == (byte) 0xFF) {
                int next = all[at + 1] & 0xFF;
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return;
                }
            }
            at++;
        }
        throw Picture.broken();
    }

    /** SOF0 to SOF15 without the three that are tables. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isDrawn(int marker) {
        return marker == ADOBE || marker != COMMENT && (marker < 0xE0 || marker > 0xEF);
    }
}
