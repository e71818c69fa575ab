package gatehouse.gate;

/** Which way somebody goes through a gate. */
enum Direction {
    OUT, IN
}
