package gatehouse.kernel;

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

    /** libpq's option names that are understood, with the JDBC driver's names for the same. */
    private static final Map<String, String> JDBC_NAME_OF_OPTION = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
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

    /** For the Vert.x client, which knows one host: the same database at each host, in order. */
    public List<String> singleHostTexts() {
        return hosts.stream().map(host -> text(host.toString())).toList();
    }

    /** The whole address including the password. */
    public String text() {
        return text(hosts.stream().map(Host::toString).collect(Collectors.joining(",")));
    }

    public PostgresUrl withDatabase(String name) {
        return new PostgresUrl(hosts, name, user, password, options);
    }

    /** Without user and password, which belong into properties and never into a text that may be logged. */
    String jdbcText() {
        return "jdbc:postgresql://" + hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + encode(database);
    }

    /** The driver's properties besides user and password. */
    Map<String, String> jdbcProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", "gatehouse");
        properties.put("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
        if (hosts.size() > 1) {
            properties.put("targetServerType", "primary");
        }
        options.forEach((name, value) -> properties.put(JDBC_NAME_OF_OPTION.get(name), value));
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
        return "postgresql://" + encode(user) + ":***@" + hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + encode(database);
    }

    private String text(String at) {
        String tail = options.isEmpty() ? "" : options.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(option -> option.getKey() + "=" + encode(option.getValue())).collect(Collectors.joining("&", "?", ""));
        return "postgresql://" + encode(user) + ":" + encode(password) + "@" + at + "/" + encode(database) + tail;
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
            options.put(name, decode(pair.substring(Math.min(pair.length(), name.length() + 1))));
        }
        return options;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
