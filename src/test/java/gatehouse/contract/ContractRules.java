package gatehouse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What every OpenAPI document of this house keeps. Each rule answers one line per violation, with the place as a JSON pointer. */
final class ContractRules {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final Pattern VERB_AND_NOUN = Pattern.compile("[a-z]+[A-Z][A-Za-z]+");
    private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]+)}");
    private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}.*[.…]", Pattern.DOTALL);
    /** Objects that are open on purpose, each checked by itself further in: the members of a batch. */
    private static final Set<String> OPEN_ON_PURPOSE =
            Set.of("/paths/~1health-reports~1batch/post/requestBody/content/application~1json/schema/properties/reports/items",
                    "/paths/~1gate-scans~1batch/post/requestBody/content/application~1json/schema/properties/scans/items");

    private final JsonNode document;
    private final List<String> found = new ArrayList<>();

    private ContractRules(JsonNode document) {
        this.document = document;
    }

    /** Every rule at once, against the enums that the product has: simple name to constants. */
    static List<String> violations(JsonNode document, Map<String, List<String>> enums) {
        var rules = new ContractRules(document);
        rules.eachOperation(rules::operation);
        rules.references("", document);
        rules.objects("", document);
        rules.enums(enums);
        rules.unusedComponents();
        return rules.found;
    }

    private void operation(String place, JsonNode operation) {
        var id = operation.path("operationId").asText();
        demand(VERB_AND_NOUN.matcher(id).matches() || id.equals("logIn") || id.equals("logOut"), place + " has no operationId of verb and noun");
        demand(SENTENCE.matcher(operation.path("summary").asText()).matches(), place + " has no summary that is a sentence");
        demand(operation.path("tags").size() == 1 && tagNames().contains(operation.path("tags").path(0).asText()), place + " has not exactly one declared tag");
        demand(operation.has("security") ? operation.path("security").isArray() : !document.path("security").isEmpty(),
                place + " says nothing of its security");
        var responses = operation.path("responses");
        demand(resolve(responses.path("default")).path("content").has("application/problem+json"), place + " has no default problem");
        demand(responses.properties().stream().anyMatch(answer -> answer.getKey().startsWith("2")), place + " never succeeds");
        responses.properties().forEach(answer -> demand(SENTENCE.matcher(resolve(answer.getValue()).path("description").asText()).matches(),
                place + "/responses/" + answer.getKey() + " is not described by a sentence"));
        if (place.endsWith("/post") && responses.has("201")) {
            demand(parameters(place, operation).stream().anyMatch(each -> each.path("name").asText().equals("Idempotency-Key")),
                    place + " creates, and takes no Idempotency-Key");
        }
        pathParameters(place, operation);
        parameters(place, operation).forEach(each -> bounded(place + "/parameters/" + each.path("name").asText(), each.path("schema")));
        operation.path("requestBody").path("content").properties().stream().filter(media -> media.getKey().equals("application/json"))
                .forEach(media -> everySchema(place + "/requestBody", media.getValue().path("schema"), new HashSet<>(), this::bounded));
    }

    private void pathParameters(String place, JsonNode operation) {
        var named = new TreeSet<String>();
        var template = TEMPLATE.matcher(place);
        while (template.find()) {
            named.add(template.group(1));
        }
        var declared = new TreeSet<String>();
        parameters(place, operation).stream().filter(each -> each.path("in").asText().equals("path")).forEach(each -> {
            declared.add(each.path("name").asText());
            demand(each.path("required").asBoolean(), place + " has an optional path parameter " + each.path("name").asText());
        });
        demand(named.equals(declared), place + " names " + named + " in its path and declares " + declared);
    }

    /** Limits on everything that comes in. */
    private void bounded(String place, JsonNode node) {
        var schema = resolve(node);
        var types = types(schema);
        if (types.contains("string")) {
            demand(schema.has("maxLength") || schema.has("enum") || schema.has("format"),
                    place + " is a string without an end");
        }
        if (types.contains("array")) {
            demand(schema.has("maxItems"), place + " is a list without an end");
        }
        if (types.contains("object") && schema.path("additionalProperties").isObject()) {
            demand(schema.has("maxProperties"), place + " is a map without an end");
        }
    }

    private void references(String place, JsonNode node) {
        var reference = node.path("$ref");
        if (reference.isTextual()) {
            demand(reference.asText().startsWith("#/") && !document.at(reference.asText().substring(1)).isMissingNode(),
                    place + " refers to nothing: " + reference.asText());
        }
        children(place, node, this::references);
    }

    /** Objects are closed, so that a field that is misspelt is seen on both sides. */
    private void objects(String place, JsonNode node) {
        if (node.path("type").asText().equals("object") || node.path("properties").isObject() && !place.endsWith("/properties")) {
            var additional = node.path("additionalProperties");
            demand(additional.isBoolean() && !additional.asBoolean() || additional.isObject() || OPEN_ON_PURPOSE.contains(place), place + " is open");
            node.path("required").forEach(name -> demand(node.path("properties").has(name.asText()), place + " requires what it has not: " + name.asText()));
        }
        children(place, node, this::objects);
    }

    private void enums(Map<String, List<String>> enums) {
        eachEnum("", document, (place, node) -> {
            var values = texts(node);
            demand(enums.containsValue(values) || isPartOf(enums, place, values), place + " is no enum of the product: " + values);
            var name = place.substring(place.lastIndexOf('/') + 1);
            demand(!place.startsWith("/components/schemas/") || place.split("/").length > 4 || !enums.containsKey(name) || enums.get(name).equals(values),
                    place + " is not what the product's " + name + " is: " + values);
        });
    }

    /** A property may take only some words of the enum that it is named after. */
    private static boolean isPartOf(Map<String, List<String>> enums, String place, List<String> values) {
        var property = place.substring(place.lastIndexOf('/') + 1);
        var whole = enums.getOrDefault(Character.toUpperCase(property.charAt(0)) + property.substring(1), List.of());
        return place.contains("/properties/") && whole.containsAll(values);
    }

    private void eachEnum(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.path("enum").isArray()) {
            visitor.accept(place, node.path("enum"));
        }
        children(place, node, (below, child) -> eachEnum(below, child, visitor));
    }

    private void unusedComponents() {
        var used = new HashSet<String>();
        collectReferences(document, used);
        document.path("components").properties().stream().filter(kind -> !kind.getKey().equals("securitySchemes")).forEach(kind ->
                kind.getValue().fieldNames().forEachRemaining(name -> {
                    var reference = "#/components/" + kind.getKey() + "/" + name;
                    // Read by name where a batch's members are checked.
                    demand(used.contains(reference) || name.equals("SubmitHealthReport"), reference + " is used nowhere");
                }));
    }

    private static void collectReferences(JsonNode node, Set<String> used) {
        if (node.path("$ref").isTextual()) {
            used.add(node.path("$ref").asText());
        }
        node.forEach(child -> collectReferences(child, used));
    }

    private void everySchema(String place, JsonNode node, Set<JsonNode> seen, BiConsumer<String, JsonNode> visitor) {
        var schema = resolve(node);
        if (schema.isMissingNode() || !seen.add(schema)) {
            return;
        }
        visitor.accept(place, schema);
        schema.path("properties").properties().forEach(each -> everySchema(place + "/" + each.getKey(), each.getValue(), seen, visitor));
        if (schema.path("additionalProperties").isObject()) {
            everySchema(place + "/*", schema.path("additionalProperties"), seen, visitor);
        }
        if (schema.has("items")) {
            everySchema(place + "/items", schema.path("items"), seen, visitor);
        }
    }

    private void eachOperation(BiConsumer<String, JsonNode> visitor) {
        document.path("paths").properties().forEach(path -> METHODS.stream().filter(path.getValue()::has)
                .forEach(method -> visitor.accept(path.getKey() + "/" + method, path.getValue().path(method))));
    }

    private List<JsonNode> parameters(String place, JsonNode operation) {
        var all = new ArrayList<JsonNode>();
        var path = document.path("paths").path(place.substring(0, place.lastIndexOf('/')));
        List.of(path, operation).forEach(holder -> holder.path("parameters").forEach(each -> all.add(resolve(each))));
        return all;
    }

    private Set<String> tagNames() {
        var names = new HashSet<String>();
        document.path("tags").forEach(tag -> names.add(tag.path("name").asText()));
        return names;
    }

    private static Set<String> types(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? new LinkedHashSet<>(texts(type)) : Set.of(type.asText());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private JsonNode resolve(JsonNode node) {
        return node.path("$ref").isTextual() ? resolve(document.at(node.path("$ref").asText().substring(1))) : node;
    }

    private static void children(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            node.properties().forEach(each -> visitor.accept(place + "/" + each.getKey().replace("~", "~0").replace("/", "~1"), each.getValue()));
        } else {
            for (int i = 0; i < node.size(); i++) {
                visitor.accept(place + "/" + i, node.get(i));
            }
        }
    }

    private void demand(boolean kept, String violation) {
        if (!kept) {
            found.add(violation);
        }
    }
}
