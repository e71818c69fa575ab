package gatehouse.identity;

import java.util.Locale;

/** What a browser runs on, as far as its own words tell. */
enum SystemKind {
    HARMONY("harmony"), ANDROID("android"), IOS("iphone"), IPAD("ipad"), WINDOWS("windows"), MAC("mac os"), LINUX("linux"), OTHER("");

    private final String mark;

    SystemKind(String mark) {
        this.mark = mark;
    }

    /** The first whose mark is there: Android calls itself Linux too. */
    static SystemKind of(String userAgent) {
        var words = userAgent.toLowerCase(Locale.ROOT);
        for (var kind : values()) {
            if (words.contains(kind.mark)) {
                return kind;
            }
        }
        return OTHER;
    }
}
