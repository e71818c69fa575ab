package gatehouse.health;

/** Whether the negative test that returning residents show is asked for, and whether one is on record. */
enum TravelProof {
    NOT_ASKED, SHOWN, MISSING
}
