package gatehouse.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Role;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens: JWT of type {@code at+jwt}, HS256 and nothing else, the key by {@code kid} from the server's own ring. They are
 * verified without I/O; whether their session still lives is {@link SessionAuthenticator}'s to ask.
 *
 * <p>A token that was verified is remembered by its SHA-256 until it expires: verifying is a computation whose result never
 * changes, so this keeps no permission alive.
 */
final class AccessTokens {
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String ISSUER = "gatehouse";
    private static final String AUDIENCE = "gatehouse-api";
    private static final String TYPE = "at+jwt";
    private static final int MOST_CHARACTERS = 8_000;
    private static final int MOST_REMEMBERED = 50_000;

    private final KeyRing keys;
    private final BusinessClock clock;
    private final Map<String, SecretKey> secrets;
    private final JwtParser parser;
    private final Cache<Fingerprint, AccessClaims> verified = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED).expireAfterWrite(LIFETIME).build();

    /** A SHA-256, cheap to compare. */
    private record Fingerprint(long a, long b, long c, long d) {
        static Fingerprint of(String token) {
            try {
                var hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
                return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }

    AccessTokens(KeyRing keys, BusinessClock clock) {
        this.keys = keys;
        this.clock = clock;
        this.secrets = keys.ids().stream().collect(Collectors.toUnmodifiableMap(id -> id, id -> Keys.hmacShaKeyFor(keys.derive(id, KeyPurpose.ACCESS_TOKEN))));
        this.parser = Jwts.parser()
                .keyLocator(header -> keyFor(header.getType(), header instanceof JwsHeader signed ? signed.getKeyId() : null))
                .sig().clear().add(Jwts.SIG.HS256).and()
                .zip().clear().and()
                .requireIssuer(ISSUER).requireAudience(AUDIENCE)
                .clock(() -> Date.from(clock.now().toInstant()))
                .build();
    }

    /** A token for this session of this account, good for {@link #LIFETIME} from {@code now}. */
    String issue(Profile account, UUID sessionId, Instant now) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sid", sessionId.toString());
        claims.put("cid", account.compound().id().toString());
        claims.put("ver", account.version());
        account.resident().ifPresent(resident -> claims.put("rid", resident.id().toString()));
        account.household().ifPresent(household -> claims.put("hid", household.id().toString()));
        claims.put("grants", account.plainGrants().stream()
                .map(grant -> List.of(grant.role().name(), grant.reach().name(), grant.reachId().toString())).toList());
        return Jwts.builder()
                .header().type(TYPE).keyId(keys.currentId()).and()
                .issuer(ISSUER).audience().single(AUDIENCE).subject(account.id().toString())
                .issuedAt(Date.from(now)).expiration(Date.from(now.plus(LIFETIME)))
                .claims(claims)
                .signWith(secrets.get(keys.currentId()), Jwts.SIG.HS256)
                .compact();
    }

    /** What the token says, or nothing where it is not one of ours, or no longer good. */
    Optional<AccessClaims> verify(String token) {
        if (token.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var fingerprint = Fingerprint.of(token);
        var known = Optional.ofNullable(verified.getIfPresent(fingerprint));
        var claims = known.isPresent() ? known : parse(token);
        // Both ways past the same check: the library still takes a token at the very moment of its expiry.
        var good = claims.filter(each -> clock.now().toInstant().isBefore(each.expiresAt()));
        if (known.isEmpty()) {
            good.ifPresent(each -> verified.put(fingerprint, each));
        }
        return good;
    }

    private Optional<AccessClaims> parse(String token) {
        try {
            return Optional.of(read(parser.parseSignedClaims(token)));
        } catch (JwtException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Key keyFor(@Nullable String type, @Nullable String keyId) {
        var key = keyId == null ? null : secrets.get(keyId);
        if (!TYPE.equals(type) || key == null) {
            throw new UnsupportedJwtException("no access token of this server");
        }
        return key;
    }

    private static AccessClaims read(Jws<Claims> token) {
        var claims = token.getPayload();
        var expiresAt = required(claims.getExpiration()).toInstant();
        if (expiresAt.isAfter(required(claims.getIssuedAt()).toInstant().plus(LIFETIME))) {
            throw new UnsupportedJwtException("lives too long");
        }
        var grants = required(claims.get("grants", List.class)).stream().map(AccessTokens::grant).toList();
        return new AccessClaims(id(claims.getSubject()), id(claims.get("sid")), id(claims.get("cid")),
                required(claims.get("ver", Integer.class)), optionalId(claims.get("rid")), optionalId(claims.get("hid")), grants, expiresAt);
    }

    private static RoleGrant grant(Object entry) {
        if (entry instanceof List<?> parts && parts.size() == 3) {
            return new RoleGrant(Role.valueOf((String) parts.get(0)), Reach.valueOf((String) parts.get(1)), id(parts.get(2)));
        }
        throw new UnsupportedJwtException("a grant is a triple");
    }

    private static UUID id(@Nullable Object text) {
        return UUID.fromString(required((String) text));
    }

    private static @Nullable UUID optionalId(@Nullable Object text) {
        return text == null ? null : id(text);
    }

    private static <T> T required(@Nullable T claim) {
        if (claim == null) {
            throw new UnsupportedJwtException("a claim is missing");
        }
        return claim;
    }
}
