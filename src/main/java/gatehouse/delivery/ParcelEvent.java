package gatehouse.delivery;

/** What can happen to a parcel. */
enum ParcelEvent {
    REGISTER,
    /** A guard found out whose it is. */
    SORT,
    /** It lies in another place now. */
    MOVE,
    BOOK, UNBOOK,
    /** The booked slot passed and nobody came. */
    LAPSE,
    REMIND,
    /** It has waited too long: from now on it is the guard's task to send it back. */
    RETURN_DUE,
    COLLECT,
    /** Collected without a code, by somebody whom the guard knows. */
    HAND_OVER,
    PLACE_AT_DOOR, RETURN, LOSE, DAMAGE, FIND
}
