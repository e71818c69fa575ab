package gatehouse.kernel;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A database's address as libpq writes it: {@code postgresql://user:password@host[:port][,host:port…]/database[?option=value…]}.
 * User and password are percent-encoded in the text and plain in the record; {@link #toString()} never shows the password.
 *
 * @param options those of {@link #JDBC_NAME_OF_OPTION}, by libpq's names
 */
public record PostgresUrl(List<Host> hosts, String database, String user, String password, Map<String, String> options) {

    /** Several hosts are tried in this order; the first that takes writes is used. */
    public record Host(String name, int port) {

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final Pattern SHAPE = Pattern.compile(
            "postgres(?:ql)?://([^:@/?]+):([^@/?]*)@([^/?]+)/([^/?]+)(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

    /** The same for both clients, when nothing is said; a server that takes nobody without TLS says so at the start. */
    private static final String DEFAULT_SSL_MODE = "disable";
    /**
     * Without {@code prefer}: where the server has no TLS, the reactive client leaves the connection on which it asked open, and for as long as the
     * server waits on it (its {@code authentication_timeout}, a minute) it does not shut down either, so that a planned change of primaries hangs.
     */
    private static final List<String> SSL_MODES = List.of("disable", "allow", "require", "verify-ca", "verify-full");

    /** What is usually written for several hosts; another server than the one that takes writes is never used. */
    private static final List<String> WRITING = List.of("read-write", "primary");

    /** libpq's option names that are understood, with the JDBC driver's names for the same. */
    private static final Map<String, String> JDBC_NAME_OF_OPTION = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "target_session_attrs", "targetServerType",
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout");

    public PostgresUrl {
        hosts = List.copyOf(hosts);
        options = Map.copyOf(options);
    }

    /** @throws IllegalArgumentException naming what is wrong, without the text itself (it holds a password) */
    public static PostgresUrl parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw new IllegalArgumentException("is not of the form postgresql://user:password@host:port/database");
        }
        List<Host> hosts = new ArrayList<>();
        for (String host : shape.group(3).split(",", -1)) {
            hosts.add(parseHost(host));
        }
        return new PostgresUrl(hosts, decode(shape.group(4)), decode(shape.group(1)), decode(shape.group(2)),
                parseOptions(shape.group(5) == null ? "" : shape.group(5)));
    }

    /** For the Vert.x client, which connects to one host at a time: the same database at each host, in order. */
    public List<PgConnectOptions> connectOptions() {
        return hosts.stream().map(this::connectOptions).toList();
    }

    /** The whole address including the password. */
    public String text() {
        String tail = options.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(option -> option.getKey() + "=" + encode(option.getValue())).collect(Collectors.joining("&"));
        return "postgresql://" + encode(user) + ":" + encode(password) + "@" + hostList() + "/" + encode(database) + (tail.isEmpty() ? "" : "?" + tail);
    }

    public PostgresUrl withDatabase(String name) {
        return new PostgresUrl(hosts, name, user, password, options);
    }

    /** Without user and password, which belong into properties and never into a text that may be logged. */
    String jdbcText() {
        return "jdbc:postgresql://" + hostList() + "/" + encode(database);
    }

    /** The driver's properties besides user and password. */
    Map<String, String> jdbcProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", "gatehouse");
        properties.put("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
        properties.put("sslmode", DEFAULT_SSL_MODE);
        options.forEach((name, value) -> properties.put(JDBC_NAME_OF_OPTION.get(name), value));
        properties.put("targetServerType", "primary");
        return properties;
    }

    /** A plain JDBC connection, for start-up work only. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(jdbcProperties());
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new org.postgresql.Driver().connect(jdbcText(), properties);
    }

    @Override
    public String toString() {
        return "postgresql://" + encode(user) + ":***@" + hostList() + "/" + encode(database);
    }

    private PgConnectOptions connectOptions(Host host) {
        PgConnectOptions one = new PgConnectOptions().setHost(host.name()).setPort(host.port()).setDatabase(database).setUser(user).setPassword(password)
                .addProperty("application_name", options.getOrDefault("application_name", "gatehouse"));
        SslMode mode = SslMode.of(options.getOrDefault("sslmode", DEFAULT_SSL_MODE));
        one.setSslMode(mode);
        if (mode != SslMode.DISABLE) {
            ClientSSLOptions tls = new ClientSSLOptions().setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
            String authorities = options.get("sslrootcert");
            one.setSslOptions(authorities == null
                    ? tls.setTrustAll(mode != SslMode.VERIFY_CA && mode != SslMode.VERIFY_FULL)
                    : tls.setTrustOptions(new PemTrustOptions().addCertPath(authorities)));
        }
        return one;
    }

    private String hostList() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    private static Host parseHost(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException("holds the host \"" + text + "\", which is not host or host:port (an IPv6 address goes in brackets)");
        }
        int port = host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("holds the port " + port + ", which is not between 1 and 65535");
        }
        return new Host(host.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private static Map<String, String> parseOptions(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String name = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
            if (!JDBC_NAME_OF_OPTION.containsKey(name)) {
                throw new IllegalArgumentException("has the option \"" + name + "\"; known are "
                        + JDBC_NAME_OF_OPTION.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
            options.put(name, checkedOption(name, decode(pair.substring(Math.min(pair.length(), name.length() + 1)))));
        }
        return options;
    }

    private static String checkedOption(String name, String value) {
        boolean right = switch (name) {
            case "sslmode" -> SSL_MODES.contains(value);
            case "connect_timeout" -> value.matches("\\d{1,3}");
            case "target_session_attrs" -> WRITING.contains(value);
            default -> !value.isEmpty();
        };
        if (!right) {
            throw new IllegalArgumentException("has the option " + name + "=" + value
                    + switch (name) {
                        case "sslmode" -> "; it may be one of " + String.join(", ", SSL_MODES);
                        case "target_session_attrs" -> "; it may be " + String.join(" or ", WRITING) + ", which is how the servers are chosen anyway";
                        default -> "";
                    });
        }
        return value;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
