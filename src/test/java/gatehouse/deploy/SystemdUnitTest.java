package gatehouse.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import gatehouse.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd's own programs judge it; that the service runs under it is not tried here. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("src/main/deploy/gatehouse@.service");
    private static final Path PROGRAM = Path.of("/usr/bin/systemd-analyze");
    /** Tenths, as systemd-analyze counts: 0 is a service that can do nothing, 10.0 one that can do everything. */
    private static final int MOST_EXPOSURE = 20;

    @TempDir
    Path folder;

    @Test
    void theUnit_isAccepted_andHardened() throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            var missing = "SKIPPED: this test needs systemd-analyze (apt-get install systemd)";
            System.err.println(missing);
            if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
                fail(missing);
            }
            abort(missing);
        }
        var unit = Files.writeString(folder.resolve("gatehouse@8080.service"),
                Files.readString(UNIT).replace("/usr/bin/java", ProcessHandle.current().info().command().orElseThrow()));
        assertEquals("", said("verify", unit.toString()));
        var judged = said("security", "--offline=true", "--no-pager", "--threshold=" + MOST_EXPOSURE, unit.toString());
        assertTrue(judged.contains("OK"), judged);
    }

    @Test
    void theJvm_mayCompile_andItsHeapIsBounded() throws Exception {
        var unit = Files.readString(UNIT);
        assertFalse(Pattern.compile("(?m)^MemoryDenyWriteExecute=(yes|true|on|1)").matcher(unit).find(), "what the JVM compiles is written and then executed");
        assertTrue(Pattern.compile("(?m)^Environment=\"JDK_JAVA_OPTIONS=.*-Xmx\\d+m ").matcher(unit).find(), "without a bound the heap grows to a quarter of the machine");
        assertTrue(Files.readString(Path.of("src/docs/gatehouse.env.example")).contains("#JDK_JAVA_OPTIONS=-Xmx"), "the example replaces what the unit sets");
    }

    @Test
    void whatTheUnitSets_isASettingOfTheProgram() throws Exception {
        var settings = new HashMap<String, String>();
        Pattern.compile("(?m)^Environment=\"?(GATEHOUSE_\\w+)=(.*?)\"?$").matcher(Files.readString(UNIT)).results()
                .forEach(line -> settings.put(line.group(1), line.group(2).replace("%i", "8080")));
        assertEquals(2, settings.size());
        assertEquals(8080, Config.read(settings).httpPort());
    }

    /** Fails where the program does. */
    private static String said(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
