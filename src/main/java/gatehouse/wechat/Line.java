package gatehouse.wechat;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceHttpClientImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import me.chanjar.weixin.common.bean.WxAccessToken;
import me.chanjar.weixin.common.enums.WxType;
import me.chanjar.weixin.common.error.WxError;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.http.SimpleGetRequestExecutor;

/** The library's service for one app, with the house's access token instead of one of its own, and without its repetitions. */
@SuppressWarnings("unchecked") // the library mixes raw types into its interfaces
final class Line extends WxMaServiceHttpClientImpl {
    private static final String WECHAT = "https://api.weixin.qq.com";

    private final ThreadLocal<String> token = new ThreadLocal<>();

    Line(WeChatAccount account, Connections connections) {
        var settings = new WxMaDefaultConfigImpl() {
            /** It would send the same request, a login code too, a second time. */
            @Override
            public boolean autoRefreshToken() {
                return false;
            }
        };
        settings.setAppid(account.appId());
        settings.setSecret(account.secret());
        settings.setMsgDataFormat("JSON");
        settings.useStableAccessToken(true);
        settings.setApacheHttpClientBuilder(connections);
        account.host().ifPresent(host -> settings.setApiHostUrl(host.toString()));
        setWxMaConfig(settings);
        setMaxRetryTimes(0);
    }

    /** A token from WeChat itself. */
    record Fresh(String token, Duration lifetime) {
        @Override
        public String toString() {
            return "Fresh[" + lifetime + "]";
        }
    }

    interface Call<T> {
        T on(Line line) throws WxErrorException, IOException;
    }

    /** What is called on this thread meanwhile carries that token. */
    <T> T with(String accessToken, Call<T> call) throws WxErrorException, IOException {
        token.set(accessToken);
        try {
            return call.on(this);
        } finally {
            token.remove();
        }
    }

    @Override
    public String getAccessToken(boolean forceRefresh) {
        return token.get();
    }

    /** Whose code that is. The library's own call would wait for an access token, which WeChat does not ask for here. */
    WxMaJscode2SessionResult session(String code) throws WxErrorException, IOException {
        var settings = getWxMaConfig();
        var question = "appid=%s&secret=%s&js_code=%s&grant_type=authorization_code".formatted(encoded(settings.getAppid()), encoded(settings.getSecret()), encoded(code));
        var host = Optional.ofNullable(settings.getApiHostUrl()).orElse(WECHAT);
        return WxMaJscode2SessionResult.fromJson(SimpleGetRequestExecutor.create(this).execute(host + "/sns/jscode2session", question, WxType.MiniApp));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Fresh freshToken(boolean byForce) throws IOException, WxErrorException {
        var answer = doGetStableAccessTokenRequest(byForce);
        var error = WxError.fromJson(answer, WxType.MiniApp);
        if (error.getErrorCode() != 0) {
            throw new WxErrorException(error);
        }
        var fresh = WxAccessToken.fromJson(answer);
        return new Fresh(fresh.getAccessToken(), Duration.ofSeconds(fresh.getExpiresIn()));
    }

    void close() throws IOException {
        getRequestHttpClient().close();
    }
}
