package gatehouse.sms;

/** Where a message is on its way; the words of the table. */
enum SmsFate {
    WAITING,
    /** The provider has it and is asked what became of it. */
    ACCEPTED,
    /** The provider had it and never said what became of it. */
    SENT,
    DELIVERED, UNDELIVERED, REFUSED, UNCERTAIN, TOO_OLD, UNNEEDED,
    /** The person wants no SMS. */
    DECLINED;

    boolean isEnd() {
        return this != WAITING && this != ACCEPTED;
    }

    boolean hasReached() {
        return this == ACCEPTED || this == SENT || this == DELIVERED;
    }
}
