package gatehouse.door;

/** What the household, the buyer and the staff say of a purchase. */
enum PurchaseStep {
    ACCEPT, GIVE_BACK,
    /** By the buyer: it costs more. */
    ASK_MORE,
    /** By the household: it may. */
    AGREE, BUY,
    /** Received and paid. */
    CLOSE, CANCEL, REJECT
}
