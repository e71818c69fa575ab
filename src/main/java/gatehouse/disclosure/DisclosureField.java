package gatehouse.disclosure;

/** What can be hidden of a resident; REPORTER: that they are behind an anonymous complaint, which is asked of the ticket. */
enum DisclosureField {
    NAME, PHONE, ID_NUMBER, REPORTER
}
