package gatehouse.ticket;

/** Which of a ticket's two promises was missed first. */
enum Breach {
    ON_SITE, DONE
}
