package gatehouse.miniprogram;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.http.Contract;
import gatehouse.http.Contract.Operation;
import gatehouse.http.Contract.Parameter;
import gatehouse.http.Contract.Parameter.In;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes {@code miniprogram-stubs/utils/api.js} from the contract: one function for each operation, by its operationId. A test compares and, where
 * the contract has changed, says how to take the new file over; {@link #main} writes it in place.
 */
final class ApiFile {
    static final Path PLACE = Path.of("miniprogram-stubs", "utils", "api.js");
    private static final String HEAD = """
            /*
             * The API, one function for each operation of the contract, named by its operationId. Written from the contract by the program
             * gatehouse.miniprogram.ApiFile of the tests; a test keeps the two in step, so change the contract and run it, not this file.
             *
             * `params` are those of path and query, `body` what is sent, `filePath` a photo on the phone, `options` those of utils/request.js. A name with
             * a question mark may be left out. Every function gives a promise of what is answered (a download: of a temporary file's path).
             */
            const { call, download, stream, upload } = require('./request.js');
            """;

    private final Contract contract;

    ApiFile(Contract contract) {
        this.contract = contract;
    }

    public static void main(String[] none) throws IOException {
        Files.writeString(PLACE, new ApiFile(Contract.load()).text());
    }

    String text() {
        var text = new StringBuilder(HEAD);
        var tag = "";
        for (var operation : contract.operations().values()) {
            if (!operation.tag().equals(tag)) {
                tag = operation.tag();
                text.append("\n/* ---- ").append(tag).append(" ---- */\n");
            }
            text.append(function(operation));
        }
        return text.toString();
    }

    /** How an operation's answer travels. */
    enum Way {
        CALL, DOWNLOAD, STREAM, UPLOAD;

        String function() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Way way(Operation operation) {
        if (operation.body() != null && operation.body().mediaTypes().contains("multipart/form-data")) {
            return Way.UPLOAD;
        }
        var answered = contract.resolve(operation.node().path("responses").path("200")).path("content");
        var types = names(answered);
        if (types.contains("text/event-stream")) {
            return Way.STREAM;
        }
        return types.isEmpty() || types.contains("application/json") || types.contains("text/plain") ? Way.CALL : Way.DOWNLOAD;
    }

    static boolean hasParams(Operation operation) {
        return operation.parameters().stream().anyMatch(each -> each.in() != In.HEADER);
    }

    private static boolean isKeyed(Operation operation) {
        return operation.parameters().stream().anyMatch(each -> each.name().equals("Idempotency-Key"));
    }

    private String function(Operation operation) {
        var way = way(operation);
        var about = new ArrayList<String>();
        about.add(operation.node().path("summary").asText());
        var arguments = new ArrayList<String>();
        var asked = new ArrayList<String>();
        if (hasParams(operation)) {
            arguments.add("params");
            asked.add("params");
            about.add("@param params {" + operation.parameters().stream().filter(each -> each.in() != In.HEADER).map(ApiFile::name)
                    .collect(Collectors.joining(", ")) + "}");
        }
        if (way == Way.UPLOAD) {
            arguments.add("filePath");
            asked.add("filePath");
            asked.add("field: '" + String.join("', '", operation.body().form().known()) + "'");
        } else if (operation.body() != null) {
            arguments.add("body");
            asked.add("body");
            about.add("@param body " + bodyOf(operation));
        }
        if (isKeyed(operation)) {
            asked.add("keyed: true");
        }
        if (!operation.needsToken()) {
            asked.add("open: true");
        }
        arguments.add("options");
        var how = asked.isEmpty() ? "{}" : "{ " + String.join(", ", asked) + " }";
        var method = way == Way.CALL ? "'" + operation.method() + "', " : "";
        return "\n" + comment(about) + "exports.%s = (%s) => %s(%s'%s', %s, options);\n"
                .formatted(operation.operationId(), String.join(", ", arguments), way.function(), method, operation.path(), how);
    }

    private static String comment(List<String> lines) {
        return lines.size() == 1 ? "/** " + lines.getFirst() + " */\n" : "/**\n" + lines.stream().map(line -> " * " + line + "\n").collect(Collectors.joining()) + " */\n";
    }

    private static String name(Parameter parameter) {
        return parameter.name() + (parameter.required() ? "" : "?");
    }

    /** The names of a JSON body's fields, or the media types of another. */
    private String bodyOf(Operation operation) {
        var content = contract.resolve(operation.node().path("requestBody")).path("content");
        if (!content.has("application/json")) {
            return String.join(" or ", names(content)) + ", with options.contentType";
        }
        var schema = contract.resolve(content.path("application/json").path("schema"));
        var required = StreamSupport.stream(schema.path("required").spliterator(), false).map(JsonNode::asText).toList();
        return "{" + names(schema.path("properties")).stream().map(name -> name + (required.contains(name) ? "" : "?")).collect(Collectors.joining(", ")) + "}";
    }

    private static List<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        var list = new ArrayList<String>();
        names.forEachRemaining(list::add);
        return list;
    }
}
