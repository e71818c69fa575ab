package gatehouse.wechat;

import java.net.URI;
import java.util.Optional;

/** A mini program as WeChat's console names it; {@code host}: where its interface is reached, where that is not WeChat's own. */
public record WeChatAccount(String appId, String secret, Optional<URI> host) {
    @Override
    public String toString() {
        return "WeChatAccount[appId=" + appId + ", host=" + host + "]";
    }
}
