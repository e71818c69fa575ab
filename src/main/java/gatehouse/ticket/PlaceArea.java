package gatehouse.ticket;

/** One's own home, or what all share. */
enum PlaceArea {
    HOME, PUBLIC
}
