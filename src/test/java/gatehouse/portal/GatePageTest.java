package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate's page decides and sends without a browser around it; by Node, with the server and the browser's store replaced. */
class GatePageTest {
    private static final Path PORTAL = Path.of("src/main/resources/portal");
    private static final Path MINI_PROGRAM = Path.of("miniprogram-stubs");
    private static final Path STUBS = Path.of("src/test/resources/gate-page");

    @Test
    void twoGates_decideAlikeWithoutNetwork_andOpenToNoCodeTheyDoNotKnow(@TempDir Path folder) throws Exception {
        run(folder, "decisions.mjs");
    }

    @Test
    void scansThatWait_areSentInListsThatAreTaken_andWhatIsRefusedStaysToBeRead(@TempDir Path folder) throws Exception {
        run(folder, "queue.mjs");
    }

    private static void run(Path folder, String script) throws IOException, InterruptedException {
        for (var name : new String[] {"staff/gate/queue.js", "staff/gate/acts.js", "staff/gate/decide.js", "staff/gate/codes.js", "shared/clock.js", "shared/ids.js"}) {
            copy(PORTAL.resolve(name), folder.resolve(name));
        }
        try (var stubs = Files.walk(STUBS)) {
            for (var file : stubs.filter(Files::isRegularFile).toList()) {
                copy(file, folder.resolve(STUBS.relativize(file).toString()));
            }
        }
        for (var name : new String[] {"utils/gatekit.js", "utils/gatecode.js", "utils/api.js", "utils/outbox.js", "utils/clock.js", "utils/session.js", "vendor/tweetnacl.js"}) {
            copy(MINI_PROGRAM.resolve(name), folder.resolve("mini").resolve(name));
        }
        Files.writeString(folder.resolve("package.json"), "{ \"type\": \"module\" }");
        Files.writeString(folder.resolve("mini/package.json"), "{ \"type\": \"commonjs\" }");
        var said = folder.resolve("said.txt");
        var node = new ProcessBuilder("node", script).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = node.waitFor(60, TimeUnit.SECONDS);
        node.destroyForcibly();
        assertEquals("", Files.readString(said, StandardCharsets.UTF_8));
        assertEquals(0, ended ? node.exitValue() : -1);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }
}
