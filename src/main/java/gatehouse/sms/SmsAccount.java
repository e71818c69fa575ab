package gatehouse.sms;

import java.net.URI;

/** The account with a provider: where requests go to, by whose key they are signed, and the signature in front of each text (短信签名). */
public record SmsAccount(URI url, String key, String secret, String sign) {
    @Override
    public String toString() {
        return "SmsAccount[url=" + url + ", key=" + key + ", sign=" + sign + "]";
    }
}
