package gatehouse.notify;

import gatehouse.kernel.Language;
import gatehouse.kernel.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Something to be told to people.
 *
 * @param compoundId where it happened
 * @param dedupeKey  says the same thing once within the compound, for instance {@code alert-opened/<alert id>}; at most 200 characters
 * @param subjectId  the thing it is about, of the kind that the template names
 */
public record Message(UUID compoundId, String dedupeKey, MessageTemplate template, Recipient recipient, Optional<UUID> subjectId,
                      List<String> argumentsChinese, List<String> argumentsEnglish) {
    /** Longer ones belong to the page behind the message. */
    private static final int LONGEST_ARGUMENT = 100;

    public Message {
        if (dedupeKey.isBlank() || dedupeKey.length() > 200) {
            throw new IllegalArgumentException("a dedupe key has 1 to 200 characters");
        }
        argumentsChinese = argumentsChinese.stream().map(Message::tidy).toList();
        argumentsEnglish = argumentsEnglish.stream().map(Message::tidy).toList();
    }

    /** A message whose arguments fill the template's places; one that is {@link ProblemType.Worded} is said in both languages. */
    public static Message of(UUID compoundId, String dedupeKey, MessageTemplate template, Recipient recipient, Object... arguments) {
        return new Message(compoundId, dedupeKey, template, recipient, Optional.empty(), in(Language.CHINESE, arguments),
                in(Language.ENGLISH, arguments));
    }

    /** The same message, about that thing. */
    public Message about(UUID subject) {
        return new Message(compoundId, dedupeKey, template, recipient, Optional.of(subject), argumentsChinese, argumentsEnglish);
    }

    private static List<String> in(Language language, Object... arguments) {
        return Stream.of(arguments)
                .map(each -> each instanceof ProblemType.Worded worded ? worded.text(language) : String.valueOf(each)).toList();
    }

    private static String tidy(String argument) {
        var oneLine = argument.replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() <= LONGEST_ARGUMENT ? oneLine : oneLine.substring(0, LONGEST_ARGUMENT);
    }
}
