package gatehouse.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Believes {@code X-Forwarded-For} only from the configured proxies, and of it only what the nearest untrusted hop is. */
public final class ProxyTrust {
    private record Block(byte[] network, int bits) {
        boolean holds(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Block> trusted;

    /** {@code proxies}: addresses or CIDR blocks, such as {@code 127.0.0.1} or {@code 10.0.0.0/8}. */
    public ProxyTrust(List<String> proxies) {
        this.trusted = proxies.stream().map(ProxyTrust::block).toList();
    }

    /** The client's address: the connection's, or what trusted proxies say, read from the right. */
    public String clientOf(HttpServerRequest request) {
        var address = request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
        var forwarded = request.headers().getAll("X-Forwarded-For");
        if (forwarded.isEmpty() || !isTrusted(address)) {
            return address;
        }
        // A proxy may add a line of its own below the client's; together they are one list (RFC 9110, 5.3).
        var hops = String.join(",", forwarded).split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].strip();
            if (bytes(hop).length == 0) {
                return address;
            }
            address = hop;
            if (!isTrusted(hop)) {
                return hop;
            }
        }
        return address;
    }

    /** True where the connection comes from a configured proxy that says it was TLS outside. */
    public boolean isBehindTls(HttpServerRequest request) {
        var remote = request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
        return isTrusted(remote) && "https".equals(request.getHeader("X-Forwarded-Proto"));
    }

    private boolean isTrusted(String address) {
        var bytes = bytes(address);
        return bytes.length > 0 && trusted.stream().anyMatch(block -> block.holds(bytes));
    }

    private static Block block(String text) {
        var parts = text.split("/", 2);
        var network = bytes(parts[0]);
        return new Block(network, parts.length == 2 ? Integer.parseInt(parts[1]) : network.length * 8);
    }

    /** Only literals are read, so that no header can make this process ask a name server; empty for anything else. */
    private static byte[] bytes(String literal) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes == null ? new byte[0] : bytes;
    }
}
