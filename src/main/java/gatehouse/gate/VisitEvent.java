package gatehouse.gate;

/** What happens to a visit. */
enum VisitEvent {
    INVITE, CANCEL, ENTER, TURN_BACK, LEAVE
}
