package gatehouse.wording;

/** Whether words are shown to others: being checked, held for staff, shown by staff, refused by staff. */
public enum WordingState { ASKED, HELD, SHOWN, REFUSED }
