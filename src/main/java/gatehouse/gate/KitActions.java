package gatehouse.gate;

import gatehouse.gate.KitStore.KitPass;
import gatehouse.http.Json;
import gatehouse.http.Reply;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.outing.PassCodes;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a gate takes with it for the time without network: keys to verify codes, the passes of today and of the days to come by their numbers, and the rules. Nobody's name. */
final class KitActions {
    /** The last bytes of an Ed25519 key in its usual wrapping are the key. */
    private static final int KEY_BYTES = 32;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final PassCodes codes;

    KitActions(Database database, BusinessClock clock, Policies policies, PassCodes codes) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.codes = codes;
    }

    record Key(int hint, String publicKey) {
    }

    record Rules(BigDecimal feverAbove, int stepSeconds) {
    }

    /** @param suspended it lets nobody out now; why is not a gate's business */
    record Pass(String number, PassStanding standing, String colour, OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil,
                int card, boolean suspended) {
    }

    /** @param revoked numbers of passes that were taken back */
    record Content(List<Key> keys, Rules policy, List<Pass> passes, List<String> revoked) {
    }

    Reply kit(UUID compoundId, @Nullable String known) {
        var now = clock.now();
        var values = policies.of(compoundId);
        var stored = KitStore.passes(database, compoundId, now.toLocalDate());
        var keys = codes.verificationKeys().stream().map(each -> new Key(each.hint(), publicKey(each.key().getEncoded()))).toList();
        var passes = stored.stream().filter(pass -> standing(pass) != PassStanding.TAKEN_BACK)
                .map(pass -> new Pass(number(pass), standing(pass), pass.colour(), pass.validFrom(), pass.leaveBy(), pass.validUntil(), pass.cardSerial(),
                        isSuspended(pass, values, now))).toList();
        var revoked = stored.stream().filter(pass -> standing(pass) == PassStanding.TAKEN_BACK).map(KitActions::number).toList();
        var content = new Content(keys, new Rules(BigDecimal.valueOf(values.amount(PolicyName.FEVER_ABOVE), 1), PassCodes.STEP_SECONDS), passes, revoked);
        var etag = etag(Json.writeText(content));
        // A proxy that compresses makes a strong tag weak.
        if (known != null && known.endsWith(etag)) {
            return new Reply(304, Map.of("ETag", etag), Buffer.buffer());
        }
        return Reply.ok(Map.of("madeAt", now, "keys", content.keys, "policy", content.policy, "passes", content.passes, "revoked", content.revoked))
                .header("ETag", etag);
    }

    /** What somebody owes today says nothing of a later day: what they will owe then is not known yet. */
    private static boolean isSuspended(KitPass pass, PolicyValues values, OffsetDateTime now) {
        boolean later = pass.validFrom().atZoneSameInstant(BusinessClock.ZONE).toLocalDate().isAfter(now.toLocalDate());
        return pass.conditions().suspendedBy(values, now).stream().anyMatch(slug -> !later || !slug.equals(GateReason.REPORT_MISSING.slug()));
    }

    private static PassStanding standing(KitPass pass) {
        return GateActions.standing(pass.state());
    }

    private static String number(KitPass pass) {
        return HexFormat.of().toHexDigits(pass.number());
    }

    private static String publicKey(byte[] encoded) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    private static String etag(String content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
