package gatehouse.support;

import gatehouse.audit.AuditLog;
import gatehouse.kernel.KeyRing;
import java.util.LinkedHashMap;

/** One key for tests. */
public final class TestKeys {
    private TestKeys() {
    }

    public static KeyRing ring() {
        var masters = new LinkedHashMap<String, byte[]>();
        masters.put("test", "a master key for tests, 32 bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new KeyRing(masters);
    }

    public static AuditLog audit() {
        return new AuditLog(ring());
    }
}
