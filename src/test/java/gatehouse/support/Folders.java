package gatehouse.support;

import java.io.IOException;
import java.nio.file.Path;

/** Data folders that were made once and are had again by many tests, each with a copy of its own. */
public final class Folders {
    private Folders() {
    }

    /** With owners and permissions, on which PostgreSQL insists; {@code to} is not there yet. */
    public static void copy(Path from, Path to) throws IOException, InterruptedException {
        if (new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException(from + " was not copied to " + to);
        }
    }
}
