package gatehouse.disclosure;

/** What can be hidden of a resident. */
enum DisclosureField {
    NAME, PHONE, ID_NUMBER
}
