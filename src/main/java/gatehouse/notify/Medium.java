package gatehouse.notify;

/** A way to somebody beside the inbox, the first to be tried first. */
public enum Medium {
    WECHAT, SMS;

    /** How far a message came with somebody on one of them. */
    public enum Standing { UNDERWAY, REACHED, FAILED }
}
