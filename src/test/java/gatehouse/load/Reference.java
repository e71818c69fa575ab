package gatehouse.load;

import gatehouse.identity.PressedTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The reference back end as a process of its own, on the product's database and believing its tokens. */
final class Reference implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;

    private final Process process;
    private final int port;

    private Reference(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, with Spring's own defaults for threads and connections, and waits until it listens. */
    static Reference beside(Product product, Path folder) {
        int port = Product.freePort();
        var database = product.database();
        var host = database.hosts().getFirst();
        var output = folder.resolve("reference-output");
        try {
            var builder = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-classpath",
                    System.getProperty("java.class.path"), "gatehouse.load.reference.ReferenceApplication")).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(Map.of("SERVER_PORT", String.valueOf(port), "SERVER_ADDRESS", "127.0.0.1",
                    "SPRING_DATASOURCE_URL", "jdbc:postgresql://%s:%d/%s".formatted(host.name(), host.port(), database.database()),
                    "SPRING_DATASOURCE_USERNAME", database.user(), "SPRING_DATASOURCE_PASSWORD", database.password(),
                    "SPRING_FLYWAY_ENABLED", "false", "REFERENCE_TOKENKEY", new PressedTokens(product.keys()).key()));
            var reference = new Reference(builder.start(), port);
            reference.awaitListening(output);
            return reference;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitListening(Path output) throws IOException {
        long begin = System.nanoTime();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                close();
                throw new IllegalStateException("the reference does not start:\n" + Files.readString(output));
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Seconds of processor time. */
    double cpu() {
        return Product.ticks(process.pid(), 2) / Product.TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
