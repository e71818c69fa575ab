/**
 * Backups 备份: everything that the database holds in one file, and back into an empty database.
 *
 * <p>Owns no table and knows none by name but {@code session} and {@code sealing_key}; it asks the catalogue.
 *
 * <p>Promises: a backup is one picture of one moment, made while people work; it is sealed by the key ring, whose keys are never in it, so
 * that it is of no use to whoever finds it; it is there whole or not at all. A restore happens whole or not at all, finds out what was
 * changed, cut short or sealed by other keys, and brings no session back to life.
 */
@NullMarked
package gatehouse.backup;

import org.jspecify.annotations.NullMarked;
