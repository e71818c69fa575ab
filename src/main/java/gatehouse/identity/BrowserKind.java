package gatehouse.identity;

import java.util.Locale;

/** A browser as far as its own words tell; only that is shown to others, never the words. */
enum BrowserKind {
    WECHAT("micromessenger"), EDGE("edg/"), FIREFOX("firefox"), CHROME("chrome"), SAFARI("safari"), OTHER("");

    private final String mark;

    BrowserKind(String mark) {
        this.mark = mark;
    }

    /** The first whose mark is there: most name themselves after others too. */
    static BrowserKind of(String userAgent) {
        var words = userAgent.toLowerCase(Locale.ROOT);
        for (var kind : values()) {
            if (words.contains(kind.mark)) {
                return kind;
            }
        }
        return OTHER;
    }
}
