package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.support.TcpProxy;
import gatehouse.support.TcpProxy.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Harm to the line between the program and its database, while a compound is at work. */
final class LinkFaults {
    private static final int HOUSEHOLDS = 400;
    private static final int ENOUGH = 8;
    private static final Duration AWAY = Duration.ofSeconds(12);
    private static final Duration RECOVERY_GOAL = Duration.ofSeconds(10);
    private static final long CLEAR_MILLIS = 2_000;
    /** Of the log, while the database is away. */
    private static final long MOST_LINES = 60;
    /** Longer than anything else that a client says, so surely the statement that does a whole list. */
    private static final int LONG_WORDS = 500;
    /** A statement may run for 20 seconds; only a longer silence means that nobody is there. */
    private static final Duration SILENCE_GOAL = Duration.ofSeconds(40);

    private LinkFaults() {
    }

    /** Before the COMMIT arrives, after it arrived, and at the statement that is its own transaction: so many times each. */
    static List<Outcome> cutDuringCommit(Path folder, int times) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS); var line = stage.line(); var product = stage.behind(line)) {
            product.start();
            try (var crowd = Crowd.at(product, stage.product(), stage.town())) {
                crowd.begin();
                var longest = Duration.ZERO;
                for (int number = 0; number < times; number++) {
                    for (var moment : List.of(new Moment(words -> words.contains("COMMIT"), false), new Moment(words -> words.contains("COMMIT"), true),
                            new Moment(words -> words.length() > LONG_WORDS, true))) {
                        crowd.awaitMore(ENOUGH);
                        line.cutAt(moment);
                        while (line.isStillToBeCut()) {
                            Thread.sleep(1);
                        }
                        long cut = System.nanoTime();
                        crowd.awaitMore(ENOUGH);
                        longest = longer(longest, Duration.ofNanos(System.nanoTime() - cut));
                    }
                }
                return List.of(new Outcome("link cut during COMMIT", ("%d cuts under load, a third each: COMMIT never arrives, its answer never arrives,"
                        + " that of a lone statement").formatted(3 * times), Count.sum("all", crowd.finish(stage.product())), longest));
            }
        }
    }

    static List<Outcome> gone(Path folder) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS); var line = stage.line(); var product = stage.behind(line)) {
            product.start();
            try (var crowd = Crowd.at(product, stage.product(), stage.town())) {
                crowd.begin();
                crowd.awaitMore(ENOUGH);
                long linesBefore = lines(product);
                line.cut();
                var watch = watched(product, stage, AWAY);
                long lines = lines(product) - linesBefore;
                if (lines > MOST_LINES) {
                    watch.faults.add("%d lines in the log".formatted(lines));
                }
                long mended = System.nanoTime();
                line.mend();
                crowd.awaitMore(1);
                var recovered = Duration.ofNanos(System.nanoTime() - mended);
                if (recovered.compareTo(RECOVERY_GOAL) > 0) {
                    watch.faults.add("work went on after " + recovered);
                }
                if (product.readiness() != 200) {
                    watch.faults.add("not ready again");
                }
                return List.of(new Outcome("database gone", "%d s away under load: %,d answers, all 503 with Retry-After, slowest %d ms; %d lines of log".formatted(
                        AWAY.toSeconds(), watch.answers, watch.slowestMillis, lines), Count.sum("all", crowd.finish(stage.product())).with(watch.faults), recovered));
            }
        }
    }

    /** The other machine is gone without a word, and another has taken its place. */
    static List<Outcome> silent(Path folder) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS); var line = stage.line(); var product = stage.behind(line)) {
            product.start();
            try (var crowd = Crowd.at(product, stage.product(), stage.town())) {
                crowd.begin();
                crowd.awaitMore(ENOUGH);
                line.hush();
                long hushed = System.nanoTime();
                crowd.awaitMore(ENOUGH);
                var recovered = Duration.ofNanos(System.nanoTime() - hushed);
                var faults = recovered.compareTo(SILENCE_GOAL) > 0 ? List.of("work went on after " + recovered) : List.<String>of();
                return List.of(new Outcome("database's machine gone without a word", "every open connection falls silent for good; new ones work",
                        Count.sum("all", crowd.finish(stage.product())).with(faults), recovered));
            }
        }
    }

    private static final class Watch {
        private final List<String> faults = new ArrayList<>();
        private long answers;
        private long slowestMillis;
    }

    /** Asks by itself, one report after the other, how the product says that it cannot now. */
    private static Watch watched(Product product, Stage stage, Duration duration) throws InterruptedException {
        var watch = new Watch();
        var token = Crowd.token(new PressedTokens(stage.product().keys()), stage.town(), HOUSEHOLDS - 1);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            try (var phone = new Line(product.port())) {
                var reply = phone.post("/api/v1/health-reports", List.of("Authorization: Bearer " + token), "{\"temperature\":36.5,\"symptoms\":[]}");
                watch.answers++;
                if (reply.status() != 503 || reply.headers().stream().noneMatch(header -> header.startsWith("retry-after:"))) {
                    watch.faults.add("answered while the database was away: " + reply);
                }
            } catch (IOException refused) {
                watch.faults.add("not answered: " + refused);
            }
            watch.slowestMillis = Math.max(watch.slowestMillis, (System.nanoTime() - begin) / 1_000_000);
            Thread.sleep(20);
        }
        if (watch.slowestMillis > CLEAR_MILLIS) {
            watch.faults.add("an answer took %d ms".formatted(watch.slowestMillis));
        }
        return watch;
    }

    private static long lines(Product product) throws IOException {
        try (var lines = Files.lines(product.output())) {
            return lines.count();
        }
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
