package gatehouse.door;

/** What is done with an arrangement: by staff, and END by the household as well. */
enum DoorDecision { GRANT, REFUSE, END }
