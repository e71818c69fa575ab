package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemHandlerTest {
    private static final Contract CONTRACT = Contract.load();

    private static Problem example(ProblemType type) {
        return type == ProblemType.BAD_INPUT ? Problem.badInput(List.of(new Problem.FieldError("/a", FieldFault.REQUIRED, List.of())))
                : Problem.of(type, "A").with("retryAfter", 2);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblem_isValidAgainstTheContractInBothLanguages(ProblemType type) {
        for (var language : Language.values()) {
            var reply = ProblemHandler.reply(example(type), language, "4bf92f3577b34da6a3ce929d0e0e4736");
            var body = Json.read(reply.body().getBytes());
            assertEquals(type.status(), reply.status());
            assertEquals(List.of(), List.copyOf(CONTRACT.answerSchema("getMe", type.status()).validate(body)));
            assertEquals("urn:gatehouse:problem:" + type.slug(), body.path("type").asText());
            assertEquals(type.title(language), body.path("title").asText());
            assertFalse(body.path("detail").asText().matches("(?s)\\s*|.*\\{\\d}.*"), body::toString);
            assertEquals(language.tag(), reply.headers().get("Content-Language"));
            assertEquals(type.status() == 401, "Bearer".equals(reply.headers().get("WWW-Authenticate")));
        }
    }

    @Test
    void databaseFault_showsNothingOfItself() {
        var fault = new PgException("duplicate key (phone)=(13900000001)", "ERROR", "23505", "Key (phone)=(13900000001) already exists.");
        var reply = ProblemHandler.reply(ProblemHandler.problemOf(fault, "id"), Language.ENGLISH, "id");
        assertEquals(500, reply.status());
        assertFalse(reply.body().toString().contains("139"));
        assertFalse(reply.body().toString().contains("23505"));
    }

    @Test
    void problemInsideACompletionException_isFound() {
        var problem = Problem.of(ProblemType.NOT_FOUND);
        assertSame(problem, ProblemHandler.problemOf(new CompletionException(problem), "id"));
    }

    @Test
    void extension_isAMemberOfTheBody() {
        var body = ProblemHandler.body(Problem.of(ProblemType.OVERLOADED).with("retryAfter", 7), Language.CHINESE, "id");
        assertEquals(7, body.get("retryAfter"));
        assertTrue(body.get("instance").toString().endsWith(":id"));
    }
}
