package gatehouse.wechat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which version of the mini program the printed codes and the cards of messages open: the released one, or before there is one, what its testers have. */
public enum CodeVersion {
    RELEASE, TRIAL, DEVELOP;

    /** As WeChat and the configuration say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As WeChat says it of a message's card. */
    String stateOfACard() {
        return switch (this) {
            case RELEASE -> "formal";
            case TRIAL -> "trial";
            case DEVELOP -> "developer";
        };
    }

    public static Optional<CodeVersion> parse(String word) {
        return Arrays.stream(values()).filter(version -> version.word().equals(word)).findFirst();
    }

    /** All of them, for whoever wrote another. */
    public static String words() {
        return Arrays.stream(values()).map(CodeVersion::word).collect(Collectors.joining(", "));
    }
}
