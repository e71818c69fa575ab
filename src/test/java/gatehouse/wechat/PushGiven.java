package gatehouse.wechat;

import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import cn.binarywang.wx.miniapp.util.crypt.WxMaCryptUtils;
import gatehouse.support.TestClock;
import java.util.Map;
import me.chanjar.weixin.common.util.crypto.SHA1;

/** What WeChat's servers would send. */
public record PushGiven(String appId, TestClock clock) {
    public static final String TOKEN = "pushtoken";
    public static final String AES_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private static final String NONCE = "nonce";

    /** A request below the base path. */
    public record Told(String path, Map<String, Object> body) {
    }

    private String now() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    public String question(String echo) {
        var signature = SHA1.gen(TOKEN, now(), NONCE);
        return "/wechat/push/%s?signature=%s&timestamp=%s&nonce=%s&echostr=%s".formatted(appId, signature, now(), NONCE, echo);
    }

    public Told told(String json) {
        var settings = new WxMaDefaultConfigImpl();
        settings.setAppid(appId);
        settings.setToken(TOKEN);
        settings.setAesKey(AES_KEY);
        var sealed = new WxMaCryptUtils(settings).encrypt("0123456789abcdef", json);
        var signature = SHA1.gen(TOKEN, now(), NONCE, sealed);
        return new Told("/wechat/push/%s?signature=x&timestamp=%s&nonce=%s&encrypt_type=aes&msg_signature=%s".formatted(appId, now(), NONCE, signature),
                Map.of("ToUserName", "gh_1", "Encrypt", sealed));
    }
}
