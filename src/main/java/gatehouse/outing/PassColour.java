package gatehouse.outing;

/** By origin: who did not leave town is pink, who returned and registered is green. */
enum PassColour {
    PINK, GREEN
}
