package gatehouse.simulation;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The paper book of the shelves at two gates, kept as people would say it: what came for whom lies there until that household collects all of it;
 * a household has one place in one slot; a place is free again when somebody gives it up or comes before its time.
 */
final class DeliveryBook {
    /** A household at a gate; its parcels are collected together. */
    record Heap(int flat, int gate) {
    }

    private record Place(String slot, OffsetDateTime startsAt, OffsetDateTime endsAt) {
    }

    private final Map<Heap, Set<String>> waiting = new HashMap<>();
    private final Set<String> toSort = new HashSet<>();
    private final Map<Heap, Place> places = new HashMap<>();
    private final Map<String, Integer> taken = new TreeMap<>();
    private final Set<String> collected = new HashSet<>();
    private int told;
    private int handOvers;

    /** A household is told in the same moment. */
    void comes(int flat, int gate, String tail) {
        waiting.computeIfAbsent(new Heap(flat, gate), nothing -> new HashSet<>()).add(tail);
        told++;
    }

    void comesForNobodyKnown(String tail) {
        toSort.add(tail);
    }

    void isSorted(String tail, int flat, int gate) {
        toSort.remove(tail);
        comes(flat, gate, tail);
    }

    Set<Heap> heaps() {
        return new HashSet<>(waiting.keySet());
    }

    Set<String> at(Heap heap) {
        return waiting.getOrDefault(heap, Set.of());
    }

    boolean isBooked(Heap heap) {
        return places.containsKey(heap);
    }

    int taken(String slot) {
        return taken.getOrDefault(slot, 0);
    }

    void books(Heap heap, String slot, OffsetDateTime startsAt, OffsetDateTime endsAt) {
        places.put(heap, new Place(slot, startsAt, endsAt));
        taken.merge(slot, 1, Integer::sum);
    }

    void givesUp(Heap heap) {
        taken.merge(places.remove(heap).slot, -1, Integer::sum);
    }

    void collects(Heap heap, OffsetDateTime now) {
        collected.addAll(waiting.remove(heap));
        handOvers++;
        var place = places.remove(heap);
        if (place != null && now.isBefore(place.startsAt)) {
            taken.merge(place.slot, -1, Integer::sum);
        }
    }

    /** Whoever did not come has no place any more. */
    void timePasses(OffsetDateTime now) {
        places.values().removeIf(place -> !now.isBefore(place.endsAt));
    }

    Set<String> waiting() {
        var all = new HashSet<String>();
        waiting.values().forEach(all::addAll);
        return all;
    }

    Set<String> toSort() {
        return toSort;
    }

    Set<String> collected() {
        return collected;
    }

    Map<String, Integer> taken() {
        return taken;
    }

    int told() {
        return told;
    }

    int handOvers() {
        return handOvers;
    }
}
