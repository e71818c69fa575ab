package gatehouse;

import gatehouse.identity.Accounts;
import gatehouse.identity.FirstAdministrator;
import gatehouse.kernel.PostgresUrl;
import gatehouse.registry.FirstCompound;
import gatehouse.registry.PhoneNumber;
import gatehouse.sms.SmsAccount;
import gatehouse.wechat.CodeVersion;
import gatehouse.wechat.PushKeys;
import gatehouse.wechat.SubscribeTemplate;
import gatehouse.wechat.WeChat;
import gatehouse.wechat.WeChatAccount;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.event.Level;

/**
 * What the process is told from outside, read once from the environment and typed. Each variable is explained in
 * {@code src/docs/gatehouse.env.example}. {@link #toString()} shows no secret.
 *
 * @param httpHost       an address or name to listen on
 * @param dataDirectory  absolute; own PostgreSQL, keys, uploads
 * @param databaseUrl    empty: the process runs a PostgreSQL of its own
 * @param clockStart     the time the clock shows at start; only with demonstration data
 * @param demonstration  an empty database gets the demonstration compounds and accounts
 * @param administrator  without demonstration, an empty database gets this account and its compound
 * @param keys           empty: made once and kept in the data directory
 * @param publicUrl      where people reach the portal, for QR codes; no trailing slash
 * @param trustedProxies whose X-Forwarded-For and -Proto are believed
 * @param weChat         the mini programs and their templates
 * @param sms            empty: nobody is sent an SMS
 * @param textWords      words that are held until staff look, instead of the house's own list
 */
