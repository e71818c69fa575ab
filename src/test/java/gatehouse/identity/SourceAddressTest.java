package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SourceAddressTest {
    @Test
    void of_ipv4OrNoAddress_isItself() {
        assertEquals("203.0.113.9", SourceAddress.of("203.0.113.9").text());
        assertEquals("unknown", SourceAddress.of("unknown").text());
        assertEquals("no:address", SourceAddress.of("no:address").text());
    }

    @Test
    void of_ipv6_isItsNetworkHoweverWritten() {
        assertEquals(SourceAddress.of("2001:db8:1:2::1"), SourceAddress.of("2001:0db8:1:2:ffff:0:0:9"));
        assertNotEquals(SourceAddress.of("2001:db8:1:2::1"), SourceAddress.of("2001:db8:1:3::1"));
    }
}
