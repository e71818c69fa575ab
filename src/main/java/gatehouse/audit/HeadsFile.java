package gatehouse.audit;

import gatehouse.audit.AuditChain.Head;
import gatehouse.kernel.BusinessClock;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heads of the chains outside the database, a JSON line each: {@code {"compound":…,"number":…,"hash":…,"date":…,"at":…}}. Only ever
 * appended, on disk before the call returns, and readable by the program's own user only. Copy it elsewhere, or ship the same lines from
 * the log: it is worth as much as it is out of reach of whoever can write the database.
 */
final class HeadsFile {
    private static final Logger LOG = LoggerFactory.getLogger(HeadsFile.class);
    private static final int HASH_BYTES = 32;

    private final Path file;

    HeadsFile(Path file) {
        this.file = file;
    }

    /** A head as it was at that time; what older versions noted without a time is taken for the beginning of its day. */
    record Noted(UUID compound, Head head, OffsetDateTime at) {
        JsonObject json() {
            return new JsonObject().put("compound", compound.toString()).put("number", head.number())
                    .put("hash", HexFormat.of().formatHex(head.hash()))
                    .put("date", at.atZoneSameInstant(BusinessClock.ZONE).toLocalDate().toString()).put("at", at.toString());
        }

        /** Throws an {@link IllegalArgumentException} or {@link DecodeException} for what is none. */
        static Noted parse(String line) {
            try {
                var json = new JsonObject(line);
                var hash = HexFormat.of().parseHex(json.getString("hash", ""));
                if (hash.length != HASH_BYTES) {
                    throw new IllegalArgumentException("a hash of " + hash.length + " bytes");
                }
                return new Noted(UUID.fromString(json.getString("compound", "")), new Head(json.getLong("number", -1L), hash),
                        timeOf(json));
            } catch (DateTimeException | ClassCastException wrong) {
                throw new IllegalArgumentException(wrong);
            }
        }
    }

    private static OffsetDateTime timeOf(JsonObject json) {
        var at = json.getString("at");
        return at == null ? LocalDate.parse(json.getString("date", "")).atStartOfDay(BusinessClock.ZONE).toOffsetDateTime() : OffsetDateTime.parse(at);
    }

    /** The newest head of each compound; empty where nothing was ever noted here. A line that is none is passed over, aloud. */
    Map<UUID, Noted> newest() {
        var newest = new HashMap<UUID, Noted>();
        if (!Files.exists(file)) {
            return newest;
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    var noted = Noted.parse(line);
                    newest.put(noted.compound, noted);
                } catch (IllegalArgumentException | DecodeException wrong) {
                    LOG.error("line {} of {} is not a head of an audit chain", number, file);
                }
            }
            return newest;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void append(List<Noted> heads) {
        if (heads.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (!endsWithALine(channel)) {
                text.append('\n');
            }
            heads.forEach(each -> text.append(each.json().encode()).append('\n'));
            channel.position(channel.size());
            var bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** False after a crash in the middle of a line. */
    private static boolean endsWithALine(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return true;
        }
        var last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
    }
}
