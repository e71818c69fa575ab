package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import gatehouse.http.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The merged document keeps the house's rules; and each rule catches a document that breaks it. */
class ContractTest {
    private static final JsonNode DOCUMENT = Contract.load().document();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static Map<String, List<String>> enums;

    @BeforeAll
    static void readTheProductsEnums() {
        enums = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("gatehouse").stream()
                .filter(JavaClass::isEnum).collect(Collectors.toMap(JavaClass::getName, type -> Stream.of(type.reflect().getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name()).toList()))
                .entrySet().stream().collect(Collectors.toMap(each -> each.getKey().replaceAll(".*[.$]", ""), Map.Entry::getValue, (one, other) -> one));
    }

    @Test
    void document_keepsEveryRule() {
        assertEquals(List.of(), ContractRules.violations(DOCUMENT, enums));
    }

    @Test
    void document_hasTheProductsOwnEnums() {
        for (var name : List.of("Role", "Round", "Symptom", "Relation", "ReportedAs")) {
            assertEquals(enums.get(name), JSON.convertValue(DOCUMENT.at("/components/schemas/" + name + "/enum"), List.class), name);
        }
    }

    @Test
    void document_isWrittenForOtherTools() throws IOException {
        Files.createDirectories(Path.of("target"));
        JSON.writerWithDefaultPrettyPrinter().writeValue(Path.of("target/openapi.json").toFile(), DOCUMENT);
        assertEquals(DOCUMENT, JSON.readTree(Path.of("target/openapi.json").toFile()));
        assertEquals("3.1.0", DOCUMENT.path("openapi").asText());
        assertEquals(Contract.BASE_PATH, DOCUMENT.at("/servers/0/url").asText());
    }

    @Test
    void everyBody_asLongAsItsSchemaAllows_fitsItsLimit() {
        var contract = Contract.load();
        for (var operation : contract.operations().values()) {
            var body = contract.resolve(operation.node().path("requestBody"));
            var schema = body.path("content").path("application/json").path("schema");
            if (!schema.isMissingNode()) {
                long longest = LongestBody.bytes(contract, schema);
                int limit = operation.body().limitBytes();
                assertTrue(longest <= limit, () -> operation.operationId() + " may be sent " + longest + " bytes and takes " + limit + ": raise its x-limit-bytes");
            }
        }
    }

    /** Each line breaks one rule: what is put where (or removed), and what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/paths/~1me/get/operationId                              | \"me\"          | /me/get has no operationId of verb and noun",
        "/paths/~1me/get/summary                                  | -               | /me/get has no summary that is a sentence",
        "/paths/~1me/get/tags                                     | [\"none\"]      | /me/get has not exactly one declared tag",
        "/paths/~1me/get/security                                 | \"none\"        | /me/get says nothing of its security",
        "/security                                                | -               | /me/get says nothing of its security",
        "/paths/~1me/get/responses/default                        | -               | /me/get has no default problem",
        "/paths/~1me/get/responses/200                            | -               | /me/get never succeeds",
        "/paths/~1me/get/responses/200/description                | \"me\"          | /me/get/responses/200 is not described by a sentence",
        "/paths/~1accounts/post/parameters                        | -               | /accounts/post creates, and takes no Idempotency-Key",
        "/paths/~1households~1{id}/get/parameters                 | -               | /households/{id}/get names [id] in its path and declares []",
        "/components/parameters/Id/required                       | false           | /households/{id}/get has an optional path parameter id",
        "/components/parameters/Id/schema/maxLength               | -               | /households/{id}/get/parameters/id is a string without an end",
        "/components/schemas/LogIn/properties/phone/maxLength     | -               | /auth/login/post/requestBody/phone is a string without an end",
        "/components/schemas/SubmitHealthReport/additionalProperties | -            | /components/schemas/SubmitHealthReport is open",
        "/components/schemas/CreateAccount/properties/grants/maxItems | -           | /accounts/post/requestBody/grants is a list without an end",
        "/paths/~1policy/put/requestBody/content/application~1json/schema/properties/values/maxProperties | - | /policy/put/requestBody/values is a map without an end",
        "/paths/~1policy/put/requestBody/content/application~1json/schema/properties/values/additionalProperties/maxLength | - | /policy/put/requestBody/values/* is a string without an end",
        "/components/schemas/NamedRef                             | -               | refers to nothing: #/components/schemas/NamedRef",
        "/components/schemas/HealthReport/additionalProperties    | true            | /components/schemas/HealthReport is open",
        "/components/schemas/HealthReport/required                | [\"no\"]        | /components/schemas/HealthReport requires what it has not: no",
        "/components/schemas/Round/enum                           | [\"MORNING\"]   | /components/schemas/Round is no enum of the product: [MORNING]",
        "/components/schemas/Round/enum                           | [\"RUNNING\", \"DONE\", \"FAILED\"] | /components/schemas/Round is not what the product's Round is: [RUNNING, DONE, FAILED]",
        "/components/schemas/Orphan                               | {}              | #/components/schemas/Orphan is used nowhere",
    })
    void documentThatBreaksARule_isCaught(String pointer, String json, String violation) throws IOException {
        var document = DOCUMENT.deepCopy();
        var at = pointer.lastIndexOf('/');
        var holder = (ObjectNode) document.at(pointer.substring(0, at));
        var member = pointer.substring(at + 1).replace("~1", "/").replace("~0", "~");
        if (json.equals("-")) {
            holder.remove(member);
        } else {
            holder.set(member, JSON.readTree(json));
        }
        var found = ContractRules.violations(document, enums);
        assertTrue(found.stream().anyMatch(line -> line.endsWith(violation)), () -> "not caught: " + violation + "; caught: " + found);
    }
}
