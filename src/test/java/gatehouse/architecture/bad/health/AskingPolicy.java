package gatehouse.architecture.bad.health;

import gatehouse.kernel.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class AskingPolicy {
    private AskingPolicy() {
    }

    static boolean askTheDatabase(Database database) {
        return database != null;
    }

    static String readAFile(Path path) throws IOException {
        return Files.readString(path);
    }

    static boolean useAWorker(ModestStore store) {
        return store != null;
    }
}
