package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.wechat.CodeVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConfigTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String URL = "postgresql://gate:s3cret%40word@db1:6432,[fd00::2]/gatehouse?sslmode=require";

    @TempDir
    Path folder;

    @Test
    void read_nothingSet_isTheDemonstrationOnLoopback() {
        Config config = Config.read(Map.of("XDG_DATA_HOME", "/home/somebody/data", "PATH", "/bin"));
        assertEquals("127.0.0.1", config.httpHost());
        assertEquals(8080, config.httpPort());
        assertEquals(Path.of("/home/somebody/data/gatehouse"), config.dataDirectory());
        assertTrue(config.databaseUrl().isEmpty());
        assertEquals(16, config.databasePool());
        assertTrue(config.demonstration());
        assertTrue(config.isForThisMachineOnly());
        assertTrue(config.keys().isEmpty());
        assertEquals(URI.create("http://127.0.0.1:8080"), config.publicUrl());
        assertEquals(List.of(), config.trustedProxies());
        assertEquals(Level.INFO, config.logLevel());
        assertTrue(config.weChat().accounts().isEmpty());
        assertTrue(config.clockStart().isEmpty());
    }

    @Test
    void read_everythingSet_isTyped() {
        Config config = Config.read(Map.ofEntries(
                Map.entry("GATEHOUSE_HTTP_HOST", "::1"), Map.entry("GATEHOUSE_HTTP_PORT", "9000"), Map.entry("GATEHOUSE_DATA_DIR", folder.toString()),
                Map.entry("GATEHOUSE_DATABASE_URL", URL), Map.entry("GATEHOUSE_DATABASE_POOL", "20"),
                Map.entry("GATEHOUSE_CLOCK_START", "2026-11-22T08:55:00+08:00"), Map.entry("GATEHOUSE_DEMO", "on"),
                Map.entry("GATEHOUSE_KEYS", "new:" + KEY + ",old:" + KEY), Map.entry("GATEHOUSE_PUBLIC_URL", "https://localhost/"),
                Map.entry("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8"), Map.entry("GATEHOUSE_LOG_LEVEL", "debug"),
                Map.entry("GATEHOUSE_WECHAT_APPID", "wx1"), Map.entry("GATEHOUSE_WECHAT_SECRET", "hush"),
                Map.entry("GATEHOUSE_WECHAT_HOST", "http://127.0.0.1:9999")));
        assertEquals("s3cret@word", config.databaseUrl().orElseThrow().password());
        assertEquals("[db1:6432, [fd00::2]:5432]", config.databaseUrl().orElseThrow().hosts().toString());
        assertEquals(Instant.parse("2026-11-22T00:55:00Z"), config.clockStart().orElseThrow());
        assertEquals(List.of("new", "old"), List.copyOf(config.keys().orElseThrow().masters().keySet()));
        assertEquals(URI.create("https://localhost"), config.publicUrl());
        assertEquals(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"), config.trustedProxies());
        assertEquals(Level.DEBUG, config.logLevel());
        assertEquals("hush", config.weChat().accounts().getFirst().secret());
    }

    @Test
    void read_severalMiniPrograms_eachWithItsSecret() {
        var apps = Config.read(Map.of("GATEHOUSE_WECHAT_APPID", "wx1, wx2", "GATEHOUSE_WECHAT_SECRET", "one,two")).weChat().accounts();
        assertEquals(List.of("wx1=one", "wx2=two"), apps.stream().map(app -> app.appId() + "=" + app.secret()).toList());
        String told = faults(Map.of("GATEHOUSE_WECHAT_APPID", "wx1,wx2", "GATEHOUSE_WECHAT_SECRET", "one"));
        assertTrue(told.contains("GATEHOUSE_WECHAT_SECRET has 1 entries for 2 entries of GATEHOUSE_WECHAT_APPID"), told);
    }

    @Test
    void read_templatesOfTheMiniProgram_areTyped_andWrongOnesNamed() {
        var apps = Map.of("GATEHOUSE_WECHAT_APPID", "wx1,wx2", "GATEHOUSE_WECHAT_SECRET", "one,two");
        var all = new HashMap<>(apps);
        all.put("GATEHOUSE_WECHAT_TEMPLATES", "PARCEL=a-1/thing1/thing4, wx2:TICKET=b/thing2/thing3");
        assertEquals(List.of("wx1 PARCEL a-1", "wx2 TICKET b"), Config.read(all).weChat().templates().stream()
                .map(each -> each.appId() + " " + each.kind() + " " + each.id()).toList());
        for (String wrong : List.of("PARCEL=a-1/thing1", "PARROT=a/thing1/thing2", "PARCEL=a/phrase1/thing2", "wx3:PARCEL=a/thing1/thing2")) {
            all.put("GATEHOUSE_WECHAT_TEMPLATES", wrong);
            String told = faults(all);
            assertTrue(told.contains("GATEHOUSE_WECHAT_TEMPLATES holds"), told);
        }
    }

    @Test
    void read_versionThatCodesOpen_isTheReleasedOne_unlessAnotherIsNamed() {
        var all = new HashMap<>(Map.of("GATEHOUSE_WECHAT_APPID", "wx1", "GATEHOUSE_WECHAT_SECRET", "one"));
        assertEquals(CodeVersion.RELEASE, Config.read(all).weChat().codeVersion());
        all.put("GATEHOUSE_WECHAT_CODE_VERSION", "trial");
        assertEquals(CodeVersion.TRIAL, Config.read(all).weChat().codeVersion());
        all.put("GATEHOUSE_WECHAT_CODE_VERSION", "Beta");
        assertTrue(faults(all).contains("GATEHOUSE_WECHAT_CODE_VERSION is \"Beta\". Write one of: release, trial, develop."), faults(all));
    }

    @Test
    void read_keysOfWhatWeChatPushes_areTyped_andWrongOnesNamed() {
        var apps = Map.of("GATEHOUSE_WECHAT_APPID", "wx1,wx2", "GATEHOUSE_WECHAT_SECRET", "one,two", "GATEHOUSE_WECHAT_PUSH_TOKEN", "hush");
        var all = new HashMap<>(apps);
        all.put("GATEHOUSE_WECHAT_PUSH_KEY", "A".repeat(43));
        assertEquals("hush", Config.read(all).weChat().push().get("wx1").token());
        assertFalse(Config.read(all).toString().contains("hush"));
        assertTrue(faults(apps).contains("belong together"));
        all.put("GATEHOUSE_WECHAT_PUSH_KEY", "short");
        assertTrue(faults(all).contains("belong together"));
    }

    @Test
    void read_manyFaults_areToldAllAtOnceWithWhatToWriteInstead() {
        String told = faults(Map.of(
                "GATEHOUSE_HTTP_PORT", "80800", "GATEHOUSE_HTTP_HOST", "http://0.0.0.0", "GATEHOUSE_DATABASE_URL", "mysql://x",
                "GATEHOUSE_DATABASE_POOL", "many", "GATEHOUSE_CLOCK_START", "2026-11-22 08:55", "GATEHOUSE_DEMO", "yes",
                "GATEHOUSE_PUBLIC_URL", "gate.example.org/portal", "GATEHOUSE_TRUSTED_PROXIES", "10.0.0.0/33,proxy.local",
                "GATEHOUSE_LOG_LEVEL", "LOUD", "GATEHOUSE_WECHAT_APPID", "wx1"));
        assertTrue(told.startsWith("Gatehouse cannot start: 11 fault(s)"), told);
        for (String expected : List.of(
                "GATEHOUSE_HTTP_PORT is \"80800\". Write a whole number from 0 to 65535.",
                "GATEHOUSE_HTTP_HOST is \"http://0.0.0.0\". Write one address",
                "GATEHOUSE_DATABASE_URL is not of the form postgresql://user:password@host",
                "GATEHOUSE_DATABASE_POOL is \"many\". Write a whole number from 2 to 80.",
                "GATEHOUSE_CLOCK_START is \"2026-11-22 08:55\". Write a time with its offset, for example 2026-11-22T08:55:00+08:00.",
                "GATEHOUSE_DEMO is \"yes\". Write one of: auto, on, off.",
                "GATEHOUSE_PUBLIC_URL is \"gate.example.org/portal\"",
                "GATEHOUSE_TRUSTED_PROXIES holds \"10.0.0.0/33\"", "GATEHOUSE_TRUSTED_PROXIES holds \"proxy.local\"",
                "GATEHOUSE_LOG_LEVEL is \"LOUD\". Write one of: ERROR, WARN, INFO, DEBUG, TRACE.",
                "GATEHOUSE_WECHAT_SECRET is missing",
                "应为 0 到 65535 之间的整数")) {
            assertTrue(told.contains(expected), () -> expected + "\nis missing in\n" + told);
        }
    }

    @ParameterizedTest
    @CsvSource({"GATEHOUSE_HTTP_PROT, GATEHOUSE_HTTP_PORT", "GATEHOUSE_PORT, GATEHOUSE_HTTP_PORT", "GATEHOUSE_DB_URL, GATEHOUSE_DATABASE_URL",
        "GATEHOUSE_WECHAT_SECRETS_FILE, GATEHOUSE_WECHAT_SECRET_FILE", "GATEHOUSE_DATADIR, GATEHOUSE_DATA_DIR"})
    void read_unknownName_proposesTheNearest(String written, String meant) {
        String told = faults(Map.of(written, "x"));
        assertTrue(told.contains(written + " is not a variable of Gatehouse. Did you mean " + meant + "?"), told);
    }

    @Test
    void read_unknownNameFarFromAll_listsTheKnown() {
        String told = faults(Map.of("GATEHOUSE_FRUIT_BASKET_COLOUR", "x"));
        assertTrue(told.contains("the known ones are: GATEHOUSE_HTTP_HOST, "), told);
    }

    @Test
    void read_valueFromFile_isTheFilesTextWithoutItsNewline() throws IOException {
        Path file = Files.writeString(folder.resolve("url 密码"), "postgresql://gate:pw@db/gatehouse\n");
        Config config = Config.read(Map.of("GATEHOUSE_DATABASE_URL_FILE", file.toString(), "GATEHOUSE_KEYS", "k1:" + KEY));
        assertEquals("pw", config.databaseUrl().orElseThrow().password());
    }

    @Test
    void read_valueAndFileBothSet_isAFault() {
        String told = faults(Map.of("GATEHOUSE_HTTP_PORT", "8080", "GATEHOUSE_HTTP_PORT_FILE", "/etc/port"));
        assertTrue(told.contains("GATEHOUSE_HTTP_PORT and GATEHOUSE_HTTP_PORT_FILE are both set. Keep one of them."), told);
        assertTrue(told.contains("1 fault(s)"), told);
    }

    @Test
    void read_fileMissingOrEmpty_isAFaultNamingIt() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        String told = faults(Map.of("GATEHOUSE_KEYS_FILE", folder + "/none", "GATEHOUSE_WECHAT_SECRET_FILE", empty.toString(), "GATEHOUSE_WECHAT_APPID", "wx1"));
        assertTrue(told.contains("GATEHOUSE_KEYS_FILE names " + folder + "/none, which cannot be read (there is no such file)"), told);
        assertTrue(told.contains("GATEHOUSE_WECHAT_SECRET_FILE names " + empty + ", which cannot be read (it is empty)"), told);
        assertTrue(told.contains("2 fault(s)"), told);
    }

    @Test
    void read_variableSetToNothing_countsAsNotSet() {
        assertEquals(8080, Config.read(Map.of("GATEHOUSE_HTTP_PORT", " ")).httpPort());
    }

    @Test
    void demonstration_auto_needsOwnPostgresAndLoopback() {
        assertTrue(Config.read(Map.of("GATEHOUSE_HTTP_HOST", "localhost")).demonstration());
        assertFalse(Config.read(Map.of("GATEHOUSE_HTTP_HOST", "0.0.0.0")).demonstration());
        assertFalse(Config.read(Map.of("GATEHOUSE_PUBLIC_URL", "https://gate.example.org")).demonstration());
        assertTrue(Config.read(Map.of("GATEHOUSE_PUBLIC_URL", "http://[::1]:8080")).demonstration());
        assertFalse(Config.read(Map.of("GATEHOUSE_DATABASE_URL", URL, "GATEHOUSE_KEYS", "k:" + KEY)).demonstration());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.4", "gate.example.org", "127.0.0.1.example.org"})
    void demonstration_onWhereOthersReachIt_isRefused(String host) {
        String told = faults(Map.of("GATEHOUSE_DEMO", "on", "GATEHOUSE_HTTP_HOST", host));
        assertTrue(told.contains("loopback only. Set GATEHOUSE_HTTP_HOST=127.0.0.1, or GATEHOUSE_DEMO=off."), told);
    }

    @Test
    void demonstration_onWhereAProxyPublishesIt_isRefused() {
        String told = faults(Map.of("GATEHOUSE_DEMO", "on", "GATEHOUSE_PUBLIC_URL", "https://gate.example.org"));
        assertTrue(told.contains("GATEHOUSE_PUBLIC_URL is https://gate.example.org") && told.contains("for this machine only"), told);
    }

    private static Map<String, String> administrator(String phone, String password, String compound) {
        return new HashMap<>(Map.of("GATEHOUSE_ADMIN_PHONE", phone, "GATEHOUSE_ADMIN_PASSWORD", password, "GATEHOUSE_ADMIN_COMPOUND", compound));
    }

    @Test
    void administrator_allThree_isReadAndTakesTheDemonstrationsPlace() {
        Config config = Config.read(administrator("+86 138-0000-0000", "correct horse", " 青山街道 ／绿水社区/ 阳光花园 "));
        assertEquals("青山街道/绿水社区/阳光花园", config.administrator().orElseThrow().place().toString());
        assertEquals("13800000000", config.administrator().orElseThrow().phone().reveal());
        assertEquals("correct horse", config.administrator().orElseThrow().password());
        assertFalse(config.demonstration());
        assertFalse(config.toString().contains("correct horse") || config.toString().contains("13800000000"), config.toString());
    }

    @Test
    void administrator_passwordFromFile_isRead() throws IOException {
        Map<String, String> settings = administrator("13800000000", "", "街道/社区/小区");
        settings.put("GATEHOUSE_ADMIN_PASSWORD_FILE", Files.writeString(folder.resolve("password"), "correct horse\n").toString());
        assertEquals("correct horse", Config.read(settings).administrator().orElseThrow().password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GATEHOUSE_ADMIN_PHONE", "GATEHOUSE_ADMIN_PASSWORD", "GATEHOUSE_ADMIN_COMPOUND"})
    void administrator_withoutOneOfTheThree_isRefusedNamingIt(String missing) {
        Map<String, String> settings = administrator("13800000000", "correct horse", "街道/社区/小区");
        settings.remove(missing);
        String told = faults(settings);
        assertTrue(told.contains("1 fault(s)") && told.contains(missing + " is missing: "), told);
    }

    @Test
    void administrator_passwordFileMissing_isOneFault() {
        Map<String, String> settings = administrator("13800000000", "", "街道/社区/小区");
        settings.put("GATEHOUSE_ADMIN_PASSWORD_FILE", folder + "/none");
        String told = faults(settings);
        assertTrue(told.contains("1 fault(s)") && told.contains("GATEHOUSE_ADMIN_PASSWORD_FILE names "), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "12345678", "password", "13800000000", "aaaaaaaaaa"})
    void administrator_weakPassword_isRefusedWithoutShowingIt(String password) {
        String told = faults(administrator("13800000000", password, "街道/社区/小区"));
        assertTrue(told.contains("1 fault(s)") && told.contains("GATEHOUSE_ADMIN_PASSWORD is too weak"), told);
        assertFalse(told.contains('"' + password + '"'), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"小区", "社区/小区", "街道//小区", "/社区/小区", "省/街道/社区/小区", "街道/社区/ "})
    void administrator_compoundThatIsNotThreeNames_isRefused(String compound) {
        String told = faults(administrator("13800000000", "correct horse", compound));
        assertTrue(told.contains("1 fault(s)") && told.contains("GATEHOUSE_ADMIN_COMPOUND is \""), told);
    }

    @Test
    void administrator_noPhone_isRefused() {
        String told = faults(administrator("0532-8888", "correct horse", "街道/社区/小区"));
        assertTrue(told.contains("GATEHOUSE_ADMIN_PHONE is \"0532-8888\". Write the administrator's mobile number"), told);
    }

    @Test
    void administrator_withDemonstrationOn_isRefused() {
        Map<String, String> settings = administrator("13800000000", "correct horse", "街道/社区/小区");
        settings.put("GATEHOUSE_DEMO", "on");
        String told = faults(settings);
        assertTrue(told.contains("1 fault(s)") && told.contains("Set GATEHOUSE_DEMO=off, or remove the GATEHOUSE_ADMIN_ variables."), told);
    }

    @Test
    void clockStart_withoutDemonstration_isRefused() {
        String told = faults(Map.of("GATEHOUSE_DEMO", "off", "GATEHOUSE_CLOCK_START", "2026-11-22T00:55:00Z"));
        assertTrue(told.contains("GATEHOUSE_CLOCK_START moves the clock"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1", "k1:AAAA", "k 1:" + KEY, "k1:" + KEY + ",k1:" + KEY, "k1:" + KEY + ","})
    void keys_malformed_areRefusedWithoutShowingThem(String keys) {
        String told = faults(Map.of("GATEHOUSE_KEYS", keys));
        assertTrue(told.contains("GATEHOUSE_KEYS: entry "), told);
        assertFalse(told.contains(KEY) || told.contains("AAAA"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://gate:s3cret@/db", "postgresql://gate:s3cret@h:99999/db", "postgresql://gate:s3cret@h:port/db",
        "postgresql://gate:s3cret@h/db?sslmode=maybe", "postgresql://gate:s3cret@h/db?colour=red", "postgresql://gate:s3cret@h", "gate:s3cret@h/db",
        "postgresql://gate:s3cr%zzt@h/db"})
    void databaseUrl_malformed_isRefusedWithoutShowingThePassword(String url) {
        String told = faults(Map.of("GATEHOUSE_DATABASE_URL", url, "GATEHOUSE_KEYS", "k1:" + KEY));
        assertTrue(told.contains("GATEHOUSE_DATABASE_URL "), told);
        assertFalse(told.contains("s3cr"), told);
    }

    @Test
    void smsProvider_isNamedWholly_andReachedThroughTls() {
        var all = Map.of("GATEHOUSE_SMS_URL", "https://sms.example.org/v1/messages/", "GATEHOUSE_SMS_KEY", "house", "GATEHOUSE_SMS_SECRET", "hush",
                "GATEHOUSE_SMS_SIGN", "绿水社区");
        assertEquals(URI.create("https://sms.example.org/v1/messages"), Config.read(all).sms().orElseThrow().url());
        assertFalse(Config.read(all).toString().contains("hush"));
        for (String wrong : List.of("http://sms.example.org/v1", "https://sms.example.org/?a=b", "sms.example.org", "https://me:pw@sms.example.org/")) {
            var other = new HashMap<>(all);
            other.put("GATEHOUSE_SMS_URL", wrong);
            assertTrue(faults(other).contains("GATEHOUSE_SMS_URL is \"" + wrong + "\""), wrong);
        }
        assertTrue(faults(Map.of("GATEHOUSE_SMS_SIGN", "绿水社区")).contains("GATEHOUSE_SMS_SECRET is missing"));
        assertTrue(Config.read(Map.of()).sms().isEmpty());
    }

    @Test
    void toString_ofAConfigWithSecrets_showsNone() {
        String shown = Config.read(Map.of("GATEHOUSE_DATABASE_URL", URL, "GATEHOUSE_KEYS", "k1:" + KEY,
                "GATEHOUSE_WECHAT_APPID", "wx1", "GATEHOUSE_WECHAT_SECRET", "hush")).toString();
        for (String secret : List.of("s3cret", KEY, "hush")) {
            assertFalse(shown.contains(secret), shown);
        }
        assertTrue(shown.contains("postgresql://gate:***@db1:6432,[fd00::2]:5432/gatehouse"), shown);
    }

    @Test
    void everyVariable_isExplainedInTheExampleFile() throws IOException {
        String example = Files.readString(Path.of("src/docs/gatehouse.env.example"));
        for (String name : Environment.NAMES) {
            assertTrue(example.contains("\n#" + name + "="), name + " is missing");
        }
        Map<String, String> inExample = new HashMap<>();
        example.lines().filter(line -> line.startsWith("#GATEHOUSE_")).map(line -> line.substring(1).split("=", 2))
                .forEach(pair -> inExample.put(pair[0], pair[1]));
        inExample.keySet().removeIf(name -> name.endsWith("_FILE"));
        inExample.put("GATEHOUSE_DATA_DIR", folder.toString());
        Map<String, String> forRealUse = new HashMap<>(inExample);
        forRealUse.remove("GATEHOUSE_CLOCK_START");
        assertEquals("127.0.0.1", Config.read(forRealUse).httpHost());
        inExample.keySet().removeIf(name -> name.startsWith("GATEHOUSE_ADMIN_"));
        inExample.put("GATEHOUSE_DEMO", "on");
        inExample.remove("GATEHOUSE_PUBLIC_URL");
        assertTrue(Config.read(inExample).clockStart().isPresent());
    }

    @Test
    void keysKeptInTheDataFolder_areMadeOnceAndPrivate() throws IOException {
        Path file = folder.resolve("keys");
        Keys made = Keys.keptIn(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Keys read = Keys.keptIn(file);
        String id = made.masters().keySet().iterator().next();
        assertEquals(List.of(id), List.copyOf(read.masters().keySet()));
        assertTrue(java.util.Arrays.equals(made.masters().get(id), read.masters().get(id)));
    }

    private static String faults(Map<String, String> environment) {
        return assertThrows(ConfigFaults.class, () -> Config.read(environment)).getMessage();
    }
}
