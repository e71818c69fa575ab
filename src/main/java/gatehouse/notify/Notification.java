package gatehouse.notify;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message in somebody's inbox. */
record Notification(UUID id, MessageTemplate template, List<String> argumentsChinese, List<String> argumentsEnglish,
                    Optional<UUID> subjectId, OffsetDateTime createdAt, Optional<OffsetDateTime> readAt) {
}
