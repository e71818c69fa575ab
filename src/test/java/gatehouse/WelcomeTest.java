package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    private static final Map<String, String> REAL = Map.of("GATEHOUSE_DEMO", "off", "GATEHOUSE_PUBLIC_URL", "https://gate.example.org");

    @Test
    void text_nobodyOnAnEmptyDatabase_saysWhatToWrite() {
        String text = Welcome.text(Config.read(REAL), Config.read(REAL).publicUrlAt(1234), false, Gatehouse.Beginning.NOBODY);
        assertTrue(text.contains("  NOBODY CAN LOG IN YET"), text);
        assertTrue(text.contains("目前没有账号可以登录"), text);
        for (String name : new String[] {"GATEHOUSE_ADMIN_PHONE=", "GATEHOUSE_ADMIN_PASSWORD=", "GATEHOUSE_ADMIN_COMPOUND=街道/社区/小区\n"}) {
            assertTrue(text.contains("\n    " + name), name + " is missing in " + text);
        }
    }

    @Test
    void text_administratorMade_saysWhereToLogInAndShowsNoSecret() {
        var settings = new HashMap<>(REAL);
        settings.putAll(Map.of("GATEHOUSE_ADMIN_PHONE", "13800000000", "GATEHOUSE_ADMIN_PASSWORD", "correct horse",
                "GATEHOUSE_ADMIN_COMPOUND", "街道/社区/100%小区"));
        String text = Welcome.text(Config.read(settings), Config.read(settings).publicUrlAt(1234), false, Gatehouse.Beginning.ADMINISTRATOR_MADE);
        assertTrue(text.contains("138****0000 of 街道/社区/100%小区 can log in at https://gate.example.org/staff/ now"), text);
        assertFalse(text.contains("correct horse") || text.contains("13800000000"), text);
    }

    @Test
    void text_notNeeded_saysNothingOfIt() {
        String text = Welcome.text(Config.read(REAL), Config.read(REAL).publicUrlAt(1234), false, Gatehouse.Beginning.NOT_NEEDED);
        assertFalse(text.contains("ADMIN") || text.contains("NOBODY"), text);
    }

    @Test
    void text_whereAnyFreePortWasAskedFor_namesTheOneThatWasTaken() {
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            Config config = Config.read(Map.of("GATEHOUSE_HTTP_PORT", "0", "GATEHOUSE_HTTP_HOST", host));
            String text = Welcome.text(config, config.publicUrlAt(41234), false, Gatehouse.Beginning.NOT_NEEDED);
            assertTrue(text.contains((host.contains(":") ? "[" + host + "]" : host) + ":41234/docs"), text);
        }
    }

    @Test
    void administratorName_isReadable() {
        assertEquals("管理员", Welcome.administratorName());
    }
}
