package gatehouse.support;

import com.networknt.schema.JsonSchema;
import gatehouse.http.Contract;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What the contract says of each operation, found without a search: the tests have a hundred thousand answers held against it. */
final class Promises {
    private record Route(String method, Pattern path, Contract.Operation operation) {
        static Route of(Contract.Operation operation) {
            return new Route(operation.method(), Pattern.compile(pattern(operation.path())), operation);
        }
    }

    private final Contract contract;
    private final List<Route> routes;
    private final Map<String, Optional<JsonSchema>> schemas = new ConcurrentHashMap<>();

    Promises(Contract contract) {
        this.contract = contract;
        this.routes = contract.operations().values().stream().sorted(Comparator.comparingLong(Promises::parameters)).map(Route::of).toList();
    }

    private static long parameters(Contract.Operation operation) {
        return operation.path().chars().filter(c -> c == '{').count();
    }

    private static String pattern(String template) {
        var pattern = new StringBuilder();
        for (var segment : template.substring(1).split("/", -1)) {
            pattern.append('/').append(segment.contains("{") ? segment.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+") : Pattern.quote(segment));
        }
        return pattern.toString();
    }

    /** A fixed path before one with parameters. */
    Optional<Contract.Operation> operationOf(String method, String path) {
        return routes.stream().filter(route -> route.method.equals(method) && route.path.matcher(path).matches()).findFirst().map(Route::operation);
    }

    boolean answers(String operationId, int status) {
        return contract.answers(operationId, status);
    }

    /** Empty where an answer of that status has no JSON body. */
    Optional<JsonSchema> schema(String operationId, int status) {
        return schemas.computeIfAbsent(operationId + " " + status, any -> Optional.ofNullable(contract.answerSchema(operationId, status)));
    }
}
