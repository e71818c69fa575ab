package gatehouse.identity;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.util.HexFormat;

/** How openids are kept: sealed with app and hash as associated data, found by the hash. */
public final class Openids {
    private Openids() {
    }

    static byte[] hash(KeyRing keys, MiniPrograms.Visitor visitor) {
        return keys.searchHash(KeyPurpose.OPENID_SEARCH, visitor.appId() + '/' + visitor.openid());
    }

    /** By what a person of a mini program is found. */
    public static byte[] hash(KeyRing keys, String appId, String openid) {
        return hash(keys, new MiniPrograms.Visitor(appId, openid));
    }

    static byte[] seal(KeyRing keys, MiniPrograms.Visitor visitor) {
        return keys.seal(KeyPurpose.OPENID, context(visitor.appId(), hash(keys, visitor)), visitor.openid());
    }

    /** The openid itself; only to send to it. */
    public static String open(KeyRing keys, String appId, byte[] openidHash, byte[] openidSealed) {
        return keys.open(KeyPurpose.OPENID, context(appId, openidHash), openidSealed);
    }

    private static String context(String appId, byte[] openidHash) {
        return "wechat_login/" + appId + "/" + HexFormat.of().formatHex(openidHash);
    }
}
