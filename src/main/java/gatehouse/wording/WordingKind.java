package gatehouse.wording;

/** What words belong to: where a repair of what all share is, or what a household wants bought. */
public enum WordingKind { TICKET_PLACE, PURCHASE }
