package gatehouse.photo;

import java.awt.geom.AffineTransform;

/** Which side of the stored pixels is up: EXIF 2.32, tag 0x0112, in its order, which begins at one. */
enum Orientation {
    UPRIGHT, MIRRORED, UPSIDE_DOWN, UPSIDE_DOWN_MIRRORED, LYING_LEFT_MIRRORED, LYING_LEFT, LYING_RIGHT_MIRRORED, LYING_RIGHT;

    private static final int TAG = 0x0112;
    private static final int MOST_TAGS = 512;

    boolean lies() {
        return ordinal() >= LYING_LEFT_MIRRORED.ordinal();
    }

    /** Turns stored pixels of that width and height upright. */
    AffineTransform upright(double width, double height) {
        return switch (this) {
            case UPRIGHT -> new AffineTransform();
            case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
            case UPSIDE_DOWN_MIRRORED -> new AffineTransform(1, 0, 0, -1, 0, height);
            case LYING_LEFT_MIRRORED -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case LYING_LEFT -> new AffineTransform(0, 1, -1, 0, height, 0);
            case LYING_RIGHT_MIRRORED -> new AffineTransform(0, -1, -1, 0, height, width);
            case LYING_RIGHT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }

    /** Reads the first directory of a TIFF head; a head that makes no sense says nothing, it does not break the picture. */
    static Orientation ofTiff(PictureBytes bytes, int start, int length) {
        if (length < 14) {
            return UPRIGHT;
        }
        boolean little = bytes.text(start, 4).equals("II*\0");
        if (!little && !bytes.text(start, 4).equals("MM\0*")) {
            return UPRIGHT;
        }
        int end = start + length;
        long directory = start + (little ? unsigned(bytes.little16(start + 4), bytes.little16(start + 6)) : unsigned(bytes.big16(start + 6), bytes.big16(start + 4)));
        if (directory + 2 > end) {
            return UPRIGHT;
        }
        int tags = Math.min(MOST_TAGS, read16(bytes, (int) directory, little));
        for (int i = 0; i < tags; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                return UPRIGHT;
            }
            if (read16(bytes, (int) entry, little) == TAG) {
                int value = read16(bytes, (int) entry + 8, little);
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static long unsigned(int low, int high) {
        return (long) high << 16 | low;
    }

    private static int read16(PictureBytes bytes, int place, boolean little) {
        return little ? bytes.little16(place) : bytes.big16(place);
    }
}
