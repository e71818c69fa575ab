package gatehouse.wechat;

import gatehouse.notify.MessageTemplate;

/** What people consent to be told through WeChat. Each is one template of the mini program's console. */
public enum SubscribeKind {
    /** The two daily reports. */
    ROUND,
    /** Passes, slots, being late. */
    OUTING,
    PARCEL,
    TICKET,
    /** Everything else. */
    NOTICE;

    static SubscribeKind of(MessageTemplate template) {
        return switch (template.subject()) {
            case "health-round" -> ROUND;
            case "outing", "outing-pass", "outing-waiting" -> OUTING;
            case "parcel" -> PARCEL;
            case "ticket", "ticket-public" -> TICKET;
            // an open set of words: whatever is new is a notice until it gets a template of its own
            case String other -> NOTICE;
        };
    }
}
