package gatehouse.photo;

import java.nio.charset.StandardCharsets;

/** The bytes of a file, read at any place; what lies beyond their end makes the picture a broken one. */
final class PictureBytes {
    private final byte[] bytes;

    PictureBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    byte[] all() {
        return bytes;
    }

    boolean startWith(int... first) {
        if (bytes.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    int at(int place) {
        if (place < 0 || place >= bytes.length) {
            throw Picture.broken();
        }
        return bytes[place] & 0xFF;
    }

    /** Two bytes, the higher first. */
    int big16(int place) {
        return at(place) << 8 | at(place + 1);
    }

    /** Four bytes, the highest first; what no length of a file can be is broken. */
    int big32(int place) {
        return notNegative(big16(place) << 16 | big16(place + 2));
    }

    int little16(int place) {
        return at(place) | at(place + 1) << 8;
    }

    int little24(int place) {
        return little16(place) | at(place + 2) << 16;
    }

    int little32(int place) {
        return notNegative(little24(place) | at(place + 3) << 24);
    }

    String text(int place, int length) {
        mustHold(place, length);
        return new String(bytes, place, length, StandardCharsets.ISO_8859_1);
    }

    /** Refuses the picture where these bytes are not all there. */
    void mustHold(int place, int length) {
        if (place < 0 || length < 0 || (long) place + length > bytes.length) {
            throw Picture.broken();
        }
    }

    private static int notNegative(int number) {
        if (number < 0) {
            throw Picture.broken();
        }
        return number;
    }
}
