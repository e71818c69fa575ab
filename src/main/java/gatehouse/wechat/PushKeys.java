package gatehouse.wechat;

/** By what WeChat signs and encrypts what it pushes: the token and the EncodingAESKey of the console. */
public record PushKeys(String token, String aesKey) {
    /** Base64 of 32 bytes without its last character. */
    public static boolean isAesKey(String text) {
        return text.matches("[A-Za-z0-9+/]{43}");
    }

    @Override
    public String toString() {
        return "PushKeys[…]";
    }
}
