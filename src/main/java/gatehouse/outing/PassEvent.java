package gatehouse.outing;

/** What can happen to a pass. */
enum PassEvent {
    REQUEST, APPROVE, REJECT, CANCEL, EXPIRE, LEAVE, RETURN, MISS, REVOKE_CARD
}
