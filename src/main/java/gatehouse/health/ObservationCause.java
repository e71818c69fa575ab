package gatehouse.health;

/** Why somebody stays at home: what a travel declaration showed, that they share the home with such a person, or staff said so. */
enum ObservationCause {
    RISK_REGION, CASE_CONTACT, POSITIVE_TEST, OTHER_PROVINCE, HOUSEHOLD, STAFF
}
