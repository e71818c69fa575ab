package gatehouse.load;

import gatehouse.kernel.PostgresUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own measure, as a distribution installs it: a script of statements over the prepared protocol, 32 clients. A script may count
 * in its variable {@code n}, which is 0 when a client begins.
 */
record Pgbench(Path program, PostgresUrl database, Path folder) {
    static final int CLIENTS = 32;
    private static final int THREADS = 2;
    private static final int LATENCY_FIELD = 2;
    private static final double LOGGED_SHARE = 0.02;
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    /** Transactions per second and their latencies in milliseconds. */
    record Result(double perSecond, double medianMillis, double p99Millis, double mostMillis) {
    }

    static Optional<Path> installed() {
        var onPath = Arrays.stream(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "pgbench"));
        try (var versions = Files.isDirectory(Path.of("/usr/lib/postgresql")) ? Files.list(Path.of("/usr/lib/postgresql")) : Stream.<Path>of()) {
            return Stream.concat(onPath, versions.map(version -> version.resolve("bin/pgbench"))).filter(Files::isExecutable).findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Result run(String script, Duration duration) {
        try {
            var file = Files.writeString(folder.resolve("script.sql"), script);
            var host = database.hosts().getFirst();
            var builder = new ProcessBuilder(program.toString(), "--no-vacuum", "--protocol=prepared", "--client=" + CLIENTS,
                    "--jobs=" + THREADS, "--define=n=0", "--time=" + duration.toSeconds(), "--file=" + file, "--log", "--log-prefix=" + folder.resolve("latency"),
                    "--sampling-rate=" + LOGGED_SHARE, "--host=" + host.name(), "--port=" + host.port(), "--username=" + database.user(),
                    database.database()).redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", database.password());
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var rate = RATE.matcher(said);
            if (process.waitFor() != 0 || !rate.find()) {
                throw new IllegalStateException("pgbench failed:\n" + said);
            }
            return result(Double.parseDouble(rate.group(1)), latencies());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static Result result(double perSecond, List<Long> micros) {
        return new Result(perSecond, micros.get(micros.size() / 2) / 1e3, micros.get(micros.size() * 99 / 100) / 1e3, micros.getLast() / 1e3);
    }

    /** Sorted, in microseconds. */
    private List<Long> latencies() throws IOException {
        var all = new ArrayList<Long>();
        try (var files = Files.newDirectoryStream(folder, "latency.*")) {
            for (var file : files) {
                for (var line : Files.readAllLines(file)) {
                    all.add(Long.parseLong(line.split(" ")[LATENCY_FIELD]));
                }
                Files.delete(file);
            }
        }
        all.sort(null);
        return all;
    }
}