public record Config(
        String httpHost, int httpPort, Path dataDirectory,
        Optional<PostgresUrl> databaseUrl, int databasePool,
        Optional<Instant> clockStart, boolean demonstration, Optional<FirstAdministrator.Wanted> administrator, Optional<Keys> keys,
        URI publicUrl, List<String> trustedProxies, Level logLevel, WeChat.Setup weChat, Optional<SmsAccount> sms,
        Optional<String> textWords) {

    public Config {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether only people at this machine are meant to come: neither does the port listen for others, nor is it published by a proxy's address. */
    public boolean isForThisMachineOnly() {
        return isLoopback(httpHost) && isLoopback(publicUrl.getHost());
    }

    /** {@link #publicUrl}, with the port that was taken where any free one was asked for and nothing else was said. */
    URI publicUrlAt(int port) {
        return publicUrl.getPort() == 0 ? URI.create(publicUrl.getScheme() + "://" + publicUrl.getHost() + ":" + port) : publicUrl;
    }

    /**
     * @param environment as of {@link System#getenv()}; only names that begin with GATEHOUSE_, and XDG_DATA_HOME, are looked at
     * @throws ConfigFaults with all faults at once
     */
    public static Config read(Map<String, String> environment) {
        ConfigFaults.Found faults = new ConfigFaults.Found();
        Environment values = new Environment(environment, faults);
        Reader read = new Reader(values, faults);
        String host = read.httpHost();
        int port = read.number("GATEHOUSE_HTTP_PORT", 8080, 0, 65_535);
        boolean ownPostgres = values.get("GATEHOUSE_DATABASE_URL").isEmpty();
        URI publicUrl = read.publicUrl(host, port);
        boolean demonstration = read.demonstration(host, publicUrl, ownPostgres);
        Config config = new Config(host, port, read.dataDirectory(environment),
                read.databaseUrl(), read.number("GATEHOUSE_DATABASE_POOL", 16, 2, 80),
                read.clockStart(demonstration), demonstration, read.administrator(demonstration), read.keys(),
                publicUrl, read.trustedProxies(), read.logLevel(), read.weChat(), read.sms(),
                values.get("GATEHOUSE_TEXT_WORDS"));
        faults.throwIfAny();
        return config;
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return Cidr.address(host.replaceAll("^\\[(.*)]$", "$1")).isLoopbackAddress();
        } catch (IllegalArgumentException otherName) {
            return false;
        }
    }

    /** One method per variable; a faulty one is noted and answered with its default, so that the reading goes on. */
    private record Reader(Environment values, ConfigFaults.Found faults) {

        private static final Path UNUSABLE = Path.of("/");
        private static final String PHONE = "GATEHOUSE_ADMIN_PHONE";
        private static final String PASSWORD = "GATEHOUSE_ADMIN_PASSWORD";
        private static final String COMPOUND = "GATEHOUSE_ADMIN_COMPOUND";
        private static final List<String> ADMINISTRATOR = List.of(PHONE, PASSWORD, COMPOUND);
        private static final List<String> SMS = List.of("GATEHOUSE_SMS_URL", "GATEHOUSE_SMS_KEY", "GATEHOUSE_SMS_SECRET", "GATEHOUSE_SMS_SIGN");
        private static final int MOST_SIGN = 16;

        String httpHost() {
            String name = "GATEHOUSE_HTTP_HOST";
            String host = values.get(name).orElse("127.0.0.1").replaceAll("^\\[(.*)]$", "$1");
            boolean isName = host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
            if (!isName && parsed(host, Cidr::address).isEmpty()) {
                faults.add("host", name, host);
            }
            return host;
        }

        int number(String name, int usual, int least, int most) {
            String text = values.get(name).orElse(Integer.toString(usual));
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                faults.add("number", name, text, Integer.toString(least), Integer.toString(most));
                return usual;
            }
            return Integer.parseInt(text);
        }

        Path dataDirectory(Map<String, String> environment) {
            String name = "GATEHOUSE_DATA_DIR";
            String dataHome = Optional.ofNullable(environment.get("XDG_DATA_HOME")).filter(path -> path.startsWith("/"))
                    .orElse(System.getProperty("user.home") + "/.local/share");
            String text = values.get(name).orElse(dataHome + "/gatehouse");
            Optional<Path> path = parsed(text, Path::of).map(Path::toAbsolutePath).map(Path::normalize)
                    .filter(folder -> Files.isDirectory(folder) || !Files.exists(folder));
            if (path.isEmpty()) {
                faults.add("data-dir", name, text);
            }
            return path.orElse(UNUSABLE);
        }

        Optional<PostgresUrl> databaseUrl() {
            String name = "GATEHOUSE_DATABASE_URL";
            try {
                return values.get(name).map(PostgresUrl::parse);
            } catch (IllegalArgumentException wrong) {
                faults.add("database-url", name, wrong.getMessage());
                return Optional.empty();
            }
        }

        boolean demonstration(String host, URI publicUrl, boolean ownPostgres) {
            String name = "GATEHOUSE_DEMO";
            boolean loopback = isLoopback(host);
            boolean published = !isLoopback(publicUrl.getHost());
            return switch (values.get(name).orElse("auto")) {
                case "auto" -> ownPostgres && loopback && !published && ADMINISTRATOR.stream().allMatch(each -> values.get(each).isEmpty());
                case "off" -> false;
                case "on" -> {
                    if (!loopback) {
                        faults.add("demo-not-loopback", name, host);
                    } else if (published) {
                        faults.add("demo-published", name, publicUrl.toString());
                    }
                    yield true;
                }
                case String other -> {
                    faults.add("choice", name, other, "auto, on, off");
                    yield true;
                }
            };
        }

        Optional<Instant> clockStart(boolean demonstration) {
            String name = "GATEHOUSE_CLOCK_START";
            Optional<String> text = values.get(name);
            Optional<Instant> start = text.flatMap(time -> parsed(time, value -> OffsetDateTime.parse(value).toInstant()));
            if (text.isPresent() && start.isEmpty()) {
                faults.add("clock-format", name, text.get());
            }
            if (text.isPresent() && !demonstration) {
                faults.add("clock-without-demo", name);
            }
            return start;
        }

        Optional<FirstAdministrator.Wanted> administrator(boolean demonstration) {
            List<String> set = ADMINISTRATOR.stream().filter(name -> values.get(name).isPresent() || values.isFaulty(name)).toList();
            if (set.isEmpty()) {
                return Optional.empty();
            }
            ADMINISTRATOR.stream().filter(name -> !set.contains(name)).forEach(name -> faults.add("admin-incomplete", name));
            if (demonstration) {
                faults.add("admin-with-demo", set.getFirst());
            }
            Optional<PhoneNumber> phone = values.get(PHONE).flatMap(text -> PhoneNumber.parse(text).toOptional());
            Optional<String> password = values.get(PASSWORD);
            Optional<FirstCompound.Names> place = values.get(COMPOUND).flatMap(FirstCompound.Names::parse);
            if (phone.isEmpty() && values.get(PHONE).isPresent()) {
                faults.add("admin-phone", PHONE, values.get(PHONE).get());
            }
            if (password.isPresent() && phone.isPresent() && Accounts.isWeakPassword(password.get(), phone.get())) {
                faults.add("admin-password", PASSWORD);
            }
            if (place.isEmpty() && values.get(COMPOUND).isPresent()) {
                faults.add("admin-compound", COMPOUND, values.get(COMPOUND).get());
            }
            return phone.isPresent() && password.isPresent() && place.isPresent()
                    ? Optional.of(new FirstAdministrator.Wanted(phone.get(), password.get(), place.get())) : Optional.empty();
        }

        Optional<Keys> keys() {
            String name = "GATEHOUSE_KEYS";
            try {
                return values.get(name).map(Keys::parse);
            } catch (IllegalArgumentException wrong) {
                faults.add("keys-format", name, wrong.getMessage());
                return Optional.empty();
            }
        }

        URI publicUrl(String host, int port) {
            String name = "GATEHOUSE_PUBLIC_URL";
            boolean everyAddress = parsed(host, Cidr::address).filter(InetAddress::isAnyLocalAddress).isPresent();
            String shown = everyAddress ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
            String text = values.get(name).orElse("http://" + shown + ":" + port);
            Optional<URI> url = webAddress(text);
            if (url.isEmpty() && values.get(name).isPresent()) {
                faults.add("public-url", name, text);
            }
            return url.orElse(URI.create("http://localhost"));
        }

        List<String> trustedProxies() {
            String name = "GATEHOUSE_TRUSTED_PROXIES";
            List<String> entries = values.get(name).stream().flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                    .filter(entry -> !entry.isEmpty()).toList();
            entries.stream().filter(entry -> parsed(entry, Cidr::checked).isEmpty()).forEach(entry -> faults.add("proxies", name, entry));
            return entries;
        }

        Level logLevel() {
            String name = "GATEHOUSE_LOG_LEVEL";
            String text = values.get(name).orElse("INFO");
            Optional<Level> level = parsed(text.toUpperCase(Locale.ROOT), Level::valueOf);
            if (level.isEmpty()) {
                faults.add("choice", name, text, "ERROR, WARN, INFO, DEBUG, TRACE");
            }
            return level.orElse(Level.INFO);
        }

        WeChat.Setup weChat() {
            Optional<String> appId = values.get("GATEHOUSE_WECHAT_APPID");
            Optional<String> secret = values.get("GATEHOUSE_WECHAT_SECRET");
            String hostName = "GATEHOUSE_WECHAT_HOST";
            Optional<String> hostText = values.get(hostName);
            if (appId.isPresent() != secret.isPresent() && !values.isFaulty("GATEHOUSE_WECHAT_SECRET")) {
                faults.add("wechat-pair", appId.isPresent() ? "GATEHOUSE_WECHAT_SECRET" : "GATEHOUSE_WECHAT_APPID");
            }
            Optional<URI> host = hostText.flatMap(Reader::webAddress);
            if (hostText.isPresent() && host.isEmpty()) {
                faults.add("wechat-host", hostName, hostText.get());
            }
            List<String> ids = listed(appId);
            List<String> secrets = listed(secret);
            if (appId.isPresent() && secret.isPresent() && (ids.size() != secrets.size() || ids.stream().distinct().count() < ids.size())) {
                faults.add("wechat-several", "GATEHOUSE_WECHAT_SECRET", Integer.toString(ids.size()), Integer.toString(secrets.size()));
                return WeChat.Setup.NONE;
            }
            List<WeChatAccount> accounts = secrets.isEmpty() ? List.of()
                    : IntStream.range(0, ids.size()).mapToObj(place -> new WeChatAccount(ids.get(place), secrets.get(place), host)).toList();
            return new WeChat.Setup(accounts, ids.isEmpty() ? List.of() : weChatTemplates(ids), weChatPush(ids), weChatVersion());
        }

        private CodeVersion weChatVersion() {
            String name = "GATEHOUSE_WECHAT_CODE_VERSION";
            String text = values.get(name).orElse("release");
            Optional<CodeVersion> version = CodeVersion.parse(text);
            if (version.isEmpty()) {
                faults.add("choice", name, text, CodeVersion.words());
            }
            return version.orElse(CodeVersion.RELEASE);
        }

        /** Tokens and keys in the order of the mini programs; the later ones may do without. */
        private Map<String, PushKeys> weChatPush(List<String> ids) {
            String tokenName = "GATEHOUSE_WECHAT_PUSH_TOKEN";
            String keyName = "GATEHOUSE_WECHAT_PUSH_KEY";
            List<String> tokens = listed(values.get(tokenName));
            List<String> aesKeys = listed(values.get(keyName));
            if (tokens.size() != aesKeys.size() || tokens.size() > ids.size() || !aesKeys.stream().allMatch(PushKeys::isAesKey)) {
                faults.add("wechat-push", keyName, tokenName);
                return Map.of();
            }
            return IntStream.range(0, tokens.size()).boxed().collect(Collectors.toMap(ids::get, place -> new PushKeys(tokens.get(place), aesKeys.get(place))));
        }

        private List<SubscribeTemplate> weChatTemplates(List<String> ids) {
            String name = "GATEHOUSE_WECHAT_TEMPLATES";
            try {
                List<SubscribeTemplate> templates = values.get(name).map(text -> SubscribeTemplate.parse(text, ids.getFirst())).orElse(List.of());
                templates.stream().filter(each -> !ids.contains(each.appId())).forEach(each -> faults.add("wechat-templates", name, each.appId()));
                return templates;
            } catch (IllegalArgumentException wrong) {
                faults.add("wechat-templates", name, wrong.getMessage());
                return List.of();
            }
        }

        /** All four or none. */
        Optional<SmsAccount> sms() {
            String url = "GATEHOUSE_SMS_URL";
            List<String> set = SMS.stream().filter(name -> values.get(name).isPresent() || values.isFaulty(name)).toList();
            if (set.isEmpty()) {
                return Optional.empty();
            }
            SMS.stream().filter(name -> !set.contains(name)).forEach(name -> faults.add("sms-incomplete", name));
            Optional<URI> address = values.get(url).flatMap(Reader::smsAddress);
            if (address.isEmpty() && values.get(url).isPresent()) {
                faults.add("sms-url", url, values.get(url).get());
            }
            String sign = values.get("GATEHOUSE_SMS_SIGN").orElse("");
            if (sign.codePointCount(0, sign.length()) > MOST_SIGN) {
                faults.add("sms-sign", "GATEHOUSE_SMS_SIGN", sign);
            }
            return address.map(found -> new SmsAccount(found, values.get("GATEHOUSE_SMS_KEY").orElse(""), values.get("GATEHOUSE_SMS_SECRET").orElse(""), sign));
        }

        /** With TLS, since phone numbers go there; without it only on this machine. */
        private static Optional<URI> smsAddress(String text) {
            try {
                URI url = new URI(text.replaceAll("/+$", ""));
                boolean whole = url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
                boolean closed = "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && url.getHost() != null && isLoopback(url.getHost());
                return whole && closed ? Optional.of(url) : Optional.empty();
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        private static List<String> listed(Optional<String> text) {
            return text.stream().flatMap(list -> Arrays.stream(list.split("[,\\s]+"))).filter(entry -> !entry.isEmpty()).toList();
        }

        private static Optional<URI> webAddress(String text) {
            try {
                URI url = new URI(text.replaceAll("/+$", ""));
                boolean plain = url.getHost() != null && url.getRawPath().isEmpty() && url.getRawQuery() == null
                        && url.getRawFragment() == null && url.getRawUserInfo() == null;
                return plain && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) ? Optional.of(url) : Optional.empty();
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException | DateTimeException malformed) {
                return Optional.empty();
            }
        }
    }
}
