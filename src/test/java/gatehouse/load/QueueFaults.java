package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** More wait than there is room for: whoever comes then is told so at once. A lock that another program holds keeps the database from helping. */
final class QueueFaults {
    private static final int HOUSEHOLDS = 1_200;
    private static final int POOL_FLOOD = 3_200;
    private static final int BATCH_FLOOD = 22_500;
    private static final int WAVE = 2_500;
    private static final int PROBES = 30;
    private static final int MOST_TRIES = 25;
    private static final int MOST_ADMITTED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int WARM = 1_500;
    private static final long GOAL_MILLIS = 100;

    private final Stage stage;
    private final PressedTokens press;

    private QueueFaults(Stage stage) {
        this.stage = stage;
        this.press = new PressedTokens(stage.product().keys());
    }

    static List<Outcome> full(Path folder) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS)) {
            var queues = new QueueFaults(stage);
            // a queue that is full is a matter of how many come in ten seconds, and a JVM that has just begun takes few
            Rush.run(List.of(stage.product().port()), queues.tickets("w", WARM));
            return List.of(queues.pool(), queues.batch());
        }
    }

    /** How those were answered who came last. */
    private record Refusals(long medianMillis, long slowestMillis, List<String> faults) {
        static Refusals of(int port, String path, String token, String body) throws InterruptedException {
            var millis = new ArrayList<Long>();
            var faults = new ArrayList<String>();
            if (!isFull(port, path, token, body)) {
                faults.add("the queue was not filled: this machine is too slow, or too busy");
            }
            int admitted = 0;
            while (millis.size() < PROBES && admitted <= MOST_ADMITTED && faults.isEmpty()) {
                long begin = System.nanoTime();
                try {
                    var reply = asked(port, path, token, body).get(1, TimeUnit.SECONDS);
                    if (reply.status() != 503 || reply.headers().stream().noneMatch(header -> header.startsWith("retry-after:"))) {
                        faults.add("not refused: " + reply);
                    }
                    millis.add((System.nanoTime() - begin) / 1_000_000);
                } catch (ExecutionException cut) {
                    faults.add("not answered: " + cut);
                } catch (TimeoutException waits) {
                    // somebody's patience was over at that moment, and theirs is the place
                    admitted++;
                }
                Thread.sleep(5);
            }
            if (admitted > MOST_ADMITTED) {
                faults.add("%d were not answered within a second, after %s".formatted(admitted, millis));
            }
            millis.sort(null);
            if (millis.isEmpty() || millis.get(millis.size() / 2) > GOAL_MILLIS) {
                faults.add("refused after " + millis);
            }
            return new Refusals(millis.isEmpty() ? 0 : millis.get(millis.size() / 2), millis.isEmpty() ? 0 : millis.getLast(), faults);
        }

        /** Whoever is not refused within a second waits in the queue, and is left there. */
        private static boolean isFull(int port, String path, String token, String body) throws InterruptedException {
            for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
                try {
                    if (asked(port, path, token, body).get(1, TimeUnit.SECONDS).status() == 503) {
                        return true;
                    }
                } catch (ExecutionException | TimeoutException waits) {
                    Thread.sleep(10);
                }
            }
            return false;
        }

        private static CompletableFuture<Line.Reply> asked(int port, String path, String token, String body) {
            var reply = new CompletableFuture<Line.Reply>();
            Thread.startVirtualThread(() -> {
                try (var line = new Line(port)) {
                    reply.complete(line.post(path, List.of("Authorization: Bearer " + token), body));
                } catch (IOException cut) {
                    reply.completeExceptionally(cut);
                }
            });
            return reply;
        }

        String words() {
            return "503 with Retry-After in %d ms (median of %d; slowest %d)".formatted(medianMillis, PROBES, slowestMillis);
        }
    }

    /** People who come again whenever they are told so, each with one ticket and its key, until they have their answer. */
    private final class Persistent {
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
        private final List<Thread> people;

        Persistent(int count) {
            people = IntStream.range(0, count).mapToObj(number -> Thread.startVirtualThread(() -> come(number))).toList();
        }

        private void come(int number) {
            var headers = List.of("Authorization: Bearer " + Crowd.token(press, stage.town(), number % HOUSEHOLDS), "Idempotency-Key: " + UUID.randomUUID());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            Line line = null;
            try {
                while (System.nanoTime() < deadline) {
                    line = line == null ? new Line(stage.product().port()) : line;
                    var reply = line.post("/api/v1/tickets", headers, Crowd.ticket().body().apply("t" + number));
                    if (reply.status() == 201) {
                        acknowledged.incrementAndGet();
                        return;
                    }
                    if (reply.status() != 503) {
                        unexpected.add("answered " + reply);
                        return;
                    }
                    Thread.sleep(ThreadLocalRandom.current().nextInt(300, 900));
                }
                unexpected.add("t" + number + " was never taken");
            } catch (IOException | InterruptedException cut) {
                unexpected.add(cut.toString());
            } finally {
                hangUp(line);
            }
        }

        private void hangUp(@Nullable Line line) {
            try {
                if (line != null) {
                    line.close();
                }
            } catch (IOException alreadyGone) {
                unexpected.add(alreadyGone.toString());
            }
        }

        void awaitHome() throws InterruptedException {
            for (var person : people) {
                person.join();
            }
        }
    }

    private List<byte[]> tickets(String mark, int count) {
        return IntStream.range(0, count).mapToObj(number -> request("/api/v1/tickets", Crowd.token(press, stage.town(), number % HOUSEHOLDS), Crowd.ticket().body().apply(mark + number),
                "Idempotency-Key: " + UUID.randomUUID() + "\r\n")).toList();
    }

    private Outcome pool() throws Exception {
        try (var superuser = stage.product().connectAsSuperuser(); var statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("lock table ticket");
            var flood = new Persistent(POOL_FLOOD);
            var refusals = Refusals.of(stage.product().port(), "/api/v1/tickets", Crowd.token(press, stage.town(), 0), Crowd.ticket().body().apply("refused"));
            superuser.rollback();
            var recovered = recovery();
            flood.awaitHome();
            long acknowledged = flood.acknowledged.get();
            long kept = number("select count(*) from ticket where description like 't%'");
            long twice = number("select count(*) - count(distinct description) from ticket where description <> 'refused'");
            var faults = new ArrayList<>(refusals.faults);
            flood.unexpected.stream().limit(5).forEach(faults::add);
            return new Outcome("pool of connections full", "%,d people with a ticket who come again, while its table is locked: %s".formatted(POOL_FLOOD, refusals.words()),
                    new Count("", POOL_FLOOD, acknowledged, Math.max(0, acknowledged - kept), twice, faults), recovered);
        }
    }

    private Outcome batch() throws Exception {
        // the first of the list wait for twenty seconds at most: until then the queue must be full
        var tokens = IntStream.range(0, HOUSEHOLDS).mapToObj(household -> Crowd.token(press, stage.town(), household)).toList();
        var flood = IntStream.range(0, BATCH_FLOOD).mapToObj(number -> request("/api/v1/health-reports", tokens.get(number % HOUSEHOLDS),
                report(number / HOUSEHOLDS, "flood"), "")).toList();
        try (var superuser = stage.product().connectAsSuperuser(); var statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("lock table health_report");
            for (int wave = 0; wave < BATCH_FLOOD / WAVE; wave++) {
                impatient(wave, flood.subList(wave * WAVE, (wave + 1) * WAVE));
            }
            var refusals = Refusals.of(stage.product().port(), "/api/v1/health-reports", Crowd.token(press, stage.town(), HOUSEHOLDS - 2), report(25, "refused"));
            superuser.rollback();
            var recovered = recovery();
            long twice = number("select count(*) from health_report where version > 1");
            return new Outcome("queue of reports full", "%,d impatient clients while their table is locked: %s".formatted(BATCH_FLOOD, refusals.words()),
                    new Count("", BATCH_FLOOD, 0, 0, twice, refusals.faults), recovered);
        }
    }

    /** Clients who send and go away; each wave from an address of its own, so that ports last. */
    private void impatient(int wave, List<byte[]> requests) throws IOException {
        var sockets = new ArrayList<SocketChannel>();
        for (var each : requests) {
            var socket = SocketChannel.open().bind(new InetSocketAddress("127.0.0." + (2 + wave), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", stage.product().port()));
            var request = ByteBuffer.wrap(each);
            while (request.hasRemaining()) {
                socket.write(request);
            }
            sockets.add(socket);
        }
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** A first report: {@code turn} counts through the days and rounds that are open. */
    private static String report(int turn, String note) {
        return "{\"date\":\"%s\",\"round\":\"%s\",\"temperature\":36.5,\"symptoms\":[],\"note\":\"%s\"}".formatted(
                BusinessClock.system().today().minusDays(1 + turn / 2), turn % 2 == 0 ? "MORNING" : "AFTERNOON", note);
    }

    private static byte[] request(String path, String token, String body, String more) {
        return ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
                .formatted(path, body.length(), token, more, body)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Until reports are taken again. */
    private Duration recovery() throws InterruptedException {
        long begin = System.nanoTime();
        new Phone(stage.product()::port).untilAnswered("/api/v1/health-reports", List.of("Authorization: Bearer " + Crowd.token(press, stage.town(), HOUSEHOLDS - 1)),
                report(26, "after"));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private long number(String sql) throws SQLException {
        try (var connection = stage.product().connect()) {
            return Product.number(connection, sql);
        }
    }
}
