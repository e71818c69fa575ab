package gatehouse.photo;

/** In which size a picture is read. */
public enum PhotoSize {
    /** At most 1600 pixels wide and high. */
    FULL,
    /** At most 320 pixels wide and high, for lists. */
    THUMBNAIL
}
