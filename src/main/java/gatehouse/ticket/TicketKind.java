package gatehouse.ticket;

/** What somebody wants: 报修, 投诉, 咨询, 建议. */
enum TicketKind {
    REPAIR, COMPLAINT, ENQUIRY, SUGGESTION
}
