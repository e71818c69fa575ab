package gatehouse.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One postmaster over one cluster folder: started, watched until ready, stopped; and a forgotten one found again.
 * PostgreSQL refuses to run as root, so there it gets a user namespace of its own ({@code unshare -U}). {@code setsid} keeps a
 * Ctrl-C at the terminal from reaching it before the program has drained.
 */
final class PostgresProcess {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    /** A recovery after a kill may have much to read again; as long as it is at it, ending it would only make it begin anew. */
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration WORD_EVERY = Duration.ofSeconds(10);
    private static final Duration FAST_STOP_TIMEOUT = Duration.ofSeconds(3);
    /** PostgreSQL itself kills those of its processes that have not gone after 5 s. */
    private static final Duration IMMEDIATE_STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final int POLL_MILLIS = 5;
    private static final int START_LINE = 2;
    private static final int STATUS_LINE = 7;

    private final ProcessHandle postmaster;

    private PostgresProcess(ProcessHandle postmaster) {
        this.postmaster = postmaster;
    }

    /** Runs a program of PostgreSQL to its end. @throws StartFailure with its output when it fails */
    static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = launch(command, log);
        if (process.waitFor() != 0) {
            throw new StartFailure("PostgreSQL's " + Path.of(command.getFirst()).getFileName() + " failed:\n" + lastLines(log));
        }
    }

    /** @throws StartFailure when it ends before it is ready or nobody wants it any more; {@link StillInUse} when a dying predecessor is the reason */
    static PostgresProcess start(Path home, Path cluster, Path log, BooleanSupplier stopping) throws IOException, InterruptedException, StillInUse {
        List<String> stale = pidFile(cluster);
        Process process = launch(List.of(home.resolve("bin/postgres").toString(), "-D", cluster.toString()), log);
        long begin = System.nanoTime();
        long lastWord = begin;
        while (!isReady(pidFile(cluster), stale, process.pid())) {
            if (stopping.getAsBoolean()) {
                new PostgresProcess(process.toHandle()).stop();
                throw new StartFailure("Told to stop while its own PostgreSQL was still starting or recovering");
            }
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                String why = lastLines(log);
                if (why.contains("still in use") || why.contains("already exists")) {
                    throw new StillInUse(why);
                }
                throw new StartFailure("The own PostgreSQL ended at once. It said (" + log + "):\n" + why);
            }
            if (System.nanoTime() - lastWord > WORD_EVERY.toNanos()) {
                lastWord = System.nanoTime();
                LOG.warn("The own PostgreSQL is still starting or recovering, since {} s; see {}", Duration.ofNanos(lastWord - begin).toSeconds(), log);
            }
            if (System.nanoTime() - begin > READY_TIMEOUT.toNanos()) {
                new PostgresProcess(process.toHandle()).stop();
                throw new StartFailure("The own PostgreSQL was not ready after " + READY_TIMEOUT.toMinutes() + " minutes; see " + log);
            }
        }
        return new PostgresProcess(process.toHandle());
    }

    /** The postmaster that a killed run of this program left behind on this cluster, if it is one and lives. */
    static Optional<PostgresProcess> leftBehind(Path cluster) throws IOException {
        List<String> lines = pidFile(cluster);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())))
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, cluster))
                .map(PostgresProcess::new);
    }

    /** Fast shutdown: clients are cut, everything committed is on disk. Falls back to an immediate stop (recovery at next start). */
    void stop() throws IOException, InterruptedException {
        if (!postmaster.isAlive()) {
            return;
        }
        signal("INT");
        if (!endsWithin(FAST_STOP_TIMEOUT)) {
            LOG.warn("PostgreSQL did not stop within {} s; stopping it at once, it will recover at the next start", FAST_STOP_TIMEOUT.toSeconds());
            signal("QUIT");
            if (!endsWithin(IMMEDIATE_STOP_TIMEOUT)) {
                throw new IOException("PostgreSQL (process " + postmaster.pid() + ") cannot be stopped");
            }
        }
    }

    void awaitEnd() {
        postmaster.onExit().join();
    }

    long pid() {
        return postmaster.pid();
    }

    static final class StillInUse extends Exception {
        private static final long serialVersionUID = 1;

        StillInUse(String message) {
            super(message);
        }
    }

    private static Process launch(List<String> command, Path log) throws IOException {
        List<String> whole = new ArrayList<>(List.of("setsid"));
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("GATEHOUSE_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /**
     * By the lines of postmaster.pid. In a container the same few process ids come back with every start: what a killed predecessor of this
     * id wrote, begun at another second, says nothing of this one.
     */
    static boolean isReady(List<String> lines, List<String> stale, long pid) {
        return lines.size() > STATUS_LINE && lines.getFirst().strip().equals(Long.toString(pid)) && lines.get(STATUS_LINE).startsWith("ready")
                && (stale.size() <= START_LINE || !lines.subList(0, START_LINE + 1).equals(stale.subList(0, START_LINE + 1)));
    }

    private static List<String> pidFile(Path cluster) throws IOException {
        try {
            return Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (NoSuchFileException notStarted) {
            return List.of();
        }
    }

    /** A pid is used again by others; only a postgres started with this very folder is meant. */
    private static boolean serves(ProcessHandle process, Path cluster) {
        boolean isPostgres = process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
        return isPostgres && process.info().arguments()
                .map(arguments -> Arrays.asList(arguments).contains(cluster.toString())).orElse(false);
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + postmaster.pid())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private boolean endsWithin(Duration timeout) throws InterruptedException {
        try {
            postmaster.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException unknown) {
            return !postmaster.isAlive();
        }
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
