package gatehouse.forms;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of file that every form comes as. */
enum FormFormat {
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    CSV("text/csv; charset=utf-8");

    private final String mediaType;

    FormFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** As in a file's name. */
    String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FormFormat> ofEnding(String ending) {
        return Stream.of(values()).filter(format -> format.ending().equals(ending)).findFirst();
    }
}
