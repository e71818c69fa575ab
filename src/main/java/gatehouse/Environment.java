package gatehouse;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The GATEHOUSE_ variables by name, each given directly or as the text of the file that its {@code …_FILE} names. */
final class Environment {

    private static final String PREFIX = "GATEHOUSE_";
    private static final String FILE = "_FILE";
    private static final int MOST_FILE_BYTES = 64 * 1024;

    /** Letters of a misspelt name that may differ from the one that is meant. */
    private static final int MOST_DIFFERENT_TENTHS = 5;

    static final List<String> NAMES = List.of(
            "GATEHOUSE_HTTP_HOST", "GATEHOUSE_HTTP_PORT", "GATEHOUSE_DATA_DIR", "GATEHOUSE_DATABASE_URL", "GATEHOUSE_DATABASE_POOL",
            "GATEHOUSE_CLOCK_START", "GATEHOUSE_DEMO", "GATEHOUSE_KEYS", "GATEHOUSE_PUBLIC_URL", "GATEHOUSE_TRUSTED_PROXIES",
            "GATEHOUSE_ADMIN_PHONE", "GATEHOUSE_ADMIN_PASSWORD", "GATEHOUSE_ADMIN_COMPOUND", "GATEHOUSE_LOG_LEVEL", "GATEHOUSE_WECHAT_APPID", "GATEHOUSE_WECHAT_SECRET", "GATEHOUSE_WECHAT_HOST",
            "GATEHOUSE_WECHAT_TEMPLATES", "GATEHOUSE_WECHAT_CODE_VERSION", "GATEHOUSE_WECHAT_PUSH_TOKEN", "GATEHOUSE_WECHAT_PUSH_KEY",
            "GATEHOUSE_SMS_URL", "GATEHOUSE_SMS_KEY", "GATEHOUSE_SMS_SECRET", "GATEHOUSE_SMS_SIGN", "GATEHOUSE_TEXT_WORDS");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> faulty = new HashSet<>();

    Environment(Map<String, String> environment, ConfigFaults.Found faults) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                take(name, value.strip(), environment, faults);
            }
        });
    }

    /** A variable that is set to nothing counts as not set. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a fault of this variable was noted already, so that its absence needs no second one. */
    boolean isFaulty(String name) {
        return faulty.contains(name);
    }

    private void take(String name, String value, Map<String, String> environment, ConfigFaults.Found faults) {
        String base = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
        if (!NAMES.contains(base)) {
            unknown(name, faults);
        } else if (name.equals(base)) {
            values.put(base, value);
        } else if (!environment.getOrDefault(base, "").isBlank()) {
            faulty.add(base);
            faults.add("both-set", base);
        } else {
            readFile(base, value, faults);
        }
    }

    private void readFile(String name, String path, ConfigFaults.Found faults) {
        try {
            Path file = Path.of(path);
            if (Files.exists(file) && !Files.isDirectory(file) && Files.size(file) > MOST_FILE_BYTES) {
                throw new IOException("larger than 64 KiB");
            }
            values.put(name, Files.readString(file).strip());
        } catch (IOException | InvalidPathException unreadable) {
            faulty.add(name);
            faults.add("file-unreadable", name, path, reason(unreadable));
        }
        if (get(name).filter(String::isEmpty).isPresent()) {
            faulty.add(name);
            values.remove(name);
            faults.add("file-unreadable", name, path, "it is empty");
        }
    }

    private static String reason(Exception unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "there is no such file";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case CharacterCodingException binary -> "not UTF-8 text";
            case Exception other -> String.valueOf(other.getMessage());
        };
    }

    private static void unknown(String name, ConfigFaults.Found faults) {
        Stream<String> known = NAMES.stream().flatMap(each -> Stream.of(each, each + FILE));
        String nearest = known.min(Comparator.comparingInt(each -> strangeness(name, each))).orElseThrow();
        int longer = Math.max(name.length(), nearest.length()) - PREFIX.length();
        if (strangeness(name, nearest) <= longer * MOST_DIFFERENT_TENTHS / 10) {
            faults.add("unknown-near", name, nearest);
        } else {
            faults.add("unknown-far", name, String.join(", ", NAMES));
        }
    }

    /** Letters apart; an abbreviation (DB_URL, PORT) is near to what it abbreviates however much it leaves out. */
    private static int strangeness(String name, String known) {
        return isAbbreviation(name, known) ? 1 : distance(known, name);
    }

    private static boolean isAbbreviation(String name, String known) {
        int found = 0;
        for (int place = 0; place < known.length() && found < name.length(); place++) {
            found += known.charAt(place) == name.charAt(found) ? 1 : 0;
        }
        return found == name.length();
    }

    /** Levenshtein's: how many letters to change, add or leave out. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
