package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI 3.1 contract: one file per feature, merged at boot; the single source for routing, validation, documentation and tests. */
public final class Contract {
    public static final String BASE_PATH = "/api/v1";
    private static final List<String> FILES = List.of("gatehouse", "identity", "wechat", "sms", "portal-login", "scene", "registry", "health", "alert", "observation", "outing", "gate", "delivery", "door-delivery", "ticket", "wording", "monitor", "forms", "notify", "audit");
    private static final String LOCATION = "https://gatehouse.invalid/openapi.json";
    private static final SchemaValidatorsConfig CHECKING = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true).typeLoose(false).build();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** One operation: method and path template below {@link #BASE_PATH}, its parameters and what its body must be. */
    public record Operation(String operationId, String method, String path, String tag, List<Parameter> parameters,
                            @Nullable Body body, JsonNode node) {
        /** False where the contract says {@code security: []}. */
        public boolean needsToken() {
            return !node.has("security") || !node.path("security").isEmpty();
        }
    }

    public record Parameter(String name, In in, boolean required, JsonNode schemaNode, LazySchema schema) {
        public enum In { PATH, QUERY, HEADER }
    }

    /** The media types that are taken; a schema where one of them is JSON, the fields where it is a form. */
    public record Body(boolean required, List<String> mediaTypes, @Nullable LazySchema schema, @Nullable Fields form, int limitBytes) {
    }

    /** What a {@code multipart/form-data} body may and must hold. */
    public record Fields(Set<String> known, Set<String> required) {
    }

    private final ObjectNode document;
    private final Map<String, Operation> operations;
    private final JsonSchemaFactory schemas;
    private final Map<String, LazySchema> named = new ConcurrentHashMap<>();
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    private Contract(ObjectNode document) {
        this.document = document;
        var text = Json.writeText(document);
        var dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012()).formats(CivilFormats.all()).build();
        this.schemas = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
                .metaSchema(dialect)
                .schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, text)))
                .build();
        this.operations = readOperations();
    }

    /** That of this program, read once: it cannot change, and tests start a hundred instances in one process. */
    public static Contract load() {
        return OfThisProgram.CONTRACT;
    }

    private static final class OfThisProgram {
        static final Contract CONTRACT = new Contract(merge(FILES.stream().filter(name -> resource(name) != null).map(Contract::readFile).toList()));
    }

    /** A contract of other files, for tests of the door itself. */
    static Contract of(List<String> yamlTexts) {
        var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return new Contract(merge(yamlTexts.stream().map(text -> Json.tree(new Load(settings).loadFromString(text))).toList()));
    }

    /** The whole document, as {@code GET /openapi.json} gives it. */
    public JsonNode document() {
        return document;
    }

    public Map<String, Operation> operations() {
        return operations;
    }

    /** The schema of an operation's JSON answer of that status (or its {@code default}), or of an event's data; null where it has no JSON body. */
    public @Nullable JsonSchema answerSchema(String operationId, int status) {
        var responses = operations.get(operationId).node().path("responses");
        var key = responses.has(String.valueOf(status)) ? String.valueOf(status) : "default";
        var response = resolve(responses.path(key));
        for (var media : List.of("application/json", Sse.MEDIA_TYPE, "application/problem+json")) {
            var schema = response.path("content").path(media).path("schema");
            if (!schema.isMissingNode()) {
                return compile(schema);
            }
        }
        return null;
    }

    /** Reads a member of a list whose members are judged each by itself: checked against a named schema, then mapped. */
    public <T> T read(String schemaName, JsonNode node, Class<T> type) {
        InputCheck.body(named.computeIfAbsent(schemaName, name -> new LazySchema(() -> schemas.getSchema(
                SchemaLocation.of(LOCATION + "#/components/schemas/" + name), CHECKING))), node);
        return Json.convert(node, type);
    }

    /** True where the contract names this status for the operation, by itself or by {@code default}. */
    public boolean answers(String operationId, int status) {
        var responses = operations.get(operationId).node().path("responses");
        return responses.has(String.valueOf(status)) || responses.has("default");
    }

    /** Follows a {@code $ref} within the document. */
    public JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref");
        return reference.isTextual() ? resolve(document.at(reference.asText().substring(1))) : node;
    }

    private JsonSchema compile(JsonNode schema) {
        var reference = schema.path("$ref");
        if (reference.isTextual()) {
            return schemas.getSchema(SchemaLocation.of(LOCATION + reference.asText()), CHECKING);
        }
        return compiled.computeIfAbsent(schema, this::compileInline);
    }

    private JsonSchema compileInline(JsonNode schema) {
        // An inline schema may refer into the document, so it becomes a neighbour of it with its references made absolute.
        var text = schema.toString().replace("\"$ref\":\"#/", "\"$ref\":\"" + LOCATION + "#/");
        return schemas.getSchema(SchemaLocation.of(SchemaId.V202012), Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)), CHECKING);
    }

    private Map<String, Operation> readOperations() {
        var found = new LinkedHashMap<String, Operation>();
        document.path("paths").properties().forEach(path -> {
            for (var method : METHODS) {
                var node = path.getValue().path(method);
                if (!node.isMissingNode()) {
                    var operation = readOperation(path.getKey(), method, path.getValue(), node);
                    if (found.put(operation.operationId(), operation) != null) {
                        throw new IllegalStateException("operationId used twice: " + operation.operationId());
                    }
                }
            }
        });
        return found;
    }

    private Operation readOperation(String path, String method, JsonNode pathNode, JsonNode node) {
        var parameters = new ArrayList<Parameter>();
        for (var list : List.of(pathNode.path("parameters"), node.path("parameters"))) {
            list.forEach(each -> parameters.add(readParameter(resolve(each))));
        }
        return new Operation(node.path("operationId").asText(), method.toUpperCase(java.util.Locale.ROOT), path,
                node.path("tags").path(0).asText(), List.copyOf(parameters), readBody(resolve(node.path("requestBody"))), node);
    }

    private Parameter readParameter(JsonNode node) {
        var in = Parameter.In.valueOf(node.path("in").asText().toUpperCase(java.util.Locale.ROOT));
        var schema = node.path("schema");
        return new Parameter(node.path("name").asText(), in, node.path("required").asBoolean(), resolve(schema), new LazySchema(() -> compile(schema)));
    }

    private @Nullable Body readBody(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        var mediaTypes = new ArrayList<String>();
        node.path("content").fieldNames().forEachRemaining(mediaTypes::add);
        var json = node.path("content").path("application/json").path("schema");
        return new Body(node.path("required").asBoolean(), List.copyOf(mediaTypes), json.isMissingNode() ? null : new LazySchema(() -> compile(json)),
                readFields(node.path("content").path(FormBody.MEDIA_TYPE).path("schema")), node.path("x-limit-bytes").asInt(64 * 1024));
    }

    private @Nullable Fields readFields(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        var schema = resolve(node);
        var known = new LinkedHashSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        var required = new LinkedHashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        return new Fields(known, required);
    }

    private static ObjectNode merge(List<JsonNode> files) {
        var merged = (ObjectNode) files.getFirst().deepCopy();
        for (var file : files.subList(1, files.size())) {
            mergeUnique(merged.withObjectProperty("paths"), file.path("paths"));
            file.path("components").properties().forEach(kind ->
                    mergeUnique(merged.withObjectProperty("components").withObjectProperty(kind.getKey()), kind.getValue()));
            file.path("tags").forEach(tag -> merged.withArrayProperty("tags").add(tag));
        }
        merged.path("paths").forEach(path -> path.forEach(Contract::nameRefusals));
        return merged;
    }

    /** Every operation may refuse; generated clients and linters want to read so in other words than {@code default} too. */
    private static void nameRefusals(JsonNode operation) {
        if (operation.path("responses") instanceof ObjectNode responses && responses.has("default")) {
            responses.set("4XX", responses.get("default"));
        }
    }

    private static void mergeUnique(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.has(entry.getKey())) {
                throw new IllegalStateException("the contract has " + entry.getKey() + " twice");
            }
            into.set(entry.getKey(), entry.getValue());
        });
    }

    private static @Nullable InputStream resource(String name) {
        return Contract.class.getResourceAsStream("/openapi/" + name + ".yaml");
    }

    private static JsonNode readFile(String name) {
        try (var stream = resource(name)) {
            var settings = LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(false).build();
            return Json.tree(new Load(settings).loadFromInputStream(stream));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
