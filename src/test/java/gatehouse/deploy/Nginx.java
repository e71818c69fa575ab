package gatehouse.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real nginx with the project's site; only addresses, certificate and log files are this machine's. */
final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final Path SITE = Path.of("nginx", "gatehouse.conf");
    private static final String PASSWORD = "changeit";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path folder;
    private final Process process;
    private final int plainPort;
    private final int port;
    private final SSLContext tls;

    private Nginx(Path folder, List<Integer> instances) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        this.plainPort = freePort();
        this.port = freePort();
        this.tls = makeCertificate();
        writeSite(instances);
        var check = new ProcessBuilder(command("-t")).redirectErrorStream(true).start();
        var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), said);
        process = new ProcessBuilder(command("-g", "daemon off;")).redirectErrorStream(true).redirectOutput(folder.resolve("nginx.out").toFile()).start();
        awaitListening();
    }

    /** In front of instances on these ports; skips the test, aloud, where Debian's nginx is not installed. */
    static Nginx inFrontOf(Integer... instances) throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            var missing = "SKIPPED: these tests need nginx (apt-get install nginx-light)";
            System.err.println(missing);
            if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
                fail(missing);
            }
            abort(missing);
        }
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "nginx")), "site-").toAbsolutePath();
        return new Nginx(folder, List.of(instances));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> command(String... more) {
        var command = new java.util.ArrayList<>(List.of(PROGRAM.toString(), "-p", folder.toString(), "-c", "nginx.conf"));
        command.addAll(List.of(more));
        return command;
    }

    private SSLContext makeCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        var store = folder.resolve("tls.p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC", "-alias",
                "site", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var certificate = (X509Certificate) keys.getCertificate("site");
        Files.writeString(folder.resolve("site.pem"), pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(folder.resolve("site.key"), pem("PRIVATE KEY", keys.getKey("site", PASSWORD.toCharArray()).getEncoded()));
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("site", certificate);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), kind);
    }

    private void writeSite(List<Integer> instances) throws IOException {
        var site = Files.readString(SITE);
        site = replaced(site, "    listen 80;\n    listen [::]:80;\n", "    listen 127.0.0.1:" + plainPort + ";\n");
        site = replaced(site, "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n", "    listen 127.0.0.1:" + port + " ssl http2;\n");
        site = replaced(site, "    server 127.0.0.1:8080 max_fails=1 fail_timeout=2s;\n    server 127.0.0.1:8081 max_fails=1 fail_timeout=2s;\n",
                instances.stream().map("    server 127.0.0.1:%d max_fails=1 fail_timeout=2s;\n"::formatted).collect(Collectors.joining()));
        site = replaced(site, "/etc/nginx/tls/gatehouse.pem", folder.resolve("site.pem").toString());
        site = replaced(site, "/etc/nginx/tls/gatehouse.key", folder.resolve("site.key").toString());
        site = replaced(site, "/var/log/nginx/", folder + "/");
        Files.writeString(folder.resolve("gatehouse.conf"), site);
        Files.writeString(folder.resolve("nginx.conf"), """
                %s
                worker_processes 2;
                pid nginx.pid;
                error_log error.log;
                events { worker_connections 4096; }
                http {
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include gatehouse.conf;
                }
                """.formatted(System.getProperty("user.name").equals("root") ? "user root;" : ""));
    }

    private static String replaced(String text, String what, String by) {
        assertTrue(text.contains(what), "the site says no longer: " + what);
        return text.replace(what, by);
    }

    private void awaitListening() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (var socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException(Files.readString(folder.resolve("nginx.out")), notYet);
                }
                Thread.sleep(20);
            }
        }
    }

    URI at(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    URI plainAt(String path) {
        return URI.create("http://localhost:" + plainPort + path);
    }

    HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** The lines of its log of requests. */
    String log() throws IOException {
        return Files.readString(folder.resolve("gatehouse.log"));
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("gatehouse-error.log"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "nginx does not stop");
    }
}
