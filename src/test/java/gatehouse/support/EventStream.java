package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody who looks on at server-sent events, each found to be as the contract says. */
public final class EventStream implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern DATA = Pattern.compile("(?s)(?:^|\\n)data: ?(.*?)\\n\\n");

    /** {@code atNanos}: when it came, by {@link System#nanoTime}. */
    public record Event(String name, JsonNode data, long atNanos) {
    }

    private final HttpResponse<InputStream> response;
    private final Function<String, JsonNode> checked;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean ended;
    private volatile boolean heardHeartbeat;

    EventStream(HttpClient client, HttpRequest request, Function<String, JsonNode> checked) {
        this.checked = checked;
        try {
            response = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** The first event's data in what has been read of a stream; empty while there is none. */
    static String dataIn(String text) {
        var found = DATA.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var name = "message";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    var text = line.substring(5).strip();
                    events.add(new Event(name, name.equals("message") ? checked.apply(text) : tree(text), System.nanoTime()));
                    name = "message";
                } else if (line.equals(":")) {
                    heardHeartbeat = true;
                }
            }
        } catch (IOException cut) {
            // An end like any other: somebody closed the connection.
        } finally {
            ended = true;
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** The next event, within that time. */
    public Event next(Duration within) {
        var event = poll(within);
        assertNotNull(event, "no event within " + within);
        return event;
    }

    /** The next event whose data is so; those before it are let go. */
    public Event until(Duration within, Function<JsonNode, Boolean> wanted) {
        long end = System.nanoTime() + within.toNanos();
        for (var event = poll(within); event != null; event = poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
            if (wanted.apply(event.data())) {
                return event;
            }
        }
        throw new AssertionError("no such event within " + within);
    }

    /** Nothing comes for that long. */
    public void expectSilence(Duration time) {
        var event = poll(time);
        assertEquals(null, event);
    }

    public boolean ended(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (!ended && System.nanoTime() < end) {
            pause();
        }
        return ended;
    }

    public boolean heardHeartbeat() {
        return heardHeartbeat;
    }

    private @Nullable Event poll(Duration within) {
        try {
            return events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
