package gatehouse.door;

/** How whoever bought gets their money; none of them needs a meeting. */
enum PurchasePayBy { WECHAT, CASH_AT_DOOR, OFFICE }
