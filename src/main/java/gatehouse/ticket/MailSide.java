package gatehouse.ticket;

/** The two sides of a ticket's mailbox. */
enum MailSide {
    REPORTER, STAFF
}
