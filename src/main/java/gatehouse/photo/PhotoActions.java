package gatehouse.photo;

import gatehouse.http.Reply;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;

/** What features do with pictures. Whoever calls has checked that the person may. */
public final class PhotoActions implements AutoCloseable {
    /** Of the file itself. */
    public static final int MOST_BYTES = 10 << 20;

    private final PhotoStore store = new PhotoStore();
    private final Darkroom darkroom = new Darkroom();
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;

    public PhotoActions(Database database, BusinessClock clock, KeyRing keys) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * Draws a picture anew, on one of a few threads made for it; blocks until then, so it belongs before the transaction, on a virtual thread.
     *
     * @param sent the file as it came in the form's field {@code photo}
     * @throws Problem {@code TOO_LARGE}, {@code WRONG_MEDIA_TYPE} where it is no JPEG, PNG or WebP whatever it is called, {@code BAD_INPUT} at
     *     {@code /photo} where it is broken, moves or has too many pixels, {@code OVERLOADED} where too many wait already
     */
    public CleanPhoto clean(byte[] sent) {
        if (sent.length > MOST_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, (MOST_BYTES >> 20) + " MB");
        }
        return darkroom.develop(Picture.of(sent));
    }

    /**
     * Keeps a picture with its cause.
     *
     * @param keptUntil the last day on which it is needed, by the feature's own policy
     * @return its id, to be kept by the feature; no other table knows whose it is
     */
    public UUID keep(Tx tx, UUID compound, CleanPhoto photo, LocalDate keptUntil) {
        var id = Ids.next();
        store.insert(tx, compound, id, new PhotoStore.Sealed(photo.widthPixels, photo.heightPixels,
                keys.sealBytes(KeyPurpose.PHOTO, context(compound, id, PhotoSize.FULL), photo.full),
                keys.sealBytes(KeyPurpose.PHOTO, context(compound, id, PhotoSize.THUMBNAIL), photo.thumbnail)), keptUntil, clock.now());
        return id;
    }

    /** The answer that shows it: never stored on the way, never run, never guessed to be something else; 404 once it was swept. */
    public Reply show(UUID compound, UUID id, PhotoSize size) {
        var sealed = store.sealed(database, compound, id, size).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return Reply.bytes("image/jpeg", keys.openBytes(KeyPurpose.PHOTO, context(compound, id, size), sealed))
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "inline; filename=\"photo.jpg\"");
    }

    /** Another last day, for instance because a complaint makes it evidence. */
    public void keepUntil(Tx tx, UUID compound, Collection<UUID> ids, LocalDate keptUntil) {
        store.keepUntil(tx, compound, ids, keptUntil);
    }

    /** Deletes at once; answers how many there were. */
    public int forget(Tx tx, UUID compound, Collection<UUID> ids) {
        return store.delete(tx, compound, ids);
    }

    private static String context(UUID compound, UUID id, PhotoSize size) {
        return "photo/" + compound + "/" + id + "/" + size;
    }

    @Override
    public void close() {
        darkroom.close();
    }
}
