package gatehouse.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and its server, so that a test can cut the line and mend it: cut, new connections are refused; frozen, it takes
 * everything and hands nothing on.
 */
public final class TcpProxy implements AutoCloseable {
    private final String targetHost;
    private final int targetPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
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
        sockets.forEach(TcpProxy::reset);
        sockets.clear();
    }

    /** From now on nothing comes through, and nobody is told; until it is closed. */
    public void freeze() {
        frozen = true;
    }

    public synchronized void mend() {
        door = open(port);
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
        Thread.ofVirtual().start(() -> pump(client, target));
        Thread.ofVirtual().start(() -> pump(target, client));
    }

    private void pump(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var bytes = new byte[8_192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!frozen) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException ended) {
            // the other side learns of it by the closing
        }
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
