package gatehouse.wechat;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceHttpClientImpl;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import java.io.IOException;
import java.time.Duration;
import me.chanjar.weixin.common.bean.WxAccessToken;
import me.chanjar.weixin.common.enums.WxType;
import me.chanjar.weixin.common.error.WxError;
import me.chanjar.weixin.common.error.WxErrorException;

/** The library's service for one app, with the house's access token instead of one of its own, and without its repetitions. */
@SuppressWarnings("unchecked") // the library mixes raw types into its interfaces
final class Line extends WxMaServiceHttpClientImpl {
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
        T on(Line line) throws WxErrorException;
    }

    /** What is called on this thread meanwhile carries that token. */
    <T> T with(String accessToken, Call<T> call) throws WxErrorException {
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
