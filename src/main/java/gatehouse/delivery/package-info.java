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
 * <p>Walks to doors are the room above: they read parcels and place them through {@link gatehouse.delivery.Parcels}, and are asked at each arrival whether
 * they take it along ({@link gatehouse.delivery.Bringing}).
 *
 * <p>Promises: a household is told in the transaction that registers its parcel; a slot is never oversold; a code hands its parcels over once and
 * cannot be guessed; a courier learns nothing about who lives where; every change of state has a time and a person.
 */
@NullMarked
package gatehouse.delivery;
import org.jspecify.annotations.NullMarked;
