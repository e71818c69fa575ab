package gatehouse.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Many clients on one thread: each connection stays open and sends its next request when the last one was answered. Written on
 * bare sockets because it shares the machine with what it measures.
 */
final class Load {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int STATUS_AT = 9;
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Writes the request of that number, counted from 0 over all connections. */
    interface Script {
        void write(int number, ByteBuffer into);
    }

    /** When the request of that number is due, in nanoseconds after the start; never earlier than the one before it. */
    interface Pace {
        long dueNanos(int number);
    }

    /** What came of it; latencies in nanoseconds, errors: no answer, or another status than 200 and 201. */
    record Result(double seconds, long answered, long errors, String firstError, Histogram latencies) {
        double perSecond() {
            return answered / seconds;
        }

        double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private static final class Client {
        final SocketChannel socket;
        final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
        final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        long sentAt;

        Client(SocketChannel socket) {
            this.socket = socket;
        }
    }

    private final Script script;
    private final int most;
    /** Connections that wait for a request. */
    private final ArrayDeque<Client> free = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
    private int sent;
    private int waiting;
    private long answered;
    private long errors;
    private String firstError = "";

    private Load(Script script, int most) {
        this.script = script;
        this.most = most;
    }

    /** Runs {@code script} on so many connections for so long, or until {@code most} requests are sent, and waits for the answers. */
    static Result run(int port, int connections, Duration duration, int most, Script script) {
        var load = new Load(script, most);
        try (var selector = Selector.open()) {
            return load.run(selector, open(port, connections, selector), duration);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * People who come when they come, however long others wait: sends {@code most} requests when they are due on whichever connection is
     * free, and counts each one's time from when it was due.
     */
    static Result paced(int port, int connections, int most, Pace pace, Script script) {
        var load = new Load(script, most);
        try (var selector = Selector.open()) {
            return load.runPaced(selector, open(port, connections, selector), pace);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Client> open(int port, int connections, Selector selector) throws IOException {
        var clients = new ArrayList<Client>();
        for (int i = 0; i < connections; i++) {
            var socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            var client = new Client(socket);
            socket.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
        return clients;
    }

    private Result run(Selector selector, List<Client> clients, Duration duration) throws IOException {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (var client : clients) {
            send(client);
        }
        long last = start;
        while (waiting > 0 && System.nanoTime() < end + PATIENCE.toNanos()) {
            selector.select(key -> receive((Client) key.attachment(), end), 100);
            last = System.nanoTime();
        }
        for (var client : clients) {
            client.socket.close();
        }
        if (waiting > 0) {
            error(waiting, "no answer");
        }
        return new Result((last - start) / 1e9, answered, errors, firstError, latencies);
    }

    private Result runPaced(Selector selector, List<Client> clients, Pace pace) throws IOException {
        free.addAll(clients);
        long start = System.nanoTime();
        long lastHeard = start;
        while (sent < most || waiting > 0) {
            for (long now = System.nanoTime(); sent < most && !free.isEmpty() && start + pace.dueNanos(sent) <= now;) {
                long due = start + pace.dueNanos(sent);
                var client = free.poll();
                send(client);
                client.sentAt = due;
            }
            if (selector.select(key -> receive((Client) key.attachment(), Long.MIN_VALUE), 1) > 0 || waiting == 0) {
                lastHeard = System.nanoTime();
            } else if (System.nanoTime() - lastHeard > PATIENCE.toNanos()) {
                break;
            }
        }
        for (var client : clients) {
            client.socket.close();
        }
        if (waiting > 0 || sent < most) {
            error(waiting + most - sent, "no answer");
        }
        return new Result((System.nanoTime() - start) / 1e9, answered, errors, firstError, latencies);
    }

    private void send(Client client) throws IOException {
        if (sent == most) {
            return;
        }
        client.out.clear();
        script.write(sent++, client.out);
        client.out.flip();
        client.sentAt = System.nanoTime();
        waiting++;
        while (client.out.hasRemaining()) {
            client.socket.write(client.out);
        }
    }

    private void receive(Client client, long end) {
        try {
            if (client.socket.read(client.in) < 0) {
                throw new IOException("closed by the server");
            }
            int status = wholeAnswer(client.in);
            if (status == 0) {
                return;
            }
            long now = System.nanoTime();
            waiting--;
            answered++;
            latencies.recordValue(now - client.sentAt);
            if (status != 200 && status != 201) {
                error(1, new String(client.in.array(), 0, client.in.position(), StandardCharsets.UTF_8));
            }
            client.in.clear();
            if (now < end) {
                send(client);
            } else {
                free.add(client);
            }
        } catch (IOException cut) {
            waiting--;
            error(1, cut.toString());
            try {
                client.socket.close();
            } catch (IOException alreadyGone) {
                error(0, alreadyGone.toString());
            }
        }
    }

    private void error(int count, String what) {
        errors += count;
        if (firstError.isEmpty()) {
            firstError = what;
        }
    }

    /** The status where the whole answer is there, else 0. */
    static int wholeAnswer(ByteBuffer in) {
        var bytes = in.array();
        int length = in.position();
        long contentLength = 0;
        for (int i = 0; i + 3 < length; i++) {
            if (bytes[i] != '\r') {
                continue;
            }
            if (bytes[i + 2] == '\r') {
                return length >= i + 4 + contentLength
                        ? (bytes[STATUS_AT] - '0') * 100 + (bytes[STATUS_AT + 1] - '0') * 10 + bytes[STATUS_AT + 2] - '0' : 0;
            }
            if (isLength(bytes, i, length)) {
                contentLength = number(bytes, i + LENGTH.length);
            }
        }
        return 0;
    }

    private static boolean isLength(byte[] bytes, int at, int length) {
        if (at + LENGTH.length >= length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            byte each = bytes[at + i];
            if ((each >= 'A' && each <= 'Z' ? each + 32 : each) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; bytes[i] != '\r'; i++) {
            number = bytes[i] == ' ' ? number : number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
