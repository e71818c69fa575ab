package gatehouse.disclosure;

/**
 * What can be hidden of a resident; REPORTER: that they are behind an anonymous complaint, which is asked of the ticket; HEALTH: what staff open of a
 * person's health, which is asked of nobody but told to the household.
 */
enum DisclosureField {
    NAME, PHONE, ID_NUMBER, REPORTER, HEALTH
}
