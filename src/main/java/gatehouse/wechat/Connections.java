package gatehouse.wechat;

import java.time.Duration;
import me.chanjar.weixin.common.util.http.apache.ApacheHttpClientBuilder;
import org.apache.http.client.HttpRequestRetryHandler;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ConnectionKeepAliveStrategy;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/**
 * One app's connections. The library's own builder is shared by all apps of a process and sends what failed again by itself, which would
 * use up a login code twice; this one never does.
 */
record Connections(int most, Duration silence) implements ApacheHttpClientBuilder {
    @Override
    public CloseableHttpClient build() {
        int millis = Math.toIntExact(silence.toMillis());
        var limits = RequestConfig.custom().setConnectTimeout(Math.min(2_000, millis)).setSocketTimeout(millis)
                .setConnectionRequestTimeout(1_000).setRedirectsEnabled(false).build();
        return HttpClients.custom().setDefaultRequestConfig(limits).setMaxConnTotal(most).setMaxConnPerRoute(most)
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().build();
    }

    /** The house reaches WeChat directly or through {@code GATEHOUSE_WECHAT_HOST}; the library offers proxies and none of these is set. */
    @Override
    public ApacheHttpClientBuilder httpProxyHost(String host) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyPort(int port) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyUsername(String name) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyPassword(String password) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpRequestRetryHandler(HttpRequestRetryHandler handler) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder keepAliveStrategy(ConnectionKeepAliveStrategy strategy) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder sslConnectionSocketFactory(SSLConnectionSocketFactory factory) {
        return this;
    }
}
