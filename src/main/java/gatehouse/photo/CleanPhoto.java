package gatehouse.photo;

/** A picture drawn anew, in both sizes as JPEG; nothing is left of what was sent but what one sees. */
public final class CleanPhoto {
    final int widthPixels;
    final int heightPixels;
    final byte[] full;
    final byte[] thumbnail;

    CleanPhoto(int widthPixels, int heightPixels, byte[] full, byte[] thumbnail) {
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        this.full = full;
        this.thumbnail = thumbnail;
    }
}
