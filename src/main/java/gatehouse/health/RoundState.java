package gatehouse.health;

/** Where a round is in its day; a closed one still takes reports, marked late. */
enum RoundState {
    NOT_YET, OPEN, CLOSED
}
