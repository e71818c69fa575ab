package gatehouse.wechat;

import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.MessageTemplate;

/** Where a message's card leads in the mini program, and whether it goes to everybody at once and so waits for what concerns one household. */
record Lead(String page, boolean bulk) {
    private static final String INBOX = "pages/inbox/inbox";

    /** Where only residents are told of that kind, its page; else the inbox, which leads on by who reads it. */
    static Lead of(Delivery message) {
        var page = switch (message.template().subject()) {
            case "health-round" -> "pages/today/today";
            case "parcel" -> "pages/parcels/parcels";
            case "door", "purchase" -> "pages/door/door";
            case "door-task", "purchase-task" -> "pages/walks/walks";
            case "outing-waiting" -> "pages/passes/passes";
            case "ticket-public" -> "pages/shared/shared";
            case "ticket" -> message.subjectId().map(id -> "pages/ticket/ticket?id=" + id).orElse(INBOX);
            // an open set of words: whatever is new is in the inbox until it gets a page of its own
            case String other -> INBOX;
        };
        return new Lead(page, message.template() == MessageTemplate.ROUND_REMINDER);
    }
}
