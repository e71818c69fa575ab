package gatehouse.identity;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The code on a household's door card: 60 bits as twelve characters of Crockford's base 32 in groups, {@code ABCD-EFGH-JKMN}, read
 * back whatever the case and with O for 0, I or L for 1.
 *
 * <p>It is an HMAC of the invitation's id, so that the repetition of a lost answer can show it again while no table holds it.
 */
record InvitationCode(String characters) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12;

    /** The code of that invitation; nothing where the key has left the ring. */
    static Optional<InvitationCode> of(KeyRing keys, String keyId, UUID invitationId) {
        var key = keys.derive(keyId, KeyPurpose.INVITATION_CODE);
        if (key == null) {
            return Optional.empty();
        }
        long bits = ByteBuffer.wrap(KeyRing.hmac(key, invitationId.toString().getBytes(StandardCharsets.US_ASCII))).getLong();
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return Optional.of(new InvitationCode(code.toString()));
    }

    /** Reads what somebody typed or scanned; nothing where it cannot be a code. */
    static Optional<InvitationCode> read(String written) {
        var code = Normalizer.normalize(written, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}_.·]", "")
                .replace('O', '0').replace('I', '1').replace('L', '1');
        return code.length() == LENGTH && code.chars().allMatch(each -> ALPHABET.indexOf(each) >= 0)
                ? Optional.of(new InvitationCode(code)) : Optional.empty();
    }

    /** What the database finds it by. */
    byte[] hash(KeyRing keys) {
        return keys.searchHash(KeyPurpose.INVITATION_SEARCH, characters);
    }

    /** As it is printed. */
    String printed() {
        return characters.substring(0, 4) + '-' + characters.substring(4, 8) + '-' + characters.substring(8);
    }

    @Override
    public String toString() {
        return "InvitationCode[…]";
    }
}
