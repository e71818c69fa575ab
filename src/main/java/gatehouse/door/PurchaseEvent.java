package gatehouse.door;

/** What can happen to a purchase. */
enum PurchaseEvent {
    REQUEST,
    /** Its words were refused, and are others now. */
    REWORD, ACCEPT, GIVE_BACK, ASK_MORE, AGREE, RECEIPT, BUY,
    /** By the walk that brought it. */
    DELIVER,
    /** By somebody, or in the end by the clock. */
    CLOSE, CANCEL, REJECT
}
