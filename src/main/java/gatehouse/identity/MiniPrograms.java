package gatehouse.identity;

import gatehouse.registry.PhoneNumber;
import java.util.Optional;

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

    /** By the code of the button for phone numbers, good once; empty where it is no mobile number of mainland China. */
    Optional<PhoneNumber> phone(String appId, String code);
}
