package gatehouse.notify;

import gatehouse.kernel.Language;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A way to reach people: the portal's inbox, WeChat. */
public interface Channel {
    /** An account, with the compound that is its home. */
    record Addressee(UUID homeCompoundId, UUID accountId) {
    }

    /** A message and the people it is for. {@code id} stays the same however often it is delivered. */
    record Delivery(UUID id, MessageTemplate template, List<String> argumentsChinese, List<String> argumentsEnglish,
                    Optional<UUID> subjectId, OffsetDateTime createdAt, List<Addressee> addressees) {
        public String title(Language language) {
            return template.title(language);
        }

        public String text(Language language) {
            return template.text(language, language == Language.CHINESE ? argumentsChinese : argumentsEnglish);
        }
    }

    /**
     * Delivers a list, or throws; then it is delivered again later, one message at a time. After a crash it may be given what it
     * delivered already and must know it again by its id.
     */
    void deliver(List<Delivery> deliveries);
}
