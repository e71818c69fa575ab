package gatehouse.registry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes of a CSV to text. The encoding is found by strict decoding, never guessed from likelihood. */
final class CsvText {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private CsvText() {}

    /** A byte order mark decides; else UTF-8, else GB18030 (which contains GBK and GB2312). */
    static String decode(byte[] content) throws RosterUnreadable {
        Optional<String> text = marked(content, 0xFF, 0xFE) ? strictly(content, StandardCharsets.UTF_16)
                : marked(content, 0xFE, 0xFF) ? strictly(content, StandardCharsets.UTF_16)
                : strictly(content, StandardCharsets.UTF_8).or(() -> strictly(content, GB18030));
        String decoded = text.orElseThrow(() -> new RosterUnreadable(RosterFault.UNKNOWN_ENCODING));
        if (decoded.chars().anyMatch(CsvText::isBinary)) {
            throw new RosterUnreadable(RosterFault.NOT_A_SPREADSHEET);
        }
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static boolean marked(byte[] content, int first, int second) {
        return content.length >= 2 && (content[0] & 0xFF) == first && (content[1] & 0xFF) == second;
    }

    private static Optional<String> strictly(byte[] content, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException otherCharset) {
            return Optional.empty();
        }
    }

    private static boolean isBinary(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r';
    }
}
