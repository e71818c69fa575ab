package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.ValidationMessage;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import gatehouse.kernel.ProblemType;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks parameters and bodies against the contract and says of each bad field what would be right. */
final class InputCheck {
    private static final int MOST_ERRORS = 50;

    private InputCheck() {
    }

    /** Throws {@code BAD_INPUT} with every fault found. */
    static void body(LazySchema schema, JsonNode body) {
        var errors = new ArrayList<FieldError>();
        if (!isStorable(body)) {
            findUnstorable("", body, errors);
        } else {
            for (var message : schema.validate(body)) {
                if (errors.size() < MOST_ERRORS) {
                    errors.add(error(message.getInstanceLocation().toString(), message));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.badInput(errors);
        }
    }

    /** Checks path, query and header parameters; an unknown query parameter is a fault; a path whose id cannot be one of ours is just not found. */
    static void parameters(Contract.Operation operation, Map<String, String> path, MultiMap query, MultiMap headers) {
        var errors = new ArrayList<FieldError>();
        for (var name : query.names()) {
            if (operation.parameters().stream().noneMatch(each -> each.in() == Contract.Parameter.In.QUERY && each.name().equals(name))) {
                errors.add(new FieldError("?" + name, FieldFault.UNKNOWN_FIELD, List.of()));
            } else if (query.getAll(name).size() > 1) {
                errors.add(new FieldError("?" + name, FieldFault.REPEATED_ITEMS, List.of()));
            }
        }
        for (var parameter : operation.parameters()) {
            switch (parameter.in()) {
                case PATH -> {
                    int before = errors.size();
                    check(parameter, path.get(parameter.name()), parameter.name(), errors);
                    if (errors.size() > before && isId(parameter)) {
                        throw Problem.of(ProblemType.NOT_FOUND);
                    }
                }
                case QUERY -> check(parameter, query.get(parameter.name()), "?" + parameter.name(), errors);
                case HEADER -> check(parameter, headers.get(parameter.name()), parameter.name(), errors);
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.badInput(errors);
        }
    }

    /** Opaque to clients: any text as far as the contract says; a date or a word of a list is none. */
    private static boolean isId(Contract.Parameter parameter) {
        var schema = parameter.schemaNode();
        return schema.path("type").asText().equals("string") && !schema.has("format") && !schema.has("enum") && !schema.has("pattern");
    }

    private static void check(Contract.Parameter parameter, String text, String pointer, List<FieldError> errors) {
        if (text == null) {
            if (parameter.required()) {
                errors.add(new FieldError(pointer, FieldFault.REQUIRED, List.of()));
            }
            return;
        }
        var value = typed(parameter.schemaNode().path("type").asText(), text);
        if (!isStorable(value)) {
            findUnstorable(pointer, value, errors);
        } else {
            parameter.schema().validate(value).stream().limit(1).forEach(message -> errors.add(error(pointer, message)));
        }
    }

    private static JsonNode typed(String type, String text) {
        return switch (type) {
            case "integer" -> text.matches("-?[0-9]{1,18}") ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
            case "boolean" -> text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    /** What {@link #findUnstorable} finds nothing in; asked first because it is nearly always true, and naming places costs. */
    private static boolean isStorable(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> !isUnstorable(node.textValue());
            case NUMBER -> Double.isFinite(node.doubleValue());
            case OBJECT -> {
                for (var member : node.properties()) {
                    if (isUnstorable(member.getKey()) || !isStorable(member.getValue())) {
                        yield false;
                    }
                }
                yield true;
            }
            case ARRAY -> {
                for (var member : node) {
                    if (!isStorable(member)) {
                        yield false;
                    }
                }
                yield true;
            }
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> true;
        };
    }

    /** What JSON can say but PostgreSQL cannot hold: NUL, lone surrogates, numbers beyond a double. */
    private static void findUnstorable(String pointer, JsonNode node, List<FieldError> errors) {
        switch (node.getNodeType()) {
            case STRING -> {
                if (isUnstorable(node.textValue())) {
                    errors.add(new FieldError(pointer, FieldFault.NOT_ALLOWED, List.of()));
                }
            }
            case NUMBER -> {
                if (!Double.isFinite(node.doubleValue())) {
                    errors.add(new FieldError(pointer, FieldFault.NOT_ALLOWED, List.of()));
                }
            }
            case OBJECT -> {
                for (var entry : node.properties()) {
                    if (errors.size() == MOST_ERRORS) {
                        return;
                    }
                    if (isUnstorable(entry.getKey())) {
                        errors.add(new FieldError(pointer, FieldFault.NOT_ALLOWED, List.of()));
                    } else {
                        findUnstorable(pointer + "/" + escape(entry.getKey()), entry.getValue(), errors);
                    }
                }
            }
            case ARRAY -> {
                for (int i = 0; i < node.size() && errors.size() < MOST_ERRORS; i++) {
                    findUnstorable(pointer + "/" + i, node.get(i), errors);
                }
            }
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> { }
        }
    }

    private static boolean isUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == 0 || Character.isLowSurrogate(each)) {
                return true;
            }
            if (Character.isHighSurrogate(each)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static FieldError error(String pointer, ValidationMessage message) {
        var rule = message.getSchemaNode();
        return switch (message.getType()) {
            case "required" -> fault(pointer + "/" + escape(message.getProperty()), FieldFault.REQUIRED);
            case "additionalProperties", "unevaluatedProperties" ->
                    fault(pointer + "/" + escape(message.getProperty()), FieldFault.UNKNOWN_FIELD);
            case "type" -> fault(pointer, FieldFault.WRONG_TYPE, types(rule));
            case "enum", "const" -> fault(pointer, FieldFault.NOT_LISTED, words(rule));
            case "minimum" -> fault(pointer, FieldFault.TOO_SMALL, rule.asText());
            case "maximum" -> fault(pointer, FieldFault.TOO_BIG, rule.asText());
            case "multipleOf" -> fault(pointer, FieldFault.NOT_MULTIPLE, rule.asText());
            case "minLength" -> fault(pointer, FieldFault.TOO_SHORT, rule.asText());
            case "maxLength" -> fault(pointer, FieldFault.TOO_LONG, rule.asText());
            case "pattern" -> fault(pointer, FieldFault.WRONG_PATTERN, rule.asText());
            case "format" -> fault(pointer, FieldFault.WRONG_FORMAT, FieldFault.Kind.of(rule.asText()));
            case "minItems" -> fault(pointer, FieldFault.TOO_FEW_ITEMS, rule.asText());
            case "maxItems" -> fault(pointer, FieldFault.TOO_MANY_ITEMS, rule.asText());
            case "uniqueItems" -> fault(pointer, FieldFault.REPEATED_ITEMS);
            default -> fault(pointer, FieldFault.NOT_ALLOWED);
        };
    }

    private static FieldError fault(String pointer, FieldFault fault, Object... arguments) {
        return new FieldError(pointer, fault, List.of(arguments));
    }

    /** One type or several, in the reader's language. */
    private static ProblemType.Worded types(JsonNode rule) {
        var kinds = new ArrayList<>();
        if (rule.isArray()) {
            rule.forEach(each -> kinds.add(FieldFault.Kind.of(each.asText())));
        } else {
            kinds.add(FieldFault.Kind.of(rule.asText()));
        }
        return language -> kinds.stream().map(kind -> kind instanceof ProblemType.Worded worded ? worded.text(language) : kind.toString())
                .collect(Collectors.joining(language.choose("、", ", ")));
    }

    private static String words(JsonNode rule) {
        return rule.isArray()
                ? StreamSupport.stream(rule.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "))
                : rule.asText();
    }

    private static String escape(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
