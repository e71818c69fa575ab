package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Answer;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Language;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.TimePlace;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call that has a caller who may, and parameters and a body that are valid against the contract. */
public final class Request {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int DEFAULT_LIMIT = 50;

    private final @Nullable Caller caller;
    private final Scope scope;
    private final Map<String, String> pathParameters;
    private final MultiMap queryParameters;
    private final MultiMap headers;
    private final Buffer rawBody;
    private final @Nullable JsonNode body;
    private final @Nullable FormBody form;
    private final String target;
    private final String clientAddress;
    private final String requestId;

    Request(@Nullable Caller caller, Scope scope, Map<String, String> pathParameters, MultiMap queryParameters, MultiMap headers,
            Buffer rawBody, @Nullable JsonNode body, @Nullable FormBody form, String target, String clientAddress, String requestId) {
        this.caller = caller;
        this.scope = scope;
        this.pathParameters = pathParameters;
        this.queryParameters = queryParameters;
        this.headers = headers;
        this.rawBody = rawBody;
        this.body = body;
        this.form = form;
        this.target = target;
        this.clientAddress = clientAddress;
        this.requestId = requestId;
    }

    public Caller caller() {
        if (caller == null) {
            throw Problem.of(ProblemType.NOT_LOGGED_IN);
        }
        return caller;
    }

    /** What the caller sees in this operation, by the roles that its {@code Allow} names. */
    public Scope scope() {
        return scope;
    }

    public String path(String name) {
        var value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the contract has no path parameter " + name);
        }
        return value;
    }

    /** A path parameter that is an id; what is no id of ours is simply not found. */
    public UUID pathId(String name) {
        return Identifiers.parse(path(name)).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(queryParameters.get(name)).filter(value -> !value.isEmpty());
    }

    public boolean queryFlag(String name) {
        return query(name).map(Boolean::parseBoolean).orElse(false);
    }

    public Optional<LocalDate> queryDate(String name) {
        return query(name).map(LocalDate::parse);
    }

    /** A query parameter that is an id; what is no id of ours matches nothing, so it is not found. */
    public Optional<UUID> queryId(String name) {
        return query(name).map(text -> Identifiers.parse(text).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Language language() {
        return Language.accepting(headers.get("Accept-Language"));
    }

    /** The address of the client itself, where the configured proxy told it. */
    public String clientAddress() {
        return clientAddress;
    }

    public String requestId() {
        return requestId;
    }

    public Page.Request page() {
        int limit = query("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
        return new Page.Request(limit, query("cursor").map(Request::decodeCursor).orElse(null));
    }

    /** A page as the API shows it: its place hidden in an opaque cursor. */
    public static <T> Page<T> withCursor(Page<T> page) {
        var next = page.next();
        return next == null ? page
                : new Page<>(page.items(), Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decodeCursor(String cursor) {
        try {
            var place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (place.chars().noneMatch(Character::isISOControl)) {
                return place;
            }
        } catch (IllegalArgumentException foreign) {
            throw TimePlace.foreignCursor();
        }
        // No place of ours has a control character, and PostgreSQL cannot hold NUL.
        throw TimePlace.foreignCursor();
    }

    /** The JSON body as a record of the feature. */
    public <T> T body(Class<T> type) {
        if (body == null) {
            throw new IllegalStateException("the contract has no JSON body here");
        }
        return Json.convert(body, type);
    }

    /**
     * A file of a {@code multipart/form-data} body, a required field of the contract; straight down only, since forms are long.
     * A form that is none, lacks a field or has another is refused here.
     */
    public byte[] file(String field) {
        if (form == null) {
            throw new IllegalStateException("the contract has no form here");
        }
        var content = form.fields().get(field);
        if (content == null) {
            throw new IllegalStateException("the contract does not require the field " + field);
        }
        return content;
    }

    public Buffer rawBody() {
        return rawBody;
    }

    /** This request's idempotency key and how its result is written, for {@code database.transact(once, …)}. */
    public <T> Once<T> once(Function<T, Answer> renderer) {
        return new Once<>(idempotencyKey(), renderer);
    }

    public Optional<IdempotencyKey> idempotencyKey() {
        return header("Idempotency-Key").map(text -> {
            var key = Identifiers.parse(text)
                    .orElseThrow(() -> Problem.badField("Idempotency-Key", FieldFault.WRONG_FORMAT, "UUID"));
            return new IdempotencyKey(caller == null ? NOBODY : caller.compoundId(), caller == null ? NOBODY : caller.accountId(),
                    key, requestHash());
        });
    }

    private byte[] requestHash() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(target.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            if (form == null) {
                return sha.digest(rawBody.getBytes());
            }
            // Sent again, a form is divided by another boundary; what it holds is the same.
            form.fields().forEach((name, content) -> {
                sha.update((name + '=' + content.length + ':').getBytes(StandardCharsets.UTF_8));
                sha.update(content);
            });
            return sha.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
