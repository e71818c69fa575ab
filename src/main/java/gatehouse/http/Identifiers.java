package gatehouse.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as clients send them: the canonical 36 characters of a UUID, nothing that merely resembles one. */
public final class Identifiers {
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Identifiers() {
    }

    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
