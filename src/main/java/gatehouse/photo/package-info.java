/**
 * Pictures 照片 that people send: of a parcel at a door, a receipt, a burst pipe.
 *
 * <p>Owns {@code photo}. A feature cleans what came ({@link gatehouse.photo.PhotoActions#clean}), keeps it in the transaction of its cause
 * ({@link gatehouse.photo.PhotoActions#keep}) with the day until which it is needed, and shows it behind its own permission check
 * ({@link gatehouse.photo.PhotoActions#show}); this room asks nobody who may see what.
 *
 * <p>Promises: what is kept was drawn anew from the pixels of a JPEG, PNG or WebP, told by its content, so that neither place, device, comments nor
 * anything hidden behind the picture is left; no picture is unpacked before its size is known to fit; only so much is unpacked at once; the
 * database holds ciphertext only.
 */
@NullMarked
package gatehouse.photo;

import org.jspecify.annotations.NullMarked;
