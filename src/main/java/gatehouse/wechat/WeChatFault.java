package gatehouse.wechat;

/** A call that WeChat did not do. It carries WeChat's number only: its words quote tokens and addresses. */
final class WeChatFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** No number: nothing came back, or nothing that could be read. */
    static final int NONE = 0;

    /** What can be done about it. */
    enum Kind {
        /** Nobody knows whether it was done: no answer in time, or an unreadable one. */
        UNKNOWN,
        /** WeChat says that it is busy, or cannot be reached at all: surely not done. */
        BUSY,
        /** It was not sent at all: the breaker is open, all workers are taken, or there is no access token. */
        NOT_SENT,
        /** The access token is not good any more. */
        TOKEN,
        CODE_USED,
        CODE_INVALID,
        /** The person takes no further message of this template. */
        NO_CREDIT,
        /** Too many calls today or this minute. */
        QUOTA,
        /** Anything else that will be the same the next time. */
        REFUSED
    }

    private final Kind kind;
    private final int number;

    WeChatFault(Kind kind, int number) {
        super(kind + " " + number, null, false, false);
        this.kind = kind;
        this.number = number;
    }

    /** By WeChat's table of global return codes. */
    static WeChatFault of(int number) {
        return new WeChatFault(switch (number) {
            case -1 -> Kind.BUSY;
            case -99 -> Kind.UNKNOWN;
            case 40001, 40014, 42001 -> Kind.TOKEN;
            case 40163 -> Kind.CODE_USED;
            case 40029 -> Kind.CODE_INVALID;
            case 43101 -> Kind.NO_CREDIT;
            case 45009, 45011 -> Kind.QUOTA;
            default -> Kind.REFUSED;
        }, number);
    }

    Kind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    /** Whether it says that WeChat is ill rather than that the call was wrong. */
    boolean isIllness() {
        return kind == Kind.UNKNOWN || kind == Kind.BUSY;
    }
}
