package gatehouse.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chain covers by a hash, so that it can be blanked later: the words themselves while they are kept, and the certificate that
 * let them go afterwards.
 *
 * @param hash over salt and words; null for words of format 1, which the chain covers themselves
 * @param salt random, goes with the words, so that nobody can try out afterwards what they were
 * @param parts the words, in their order; empty where they were blanked
 * @param blankedBy the number of the certificate, null while the words are there
 * @param certified false where they were blanked and no later entry certifies that
 */
public record Words(byte @Nullable [] hash, byte @Nullable [] salt, List<String> parts, @Nullable Long blankedBy, boolean certified) {
    /** The one part of words that are one. */
    public String only() {
        return parts.getFirst();
    }
}
