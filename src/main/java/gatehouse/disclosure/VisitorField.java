package gatehouse.disclosure;

/** What can be hidden of a visitor. */
enum VisitorField {
    PHONE, ID_NUMBER;

    DisclosureField asEntered() {
        return switch (this) {
            case PHONE -> DisclosureField.PHONE;
            case ID_NUMBER -> DisclosureField.ID_NUMBER;
        };
    }
}
