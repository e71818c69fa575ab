package gatehouse.identity;

import java.util.Arrays;
import java.util.HexFormat;
import io.netty.util.NetUtil;

/** Where a request comes from: an IPv4 address, or the /64 network of an IPv6 one, because a single home owns all of that. */
record SourceAddress(String text) {
    private static final int NETWORK_BYTES = 8;

    static SourceAddress of(String clientAddress) {
        var bytes = clientAddress.indexOf(':') < 0 ? null : NetUtil.createByteArrayFromIpAddressString(clientAddress);
        return new SourceAddress(bytes == null || bytes.length != 16 ? clientAddress
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64");
    }
}
