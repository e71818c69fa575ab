package gatehouse.support;

import gatehouse.kernel.PostgresUrl;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the product and PostgreSQL and counts how often an answer is waited for: a simple query, or the end of an extended one. */
public final class RoundTrips implements AutoCloseable {
    private static final int LENGTH_BYTES = 4;

    private final PostgresUrl target;
    private final ServerSocket door;
    private final AtomicInteger counted = new AtomicInteger();

    public RoundTrips(PostgresUrl target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The same database by this way. */
    public PostgresUrl url() {
        return new PostgresUrl(List.of(new PostgresUrl.Host("127.0.0.1", door.getLocalPort())), target.database(), target.user(), target.password(),
                target.options());
    }

    public int count() {
        return counted.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var host = target.hosts().getFirst();
                var server = new Socket(host.name(), host.port());
                server.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> forward(client, server));
                Thread.ofVirtual().start(() -> back(server, client));
            } catch (IOException closed) {
                // the loop's condition tells
            }
        }
    }

    /** The first message has no type: it says who connects. */
    private void forward(Socket client, Socket server) {
        try (client; server; var in = new DataInputStream(client.getInputStream()); var out = new DataOutputStream(server.getOutputStream())) {
            copy(in, out);
            for (int type = in.read(); type >= 0; type = in.read()) {
                out.write(type);
                copy(in, out);
                if (type == 'Q' || type == 'S') {
                    counted.incrementAndGet();
                }
            }
        } catch (IOException ended) {
            // the other side learns of it by the closing
        }
    }

    private static void copy(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        out.writeInt(length);
        out.write(in.readNBytes(length - LENGTH_BYTES));
        out.flush();
    }

    private static void back(Socket server, Socket client) {
        try (server; client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // the other side learns of it by the closing
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException closedAlready) {
            throw new UncheckedIOException(closedAlready);
        }
    }
}
