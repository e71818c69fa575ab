package gatehouse.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body of an answer as a stream, for a virtual thread: sent in pieces, each only when the one before has left, so that a client who
 * reads slowly slows the writing, and one who is gone or never finishes ends it.
 */
final class BodyStream extends OutputStream {
    private static final int PIECE_BYTES = 64 * 1024;
    private static final Duration LONGEST_PIECE = Duration.ofSeconds(30);
    private static final Duration LONGEST_BODY = Duration.ofMinutes(10);

    private final HttpServerResponse response;
    private final Runnable head;
    private final long startNanos = System.nanoTime();
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private boolean begun;

    /** The client went away, or reads too slowly. */
    static final class ClientGone extends IOException {
        private static final long serialVersionUID = 1L;

        private ClientGone(Throwable cause) {
            super(cause);
        }
    }

    /** @param head puts status and headers into the response; called before the first piece leaves */
    BodyStream(HttpServerResponse response, Runnable head) {
        this.response = response;
        this.head = head;
    }

    /** True where the client has seen a status already. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (filled == PIECE_BYTES) {
                send();
            }
            int taken = Math.min(left, PIECE_BYTES - filled);
            System.arraycopy(bytes, at, piece, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
        }
    }

    private void send() throws IOException {
        begin(true);
        var full = Buffer.buffer(Arrays.copyOf(piece, filled));
        filled = 0;
        await(response.write(full));
    }

    private void begin(boolean chunked) {
        if (!begun) {
            head.run();
            response.setChunked(chunked);
            begun = true;
        }
    }

    /** Does nothing: who writes into it must not end the answer, lest what was broken off look whole. */
    @Override
    public void close() {
    }

    /** Sends what is left and ends the answer. */
    void end() throws IOException {
        begin(false);
        await(response.end(Buffer.buffer(Arrays.copyOf(piece, filled))));
    }

    /** Ends the connection without ending the answer, so that nobody takes a part for the whole. */
    void cut() {
        response.reset();
    }

    private void await(Future<Void> sent) throws IOException {
        try {
            if (System.nanoTime() - startNanos > LONGEST_BODY.toNanos()) {
                throw new ClientGone(new TimeoutException("the whole body"));
            }
            sent.toCompletionStage().toCompletableFuture().get(LONGEST_PIECE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new ClientGone(failed.getCause());
        } catch (TimeoutException late) {
            throw new ClientGone(late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClientGone(stopped);
        }
    }
}
