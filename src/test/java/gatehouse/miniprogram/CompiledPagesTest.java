package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every template and style sheet, compiled by WeChat's own compilers (wcc, wcsc) as npm's package miniprogram-compiler publishes them. Skipped, aloud,
 * where neither node nor the package is to be had.
 */
@Timeout(180)
class CompiledPagesTest {
    private static final String PACKAGE = "miniprogram-compiler@0.2.3";
    private static final Path TOOLS = Path.of("target", "miniprogram-compiler").toAbsolutePath();
    private static final Path BINARIES = TOOLS.resolve("node_modules/miniprogram-compiler/bin/linux");

    @BeforeAll
    static void haveCompilers() throws Exception {
        if (!Files.exists(BINARIES.resolve("wcc"))) {
            Files.createDirectories(TOOLS);
            var npm = start(TOOLS, "npm", "install", "--prefix", TOOLS.toString(), "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--prefer-offline", PACKAGE);
            if (npm == null || npm.status != 0) {
                missing(npm == null ? "npm is not installed" : npm.said);
            }
        }
        for (var binary : List.of("wcc", "wcsc")) {
            assertTrue(BINARIES.resolve(binary).toFile().setExecutable(true));
        }
        if (!System.getProperty("os.name").equals("Linux") || !System.getProperty("os.arch").equals("amd64")) {
            abort("SKIPPED: the compilers that are published run on Linux for amd64");
        }
    }

    private static void missing(String why) {
        var words = "SKIPPED: these tests need npm and its package " + PACKAGE + ": " + why;
        System.err.println(words);
        if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
            fail(words);
        }
        abort(words);
    }

    private record Done(int status, String said) {
    }

    /** Null where there is no such program. */
    private static @org.jspecify.annotations.Nullable Done start(Path folder, String... command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        } catch (IOException notThere) {
            return null;
        }
        try (var said = process.getInputStream()) {
            var text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(90, TimeUnit.SECONDS));
            return new Done(process.exitValue(), text);
        } catch (IOException broken) {
            return new Done(1, broken.toString());
        } finally {
            process.destroy();
        }
    }

    private static List<String> sources(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    private static Done compileTemplates(Path folder) throws Exception {
        var command = new ArrayList<>(List.of(BINARIES.resolve("wcc").toString(), "-d", "-cc", "0"));
        command.addAll(sources(folder, ".wxml"));
        command.addAll(List.of("-gn", "$gwx"));
        return start(folder, command.toArray(String[]::new));
    }

    private static Done compileStyles(Path folder) throws Exception {
        var command = new ArrayList<>(List.of(BINARIES.resolve("wcsc").toString(), "-db", "-pc", "0"));
        command.addAll(sources(folder, ".wxss"));
        return start(folder, command.toArray(String[]::new));
    }

    @Test
    void everyTemplate_isTakenByWeChatsCompiler() throws Exception {
        var done = compileTemplates(Phone.PROGRAM);
        assertEquals(0, done.status, done.said);
        for (var template : sources(Phone.PROGRAM, ".wxml")) {
            assertTrue(done.said.contains(template), template + " is not in what was compiled");
        }
    }

    @Test
    void everyStyleSheet_isTakenByWeChatsCompiler() throws Exception {
        var done = compileStyles(Phone.PROGRAM);
        assertEquals(0, done.status, done.said.substring(0, Math.min(2000, done.said.length())));
    }

    @Test
    void compilers_refuseWhatIsWrong() throws Exception {
        var folder = Files.createTempDirectory(TOOLS, "wrong-");
        Files.writeString(folder.resolve("a.wxml"), "<view><text>{{a.}}</text></view>");
        assertNotEquals(0, compileTemplates(folder).status);
        Files.delete(folder.resolve("a.wxml"));
        Files.writeString(folder.resolve("a.wxss"), ".a { color: red; }} .b {");
        assertNotEquals(0, compileStyles(folder).status);
    }
}
