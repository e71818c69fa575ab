package gatehouse.photo;

import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;

/**
 * What was sent, as far as its head tells, before anything is unpacked: a kind by its first bytes, its size in pixels, which side is up; and only
 * those of its parts that are needed to draw it.
 *
 * @param unpackedWhole true where a decoder holds all of it at once, however small it is drawn
 */
record Picture(Kind kind, int widthPixels, int heightPixels, Orientation orientation, boolean unpackedWhole, byte[] drawable) {
    /** Phones take 12 to 50 megapixels. */
    private static final long MOST_PIXELS = 50_000_000;
    private static final long MOST_PIXELS_UNPACKED_WHOLE = 16_000_000;
    /** Decoders hold whole rows, so that a picture of one row that long takes more memory than its pixels tell; panoramas of phones stay below. */
    private static final int LONGEST_SIDE_PIXELS = 20_000;
    private static final String KINDS = "JPEG, PNG, WebP";

    enum Kind { JPEG, PNG, WEBP }

    /** Reads head and parts; refuses what is no picture of these kinds, is not whole, or is too big. */
    static Picture of(byte[] sent) {
        var bytes = new PictureBytes(sent);
        var picture = switch (kind(bytes)) {
            case JPEG -> JpegParts.read(bytes);
            case PNG -> PngParts.read(bytes);
            case WEBP -> WebpParts.read(bytes);
        };
        long pixels = (long) picture.widthPixels * picture.heightPixels;
        long most = picture.unpackedWhole ? MOST_PIXELS_UNPACKED_WHOLE : MOST_PIXELS;
        if (pixels == 0) {
            throw broken();
        }
        if (pixels > most || Math.max(picture.widthPixels, picture.heightPixels) > LONGEST_SIDE_PIXELS) {
            throw Problem.badField("/photo", FieldFault.TOO_MANY_PIXELS, most / 1_000_000, LONGEST_SIDE_PIXELS);
        }
        return picture;
    }

    private static Kind kind(PictureBytes bytes) {
        if (bytes.startWith(0xFF, 0xD8, 0xFF)) {
            return Kind.JPEG;
        }
        if (bytes.startWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Kind.PNG;
        }
        if (bytes.startWith('R', 'I', 'F', 'F') && bytes.length() >= 12 && bytes.text(8, 4).equals("WEBP")) {
            return Kind.WEBP;
        }
        throw Problem.of(ProblemType.WRONG_MEDIA_TYPE, KINDS);
    }

    static Problem broken() {
        return Problem.badField("/photo", FieldFault.BROKEN_PICTURE);
    }
}
