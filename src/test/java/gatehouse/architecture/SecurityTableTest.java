package gatehouse.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of clauses in {@code src/docs/security.md} names tests that are there. */
class SecurityTableTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestThatTheTableNames_isThere() throws IOException {
        var missing = new ArrayList<String>();
        int named = 0;
        for (var match : NAMED.matcher(Files.readString(Path.of("src/docs/security.md"))).results().toList()) {
            named++;
            try (var files = Files.walk(Path.of("src/test/java"))) {
                var source = files.filter(file -> file.getFileName().toString().equals(match.group(1) + ".java")).findFirst();
                if (source.isEmpty() || !Files.readString(source.get()).contains(match.group(2) + "(")) {
                    missing.add(match.group());
                }
            }
        }
        assertEquals(new ArrayList<String>(), missing);
        assertTrue(named > 50, "the table has " + named);
    }
}
