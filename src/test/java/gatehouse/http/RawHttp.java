package gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection that sends exactly the bytes it is told, so that what no proper client sends can be sent too. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    record Response(int status, Map<String, String> headers, byte[] body) {
        @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static RawHttp connect(int port) {
        try {
            var socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            return new RawHttp(socket);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** One request on a connection of its own; {@code head} without its last empty line. */
    static Response once(int port, String head, String body) {
        try (var connection = connect(port)) {
            return connection.ask(head, body);
        }
    }

    static Response once(int port, String head) {
        return once(port, head, "");
    }

    Response ask(String head, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        send(head + "\r\nHost: test" + (body.isEmpty() ? "" : "\r\nContent-Length: " + bytes.length) + "\r\n\r\n");
        send(bytes);
        return read(head.startsWith("HEAD "));
    }

    RawHttp send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    Response read() {
        return read(false);
    }

    private Response read(boolean isHead) {
        try {
            var status = Integer.parseInt(line().split(" ")[1]);
            var headers = new TreeMap<String, String>();
            for (var line = line(); !line.isEmpty(); line = line()) {
                var colon = line.indexOf(':');
                headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
            }
            int length = isHead || status == 304 || status == 204 || status == 100 ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Response(status, headers, in.readNBytes(length));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Everything up to and with that text, out of its chunks; fails where it never comes. */
    String readUntil(String end) {
        var read = new ByteArrayOutputStream();
        try {
            while (!unchunked(read).endsWith(end)) {
                int each = in.read();
                if (each < 0) {
                    throw new EOFException("the server closed the connection after: " + read);
                }
                read.write(each);
            }
            return unchunked(read);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Chunks of text that ends with a newline, put together; the last, empty one stays. */
    private static String unchunked(ByteArrayOutputStream read) {
        return read.toString(StandardCharsets.UTF_8).replaceAll("(\\A|\r\n)[1-9a-f][0-9a-f]*\r\n", "").replaceAll("\n\r\n(?=0\r\n)", "\n");
    }

    /** How many bytes still come before the server closes. */
    long readToEnd() {
        long bytes = 0;
        try {
            var part = new byte[1 << 16];
            for (int some = in.read(part); some >= 0; some = in.read(part)) {
                bytes += some;
            }
        } catch (IOException reset) {
            return bytes;
        }
        return bytes;
    }

    /** True where the server has closed the connection and nothing more is to be read. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the server closed the connection after: " + line);
            }
            line.write(each);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
