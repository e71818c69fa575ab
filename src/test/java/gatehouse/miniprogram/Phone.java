package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A person's phone with the mini program in it: one process of node that runs its files as they are. What the person does is asked for by the words
 * on the page, as a person would. Its time stands until {@link #pass}; a fault in the mini program's code fails the call that met it.
 * <pre>
 * try (var phone = Phone.of(api.portal()).person("wang")) {
 *     phone.launch().tap("全家上报").tap("核对无误，上报").sees("上报成功");
 * }
 * </pre>
 */
final class Phone implements AutoCloseable {
    static final Path PROGRAM = Path.of("miniprogram-stubs").toAbsolutePath();
    private static final Path WORKS = Path.of("src", "test", "js", "miniprogram", "phone.js").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private int number;

    private Phone(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** In whose network the product answers at that address; skips the test, aloud, where node is not installed. */
    static Phone of(String server) {
        requireNode();
        try {
            return new Phone(new ProcessBuilder("node", WORKS.toString(), PROGRAM.toString(), server)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Skips the test, aloud, where node is not installed. */
    static void requireNode() {
        if (runs("node", "--version")) {
            return;
        }
        var missing = "SKIPPED: these tests need node (apt-get install nodejs)";
        System.err.println(missing);
        if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
            fail(missing);
        }
        abort(missing);
    }

    static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whom WeChat says this is. */
    Phone person(String name) {
        return set("person", name);
    }

    /** The number that WeChat hands over at the button for phone numbers, as the emulator's code of it. */
    Phone phoneNumber(String phone) {
        return set("phoneCode", phone + "." + number);
    }

    Phone offline(boolean off) {
        return set("offline", off);
    }

    /** One of what {@code life} in phone.js holds. */
    Phone set(String name, Object value) {
        tell("set", Map.of("values", Map.of(name, value)));
        return this;
    }

    /** Starts the mini program anew; what is in WeChat's storage stays. */
    Phone launch() {
        tell("launch", Map.of());
        return this;
    }

    /** The same, at a page. */
    Phone launch(String url) {
        tell("launch", Map.of("url", url));
        return this;
    }

    /** Taps the smallest thing that says these words. */
    Phone tap(String words) {
        tell("tap", Map.of("words", words));
        return this;
    }

    /** Into the field of that label. */
    Phone type(String label, String value) {
        tell("type", Map.of("label", label, "value", value));
        return this;
    }

    /** What a picker or switch of that label is set to, as WeChat tells it: for a picker the place in its list. */
    Phone choose(String label, Object value) {
        tell("choose", Map.of("label", label, "value", value));
        return this;
    }

    Phone back() {
        tell("back", Map.of());
        return this;
    }

    /** Another program was in front, and this one is again. */
    Phone comeBack() {
        tell("comeBack", Map.of());
        return this;
    }

    Phone pass(Duration time) {
        tell("pass", Map.of("millis", time.toMillis()));
        return this;
    }

    /** The next request whose path matches arrives, but its answer does not: WeChat says {@code fail interrupted}. */
    Phone interruptNext(String pathPattern) {
        tell("fault", Map.of("match", pathPattern, "kind", "interrupted"));
        return this;
    }

    /** The next requests whose path matches are answered by nobody. */
    Phone loseNext(String pathPattern, int times) {
        tell("fault", Map.of("match", pathPattern, "kind", "timeout", "times", times));
        return this;
    }

    /** The next requests whose path matches fail on the phone itself in WeChat's words, or are answered with that number by whatever stands in front of the server. */
    Phone failNext(String pathPattern, String how, int times) {
        tell("fault", Map.of("match", pathPattern, "kind", how, "times", times));
        return this;
    }

    Phone sees(String words) {
        var page = words();
        assertTrue(page.contains(words), () -> words + " is not on the page: " + page);
        return this;
    }

    Phone seesNot(String words) {
        var page = words();
        assertFalse(page.contains(words), () -> words + " is on the page: " + page);
        return this;
    }

    /** Everything that the page in front says. */
    String words() {
        return tell("see", Map.of()).asText();
    }

    /** As HTML into {@code target/miniprogram}, for people who want to see it. */
    Phone picture(String name) {
        try {
            Files.writeString(Files.createDirectories(Path.of("target", "miniprogram")).resolve(name + ".html"), tell("html", Map.of()).asText());
            return this;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    String route() {
        return tell("route", Map.of()).asText();
    }

    JsonNode storage() {
        return tell("storage", Map.of());
    }

    /** {@code requests} {method, path, key, status}, {@code asked}, {@code toasts}, {@code drawn} canvases. */
    JsonNode told() {
        return tell("told", Map.of());
    }

    /** The requests to that path so far, query aside. */
    List<JsonNode> requestsTo(String path) {
        return StreamSupport.stream(told().path("requests").spliterator(), false)
                .filter(each -> each.path("path").asText().split("\\?", 2)[0].equals(path)).toList();
    }

    JsonNode tell(String command, Map<String, ?> with) {
        var asked = new LinkedHashMap<String, Object>(with);
        asked.put("id", ++number);
        asked.put("do", command);
        try {
            in.write(JSON.writeValueAsString(asked));
            in.newLine();
            in.flush();
            var line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the phone went dark at " + asked);
            }
            var answer = JSON.readTree(line);
            assertFalse(answer.has("error"), () -> asked + "\n" + answer.path("error").asText());
            return answer.path("value");
        } catch (IOException dark) {
            throw new UncheckedIOException(dark);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
