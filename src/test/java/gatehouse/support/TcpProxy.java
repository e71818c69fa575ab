package gatehouse.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Stands between a client and its server, so that a test can harm the line: cut and mend it (cut, new connections are refused), cut it at
 * one moment of the conversation, or freeze it: frozen, it takes everything and hands nothing on.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int WORDS_BYTES = 64;

    /** Which of the client's words the line is cut at, and whether the server still hears them; then its answer is lost. */
    public record Moment(Predicate<String> words, boolean serverHears) {
    }

    private final String targetHost;
    private final int targetPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Moment> next = new AtomicReference<>();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    /** The beginning of what each client said last, by both ends of its connection. */
    private final Map<Socket, String> lastWords = new ConcurrentHashMap<>();
    private volatile ServerSocket door;
    private volatile boolean frozen;

    public TcpProxy(String targetHost, int targetPort) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        this.door = open(0);
        this.port = door.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Resets every connection and refuses new ones. */
    public synchronized void cut() {
        closeQuietly(door);
        resetAll();
    }

    /** From now on nothing comes through, and nobody is told; until it is closed. */
    public void freeze() {
        frozen = true;
    }

    public synchronized void mend() {
        door = open(port);
    }

    /** Cuts every connection the next time that a client says so, once; new ones are accepted at once. */
    public void cutAt(Moment moment) {
        next.set(moment);
    }

    public boolean isStillToBeCut() {
        return next.get() != null;
    }

    /** The connections that are open now carry nothing any more, in neither direction, as if the other machine had lost its power. */
    public synchronized void hush() {
        silent.addAll(sockets);
    }

    /** The same, but only of connections whose client said such words last. */
    public synchronized void hush(Predicate<String> words) {
        lastWords.forEach((end, said) -> {
            if (words.test(said)) {
                silent.add(end);
            }
        });
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket open(int wanted) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            Thread.ofVirtual().start(() -> acceptFrom(server));
            return server;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void acceptFrom(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                admit(server, server.accept());
            } catch (IOException cutOrTargetGone) {
                // the loop's condition tells which
            }
        }
    }

    /** A connection that the closing door still let through is no more wanted than those that were there. */
    private synchronized void admit(ServerSocket server, Socket client) throws IOException {
        if (server.isClosed()) {
            reset(client);
            return;
        }
        sockets.add(client);
        var target = new Socket(targetHost, targetPort);
        sockets.add(target);
        var muted = new AtomicBoolean();
        Thread.ofVirtual().start(() -> carry(client, target, (bytes, length) -> {
            var said = new String(bytes, 0, Math.min(length, WORDS_BYTES), StandardCharsets.ISO_8859_1);
            lastWords.put(client, said);
            lastWords.put(target, said);
            return heard(bytes, length, muted);
        }));
        Thread.ofVirtual().start(() -> carry(target, client, (bytes, length) -> !muted.get()));
    }

    private interface Ear {
        /** False where these bytes are not carried on, and everything is cut. */
        boolean hears(byte[] bytes, int length);
    }

    private boolean heard(byte[] bytes, int length, AtomicBoolean muted) {
        var moment = next.get();
        if (moment == null || !moment.words.test(new String(bytes, 0, length, StandardCharsets.ISO_8859_1)) || !next.compareAndSet(moment, null)) {
            return true;
        }
        muted.set(moment.serverHears);
        return moment.serverHears;
    }

    private void carry(Socket from, Socket to, Ear ear) {
        var buffer = new byte[BUFFER_BYTES];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (frozen || silent.contains(from)) {
                    continue;
                }
                if (!ear.hears(buffer, length)) {
                    resetAll();
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // the other side learns of it by the closing
        } finally {
            lastWords.remove(from);
        }
    }

    private synchronized void resetAll() {
        sockets.forEach(TcpProxy::reset);
        sockets.clear();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // then there is nothing to reset
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception closedAlready) {
            // that is what was wanted
        }
    }
}
