/**
 * Contactless deliveries 快递代收: couriers leave parcels (快递) at the gate, residents collect them there in a booked slot (取件时段) by a code (取件码).
 *
 * <p>Owns {@code parcel}, {@code parcel_event}, {@code pickup}, {@code pickup_slot}, {@code pickup_collector} and {@code courier_link}; reads
 * {@code household}, {@code building}, {@code unit}, {@code gate} and {@code resident}.
 *
 * <p>A parcel walks: {@link gatehouse.delivery.ParcelRoutes} → {@link gatehouse.delivery.ParcelActions} (whose is it) → {@link gatehouse.delivery.Shelf}
 * (every change of state, with its trail, in one place) → outbox → commit → answer. Whatever waits for a household at one gate is one
 * {@code pickup}: one code, one booked slot, one hand-over. Locks are taken in the order pickup, parcels by id, slots by key.
 *
 * <p>To the door (送货上门): {@code door_task} with what is carried and its trail, {@code door_volunteer} (志愿者) and {@code door_arrangement}; proxy purchases (代购):
 * {@code purchase}. Which household things are brought to is decided in {@link gatehouse.delivery.DoorRounds} alone; no row, answer or message beyond it tells why.
 *
 * <p>Promises: a household is told in the transaction that registers its parcel; a slot is never oversold; a code hands its parcels over once and
 * cannot be guessed; a courier learns nothing about who lives where; every change of state has a time and a person.
 */
@NullMarked
package gatehouse.delivery;

import org.jspecify.annotations.NullMarked;
