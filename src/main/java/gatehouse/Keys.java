package gatehouse;

import gatehouse.kernel.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The master keys as they are written in GATEHOUSE_KEYS: {@code id:base64[,id:base64…]}, 32 bytes each, the current one first.
 *
 * @param masters by key id, in that order
 */
public record Keys(SequencedMap<String, byte[]> masters) {

    static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]{1,32}):([A-Za-z0-9+/=_-]+)");

    public Keys {
        masters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(masters));
    }

    /** @throws IllegalArgumentException saying which entry is wrong by its place, never showing it */
    static Keys parse(String text) {
        SequencedMap<String, byte[]> masters = new LinkedHashMap<>();
        String[] entries = text.strip().split(",", -1);
        for (int place = 1; place <= entries.length; place++) {
            Matcher entry = ENTRY.matcher(entries[place - 1].strip());
            if (!entry.matches() || !isKey(entry.group(2)) || masters.containsKey(entry.group(1))) {
                throw new IllegalArgumentException(Integer.toString(place));
            }
            masters.put(entry.group(1), decode(entry.group(2)));
        }
        return new Keys(masters);
    }

    /** The keys kept in a file of the data folder, made there on the first start. @throws IllegalArgumentException as {@link #parse} */
    static Keys keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecureRandom random = new SecureRandom();
            byte[] id = new byte[ID_BYTES];
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(id);
            random.nextBytes(key);
            PrivateFile.write(file, "k-" + HexFormat.of().formatHex(id) + ":" + Base64.getEncoder().encodeToString(key) + "\n");
        }
        return parse(Files.readString(file));
    }

    @Override
    public String toString() {
        return "Keys" + masters.keySet();
    }

    private static boolean isKey(String base64) {
        try {
            return decode(base64).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    }
}
