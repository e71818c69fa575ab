package gatehouse.ticket;

/** What is promised of a ticket; the numbers are policy values of its compound. */
enum ServiceLevel {
    EMERGENCY, SMALL_REPAIR, PUBLIC_LIGHTING, PUBLIC_DOORS, PUBLIC_PARTS, OTHER_REPAIR, NEIGHBOUR_COMPLAINT, OTHER_COMPLAINT, ENQUIRY,
    OTHER_DEPARTMENT, SUGGESTION
}
