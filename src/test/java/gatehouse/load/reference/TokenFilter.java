package gatehouse.load.reference;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Verifies the token and reads its session and account, as the product does for every request. */
@Component
public class TokenFilter extends OncePerRequestFilter {
    static final String CALLER = "caller";

    private final JwtParser parser;
    private final JdbcTemplate jdbc;

    /** Who asks. */
    record Caller(UUID accountId, UUID compoundId, UUID residentId, UUID householdId) {
    }

    /** {@code key}: of HS256, in Base64. */
    public TokenFilter(@Value("${reference.token-key}") String key, JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.parser = Jwts.parser().verifyWith(Keys.hmacShaKeyFor(Base64.getDecoder().decode(key)))
                .requireIssuer("gatehouse").requireAudience("gatehouse-api").build();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        try {
            var claims = parser.parseSignedClaims(header.substring("Bearer ".length())).getPayload();
            var compound = UUID.fromString(claims.get("cid", String.class));
            var live = jdbc.queryForList("""
                    select 1 from session s
                    join account a on a.compound_id = s.compound_id and a.id = s.account_id
                    where s.compound_id = ? and s.id = ? and s.ended_at is null and s.expires_at > now() and a.version = ? and a.disabled_at is null""",
                    compound, UUID.fromString(claims.get("sid", String.class)), claims.get("ver", Integer.class));
            if (live.isEmpty()) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            request.setAttribute(CALLER, new Caller(UUID.fromString(claims.getSubject()), compound,
                    UUID.fromString(claims.get("rid", String.class)), UUID.fromString(claims.get("hid", String.class))));
        } catch (JwtException | IllegalArgumentException notOurs) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(request, response);
    }
}
