package gatehouse.identity;

import gatehouse.kernel.Statements;
import gatehouse.registry.PhoneNumber;
import java.util.Optional;
import java.util.UUID;

/** What WeChat says of somebody who opens a mini program of ours. Calls wait for WeChat, at most for seconds, and fail with a problem. */
public interface MiniPrograms {
    /** A person of one mini program; the openid is their name there and nowhere else. */
    record Visitor(String appId, String openid) {
        @Override
        public String toString() {
            return "Visitor[" + appId + "]";
        }
    }

    /** By the code of {@code wx.login}, which is good once; {@code appId} is the first configured where it is left out. */
    Visitor visitor(Optional<String> appId, String code);

    /** The code that opens the first mini program with that scene, PNG or JPEG; empty where none is configured or WeChat gives none. */
    Optional<byte[]> picture(String scene);

    /** What WeChat says of words that others would read. */
    enum Verdict {
        PASS, RISKY,
        /** It did not answer; it may later. */
        UNAVAILABLE,
        /** It does not judge them: the author has not been in the mini program lately. */
        NOT_ASKED
    }

    /** Whether it can be asked about that author's words: they are bound to a mini program. */
    boolean judges(Statements in, UUID compound, UUID author);

    /** Waits for WeChat at most for seconds, so it is not for a transaction. */
    Verdict judge(UUID compound, UUID author, String words);

    /** By the code of the button for phone numbers, good once; empty where it is no mobile number of mainland China. */
    Optional<PhoneNumber> phone(String appId, String code);
}
