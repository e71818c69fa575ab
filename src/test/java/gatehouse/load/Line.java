package gatehouse.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection that stays open as long as the server lets it; it tells apart what was never sent and what was sent and not answered. */
final class Line implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 40_000;

    private final Socket socket;
    private final InputStream in;
    private boolean last;

    record Reply(int status, List<String> headers, String body) {
        boolean says(String header) {
            return headers.contains(header);
        }
    }

    /** @throws IOException where nobody listens */
    Line(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @throws IOException where it may have been received, and no whole answer came */
    Reply post(String path, List<String> headers, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var request = new ByteArrayOutputStream();
        var head = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: localhost", "Content-Type: application/json",
                "Content-Length: " + body.length));
        head.addAll(headers);
        request.write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        socket.getOutputStream().write(request.toByteArray());
        return reply();
    }

    /** True where the server said that this connection takes no further request. */
    boolean isLast() {
        return last;
    }

    private Reply reply() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new ArrayList<String>();
        int length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = line.toLowerCase(Locale.ROOT);
            headers.add(header);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        last = headers.contains("connection: close");
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer was cut off");
        }
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("closed without a whole answer");
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
