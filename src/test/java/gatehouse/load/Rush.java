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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Thousands of clients who wait for the same moment: each has a connection, opened before; then all send at once, one request each.
 * Every answer is timed from that one moment, so that waiting to be sent or read counts as well.
 */
final class Rush {
    private static final int ANSWER_BYTES = 4 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PROBLEM = Pattern.compile("\"type\":\"[^\"]*?([a-z-]+)\"");

    /** How often each answer came: a status, or the slug of a problem; and when they came, in nanoseconds after the moment. */
    record Result(Map<String, Integer> answers, Histogram latencies) {
        double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private record Client(SocketChannel socket, ByteBuffer in) {
    }

    private final Map<String, Integer> answers = new TreeMap<>();
    private final Histogram latencies = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
    private int waiting;

    private Rush() {
    }

    /** Sends every request on a connection of its own, in turn to those ports. */
    static Result run(List<Integer> ports, List<byte[]> requests) {
        var rush = new Rush();
        try (var selector = Selector.open()) {
            var sockets = new ArrayList<SocketChannel>(requests.size());
            for (int i = 0; i < requests.size(); i++) {
                var socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", ports.get(i % ports.size())));
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                socket.register(selector, SelectionKey.OP_READ, new Client(socket, ByteBuffer.allocate(ANSWER_BYTES)));
                sockets.add(socket);
            }
            rush.run(selector, sockets, requests);
            for (var socket : sockets) {
                socket.close();
            }
            return new Result(rush.answers, rush.latencies);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void run(Selector selector, List<SocketChannel> sockets, List<byte[]> requests) throws IOException {
        long moment = System.nanoTime();
        waiting = sockets.size();
        for (int i = 0; i < sockets.size(); i++) {
            var request = ByteBuffer.wrap(requests.get(i));
            while (request.hasRemaining()) {
                sockets.get(i).write(request);
            }
            if (i % 100 == 0) {
                selector.selectNow(key -> receive((Client) key.attachment(), moment));
            }
        }
        while (waiting > 0 && System.nanoTime() < moment + PATIENCE.toNanos()) {
            selector.select(key -> receive((Client) key.attachment(), moment), 100);
        }
        if (waiting > 0) {
            answers.merge("no answer", waiting, Integer::sum);
        }
    }

    private void receive(Client client, long moment) {
        try {
            boolean open = client.socket.read(client.in) >= 0;
            int status = Load.wholeAnswer(client.in);
            if (status == 0 && open) {
                return;
            }
            count(status == 0 ? "cut" : name(status, new String(client.in.array(), 0, client.in.position(), StandardCharsets.UTF_8)), moment);
            client.in.clear();
            if (!open) {
                client.socket.close();
            }
        } catch (IOException reset) {
            count(reset.toString(), moment);
        }
    }

    private void count(String answer, long moment) {
        waiting--;
        latencies.recordValue(System.nanoTime() - moment);
        answers.merge(answer, 1, Integer::sum);
    }

    private static String name(int status, String answer) {
        var problem = PROBLEM.matcher(answer);
        return status >= 400 && problem.find() ? problem.group(1) : String.valueOf(status);
    }
}
