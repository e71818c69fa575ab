/**
 * To the door 送货上门: what waits at the gate is carried to households that things are brought to, by volunteers (志愿者) and staff, without contact; and
 * proxy purchases (代购) for those who cannot go.
 *
 * <p>Owns {@code door_task} with what is carried and its trail, {@code door_volunteer}, {@code door_arrangement}, {@code purchase} with its items and trail; reads
 * {@code parcel}, and changes parcels only through {@link gatehouse.delivery.Parcels}.
 *
 * <p>Promises: which household things are brought to is decided in {@link gatehouse.door.DoorRounds} alone; no row, answer or message beyond it tells why.
 * A walk is one person's; nothing is placed twice; nobody pays more than their household agreed to.
 */
@NullMarked
package gatehouse.door;

import org.jspecify.annotations.NullMarked;
