package gatehouse.wechat;

import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import cn.binarywang.wx.miniapp.util.crypt.WxMaCryptUtils;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import me.chanjar.weixin.common.util.crypto.SHA1;

/** Checks that what comes is WeChat's, and opens it. */
final class Envelope {
    /** WeChat's clock and ours; an older one was heard by somebody and is sent again by them. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private final PushKeys keys;
    private final WxMaCryptUtils opener;

    Envelope(String appId, PushKeys keys) {
        this.keys = keys;
        var settings = new WxMaDefaultConfigImpl();
        settings.setAppid(appId);
        settings.setToken(keys.token());
        settings.setAesKey(keys.aesKey());
        this.opener = new WxMaCryptUtils(settings);
    }

    /** What stands beside it in the address. */
    record Stamp(String timestamp, String nonce, String signature) {
        /** The library's signature fails on a part that is empty, and its words quote the token. */
        boolean isWhole() {
            return !timestamp.isEmpty() && !nonce.isEmpty();
        }

        boolean isFresh(OffsetDateTime now) {
            return timestamp.matches("[0-9]{1,12}") && Math.abs(now.toEpochSecond() - Long.parseLong(timestamp)) <= FRESH.toSeconds();
        }
    }

    boolean isGenuine(Stamp stamp) {
        return stamp.isWhole() && same(SHA1.gen(keys.token(), stamp.timestamp, stamp.nonce), stamp.signature);
    }

    /** The JSON in it; empty where it is not WeChat's. The signature is judged before anything is decrypted. */
    Optional<String> open(Stamp stamp, String sealed) {
        if (!stamp.isWhole() || sealed.isEmpty() || !same(SHA1.gen(keys.token(), stamp.timestamp, stamp.nonce, sealed), stamp.signature)) {
            return Optional.empty();
        }
        try {
            return Optional.of(opener.decrypt(sealed));
        } catch (RuntimeException otherKey) {
            return Optional.empty();
        }
    }

    private static boolean same(String computed, String told) {
        return MessageDigest.isEqual(computed.getBytes(StandardCharsets.US_ASCII), told.getBytes(StandardCharsets.UTF_8));
    }
}
