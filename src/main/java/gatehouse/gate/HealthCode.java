package gatehouse.gate;

/** The colour that a visitor's health code shows; {@code NONE} where they have none to show. */
enum HealthCode {
    GREEN, YELLOW, RED, NONE
}
