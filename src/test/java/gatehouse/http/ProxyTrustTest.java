package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTrustTest {
    private static final ProxyTrust TRUST = new ProxyTrust(List.of("127.0.0.1", "10.0.0.0/8", "192.0.2.128/25", "fd00::/8"));

    /** A request of which only the connection's address and the headers are known. */
    private static HttpServerRequest request(String remote, MultiMap headers) {
        return (HttpServerRequest) Proxy.newProxyInstance(ProxyTrustTest.class.getClassLoader(), new Class<?>[] {HttpServerRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "remoteAddress" -> SocketAddress.inetSocketAddress(1234, remote);
                    case "headers" -> headers;
                    case "getHeader" -> headers.get(arguments[0].toString());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static MultiMap forwarded(String... values) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var value : values) {
            headers.add("X-Forwarded-For", value);
        }
        return headers;
    }

    @ParameterizedTest(name = "{3}: {0}, forwarded {1} is {2}")
    @CsvSource(delimiter = '|', value = {
        "203.0.113.5 | 1.2.3.4                  | 203.0.113.5  | a stranger is not believed",
        "127.0.0.1   | 203.0.113.9              | 203.0.113.9  | the proxy is",
        "127.0.0.1   | 6.6.6.6, 203.0.113.9     | 203.0.113.9  | what the client itself wrote further left is not",
        "127.0.0.1   | 203.0.113.9, 10.1.2.3    | 203.0.113.9  | proxies behind each other are passed over",
        "127.0.0.1   | 6.6.6.6, 10.1.2.3, 203.0.113.9, 10.1.2.4 | 203.0.113.9 | only from the right",
        "127.0.0.1   | 10.1.2.3, 10.1.2.4       | 10.1.2.3     | where all are proxies it is the first",
        "127.0.0.1   | example.org              | 127.0.0.1    | a name is never looked up",
        "127.0.0.1   | 6.6.6.6, unknown         | 127.0.0.1    | nothing is believed left of what cannot be read",
        "127.0.0.1   | ''                       | 127.0.0.1    | an empty list says nothing",
        "127.0.0.1   | ', ,'                    | 127.0.0.1    | nor do commas",
        "127.0.0.1   | 1.2.3.4:80               | 127.0.0.1    | a port makes it unreadable",
        "192.0.2.200 | 203.0.113.9              | 203.0.113.9  | a block's inside",
        "192.0.2.100 | 203.0.113.9              | 192.0.2.100  | a block's outside",
        "fd12::1     | 2001:db8::7              | 2001:db8::7  | IPv6",
        "fe80::1     | 2001:db8::7              | fe80:0:0:0:0:0:0:1 | IPv6 outside"})
    void client_isTheNearestUntrustedHop(String remote, String header, String client, String why) {
        assertEquals(client, TRUST.clientOf(request(remote, forwarded(header))));
    }

    @Test
    void headerOfSeveralLines_isOneList() {
        assertEquals("203.0.113.9", TRUST.clientOf(request("127.0.0.1", forwarded("6.6.6.6", "203.0.113.9"))));
    }

    @Test
    void withoutHeader_itIsTheConnection() {
        assertEquals("127.0.0.1", TRUST.clientOf(request("127.0.0.1", forwarded())));
    }

    @Test
    void tls_isBelievedOfAProxyAlone() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-Proto", "https");
        assertTrue(TRUST.isBehindTls(request("10.9.9.9", headers)));
        assertFalse(TRUST.isBehindTls(request("11.9.9.9", headers)));
        assertFalse(TRUST.isBehindTls(request("10.9.9.9", MultiMap.caseInsensitiveMultiMap())));
    }

    @Test
    void noProxies_trustNobody() {
        assertEquals("127.0.0.1", new ProxyTrust(List.of()).clientOf(request("127.0.0.1", forwarded("203.0.113.9"))));
    }
}
