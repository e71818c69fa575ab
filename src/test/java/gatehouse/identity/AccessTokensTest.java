package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Role;
import gatehouse.support.TestClock;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final KeyRing RING = IdentityGiven.keys("k2", "k1");
    private static final UUID SESSION = new UUID(1, 1);
    private static final Profile ACCOUNT = new Profile(new UUID(1, 2), "王小明", new Profile.Ref(new UUID(1, 3), "阳光花园"), 4, false,
            Optional.of(new Profile.Ref(new UUID(1, 5), "王小明")), Optional.of(new Profile.Ref(new UUID(1, 6), "3-2-501")),
            List.of(new Profile.NamedGrant(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, new UUID(1, 6)), Optional.of("3-2-501"))));

    private final TestClock clock = new TestClock("2026-11-22T09:30:00+08:00");
    private final AccessTokens tokens = new AccessTokens(RING, clock.business());

    private Instant now() {
        return clock.instant();
    }

    /** A token that is good in every way, to be spoilt in one. */
    private String crafted(String keyId, UnaryOperator<JwtBuilder> spoil) {
        var builder = Jwts.builder().header().type("at+jwt").keyId(keyId).and()
                .issuer("gatehouse").audience().single("gatehouse-api").subject(ACCOUNT.id().toString())
                .issuedAt(Date.from(now())).expiration(Date.from(now().plusSeconds(900)))
                .claim("sid", SESSION.toString()).claim("cid", ACCOUNT.compound().id().toString()).claim("ver", 4)
                .claim("grants", List.of(List.of("RESIDENT", "HOUSEHOLD", new UUID(1, 6).toString())));
        return spoil.apply(builder.signWith(Keys.hmacShaKeyFor(RING.derive("k1", KeyPurpose.ACCESS_TOKEN)), Jwts.SIG.HS256)).compact();
    }

    private void refused(String token) {
        assertEquals(Optional.empty(), tokens.verify(token), token);
    }

    @Test
    void verify_ownToken_saysWhatWasIssued() {
        var expected = new AccessClaims(ACCOUNT.id(), SESSION, ACCOUNT.compound().id(), 4, new UUID(1, 5), new UUID(1, 6),
                ACCOUNT.plainGrants(), now().plus(AccessTokens.LIFETIME));
        var token = tokens.issue(ACCOUNT, SESSION, now());
        assertEquals(Optional.of(expected), tokens.verify(token));
        assertEquals(Optional.of(expected), tokens.verify(token), "remembered");
    }

    @Test
    void verify_craftedTokenWithoutFault_isTakenAlsoUnderTheOlderKey() {
        assertTrue(tokens.verify(crafted("k1", good -> good)).isPresent());
    }

    @Test
    void verify_atItsExpiry_isRefusedAlsoWhereItWasRemembered() {
        var token = tokens.issue(ACCOUNT, SESSION, now());
        assertTrue(tokens.verify(token).isPresent());
        clock.move(AccessTokens.LIFETIME.minusMillis(1));
        assertTrue(tokens.verify(token).isPresent());
        clock.move(Duration.ofMillis(1));
        refused(token);
        refused(tokens.issue(ACCOUNT, new UUID(1, 9), now().minus(AccessTokens.LIFETIME)));
    }

    @Test
    void verify_wrongIssuerAudienceTypeOrLifetime_isRefused() {
        refused(crafted("k1", good -> good.issuer("somebody")));
        refused(crafted("k1", good -> good.audience().single("another-api")));
        refused(crafted("k1", good -> good.header().type("JWT").and()));
        refused(crafted("k1", good -> good.expiration(null)));
        refused(crafted("k1", good -> good.issuedAt(null)));
        refused(crafted("k1", good -> good.expiration(Date.from(now().plusSeconds(901)))));
        refused(crafted("k1", good -> good.claim("sid", null)));
        refused(crafted("k1", good -> good.claim("ver", null)));
        refused(crafted("k1", good -> good.claim("grants", List.of(List.of("EMPEROR", "EVERYTHING", SESSION.toString())))));
    }

    @Test
    void verify_foreignKeyIdOrKeyOfAnotherPurpose_isRefused() {
        refused(crafted("k3", good -> good));
        refused(crafted("k2", good -> good));
        refused(crafted("k1", good -> good.signWith(Keys.hmacShaKeyFor(RING.derive("k1", KeyPurpose.REFRESH_TOKEN)), Jwts.SIG.HS256)));
        refused(crafted("k1", good -> good.header().keyId(null).and()));
        refused(new AccessTokens(IdentityGiven.keys("k9"), clock.business()).issue(ACCOUNT, SESSION, now()));
    }

    @Test
    void verify_otherAlgorithms_areRefused() {
        var body = tokens.issue(ACCOUNT, SESSION, now()).split("\\.")[1];
        for (var header : List.of("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k2\"}", "{\"typ\":\"at+jwt\",\"kid\":\"k2\"}",
                "{\"alg\":\"HS512\",\"typ\":\"at+jwt\",\"kid\":\"k2\"}", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k2\"}")) {
            var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            refused(encoded + "." + body + ".");
            refused(encoded + "." + body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(
                    KeyRing.hmac(RING.derive("k2", KeyPurpose.ACCESS_TOKEN), (encoded + "." + body).getBytes(StandardCharsets.US_ASCII))));
        }
        var longKey = Keys.hmacShaKeyFor(new byte[64]);
        refused(crafted("k1", good -> good.signWith(longKey, Jwts.SIG.HS512)));
    }

    @Test
    void verify_anyCharacterChanged_isRefused() {
        var token = tokens.issue(ACCOUNT, SESSION, now());
        int end = token.length() - 1;
        for (int i = 0; i < end; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            refused(token.substring(0, i) + other + token.substring(i + 1));
        }
    }

    @Test
    void verify_whatIsNoToken_isRefused() {
        for (var text : List.of("", ".", "..", "a.b.c", "Bearer", "\u0000", "好".repeat(20), "x".repeat(20_000), "e30.e30.e30")) {
            refused(text);
        }
    }
}
