package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The contract as a page that a person can read: every operation by feature, with its parameters, body, answers; no script. */
final class DocsPage {
    private final Contract contract;

    DocsPage(Contract contract) {
        this.contract = contract;
    }

    String html() {
        var byTag = new LinkedHashMap<String, List<Contract.Operation>>();
        contract.operations().values().forEach(operation ->
                byTag.computeIfAbsent(operation.tag(), tag -> new ArrayList<>()).add(operation));
        var page = new StringBuilder(64 * 1024);
        var info = contract.document().path("info");
        page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>").append(text(info.path("title"))).append("</title><link rel=\"stylesheet\" href=\"/shared/docs.css\"></head><body>")
                .append("<header><h1>").append(text(info.path("title"))).append("</h1><p>").append(text(info.path("description")))
                .append("</p><p><a href=\"/openapi.json\">openapi.json</a></p></header><nav><ul>");
        byTag.forEach((tag, operations) -> {
            page.append("<li><b>").append(escape(tag)).append("</b><ul>");
            operations.forEach(each -> page.append("<li><a href=\"#").append(each.operationId()).append("\">")
                    .append(each.method()).append(' ').append(escape(each.path())).append("</a></li>"));
            page.append("</ul></li>");
        });
        page.append("</ul></nav><main>");
        byTag.forEach((tag, operations) -> {
            page.append("<h2>").append(escape(tag)).append("</h2>");
            operations.forEach(each -> operation(page, each));
        });
        page.append("<h2>Schemas</h2>");
        contract.document().path("components").path("schemas").properties().forEach(schema -> {
            page.append("<section id=\"schema-").append(schema.getKey()).append("\"><h3>").append(schema.getKey()).append("</h3>");
            schema(page, schema.getValue());
            page.append("</section>");
        });
        return page.append("</main></body></html>").toString();
    }

    private void operation(StringBuilder page, Contract.Operation operation) {
        page.append("<section id=\"").append(operation.operationId()).append("\"><h3><code>").append(operation.method()).append(' ')
                .append(Contract.BASE_PATH).append(escape(operation.path())).append("</code></h3><p><b>")
                .append(text(operation.node().path("summary"))).append("</b> ").append(text(operation.node().path("description")))
                .append("</p>");
        if (!operation.parameters().isEmpty()) {
            page.append("<table><caption>Parameters</caption><tr><th>name<th>in<th>type<th>required</tr>");
            operation.parameters().forEach(each -> page.append("<tr><td><code>").append(each.name()).append("</code><td>")
                    .append(each.in().name().toLowerCase(java.util.Locale.ROOT)).append("<td>").append(type(each.schemaNode()))
                    .append("<td>").append(each.required() ? "yes" : "").append("</tr>"));
            page.append("</table>");
        }
        contract.resolve(operation.node().path("requestBody")).path("content").properties().forEach(media ->
                page.append("<p>Body <code>").append(media.getKey()).append("</code>: ").append(type(media.getValue().path("schema"))).append("</p>"));
        page.append("<table><caption>Answers</caption>");
        operation.node().path("responses").properties().forEach(answer -> {
            var response = contract.resolve(answer.getValue());
            page.append("<tr><td><code>").append(answer.getKey()).append("</code><td>").append(text(response.path("description"))).append("<td>");
            response.path("content").properties().forEach(media -> page.append(type(media.getValue().path("schema"))).append(' '));
            page.append("</tr>");
        });
        page.append("</table></section>");
    }

    private static void schema(StringBuilder page, JsonNode schema) {
        page.append("<p>").append(text(schema.path("description"))).append("</p>");
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        page.append("<table>");
        schema.path("properties").properties().forEach(property -> page.append("<tr><td><code>").append(property.getKey())
                .append(required.contains(property.getKey()) ? "" : "?").append("</code><td>").append(type(property.getValue()))
                .append("<td>").append(text(property.getValue().path("description"))).append("</tr>"));
        page.append("</table>");
    }

    private static String type(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            return "<a href=\"#schema-" + name + "\">" + escape(name) + "</a>";
        }
        if (schema.has("enum")) {
            var values = new ArrayList<String>();
            schema.path("enum").forEach(value -> values.add(value.asText()));
            return escape(String.join(" | ", values));
        }
        var type = schema.path("type").isArray() ? schema.path("type").toString() : schema.path("type").asText();
        return schema.has("items") ? "[ " + type(schema.path("items")) + " ]"
                : escape(type + (schema.has("format") ? " (" + schema.path("format").asText() + ")" : ""));
    }

    private static String text(JsonNode node) {
        return escape(node.asText());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
