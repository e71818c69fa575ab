package gatehouse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.http.Contract;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes up values from schemas: right ones, nearly right ones, and such as nobody in their right mind would send. */
final class Improviser {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ID = Pattern.compile("([0-9]{8}-[12]-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int KEPT_PER_NAME = 64;
    private static final List<String> STRANGE_TEXTS = List.of("", " ", "\u0000", "a\u0000b", "\uFEFF", "\u202E", "\uFFFF", "😷👨‍👩‍👧‍👦", "門", "' or 1=1 --",
            "\"; drop table x; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "../../etc/passwd", "%00", "%s%n", "null", "NaN", "-0", "1e999",
            "９".repeat(11), "0".repeat(400), "x".repeat(5_000), "\\", "\r\nX-Evil: 1", "2026-02-30", "0000-00-00", "-999999999-01-01", "+999999999-12-31",
            "9999-12-31", "0001-01-01", "2026-11-22T25:00:00Z", "24:00", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "20261122-1-" + new UUID(0, 0), "20269999-9-" + new UUID(0, 0), "ADMIN", "=cmd|' /C calc'!A0");

    private final Contract contract;
    /** What answers said under a name lately, to be said back. */
    private final Map<String, List<JsonNode>> heard = new ConcurrentHashMap<>();

    Improviser(Contract contract) {
        this.contract = contract;
    }

    /** Learns ids and other values from an answer; {@code kind} is what has the ids in it, the first segment of the path. */
    void hear(String kind, JsonNode answer) {
        answer.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                remember(member.getKey(), member.getValue());
                if (member.getKey().equals("id")) {
                    keep(idOf(kind), member.getValue());
                }
            }
            hear(member.getKey().equals("items") ? kind : member.getKey(), member.getValue());
        });
        if (answer.isArray()) {
            answer.forEach(each -> hear(kind, each));
        }
    }

    private static String idOf(String kind) {
        return "id of " + kind;
    }

    /** An id that was heard of this kind of thing, or any. */
    String id(RandomGenerator random, String kind) {
        var any = recall(random, "id", NODES.textNode("x"));
        return random.nextInt(4) == 0 ? any.asText() : recall(random, idOf(kind), any).asText();
    }

    void remember(String name, JsonNode value) {
        keep(value.isTextual() && ID.matcher(value.asText()).matches() ? "id" : name, value);
    }

    private void keep(String name, JsonNode value) {
        var values = heard.computeIfAbsent(name, nothing -> new ArrayList<>());
        synchronized (values) {
            if (values.size() < KEPT_PER_NAME) {
                values.add(value);
            } else {
                values.set(Math.floorMod(value.hashCode() + values.get(0).hashCode(), KEPT_PER_NAME), value);
            }
        }
    }

    private JsonNode recall(RandomGenerator random, String name, JsonNode otherwise) {
        var values = heard.getOrDefault(name, List.of());
        synchronized (values) {
            return values.isEmpty() ? otherwise : values.get(random.nextInt(values.size()));
        }
    }

    /** A value that the schema takes; a name that was heard in answers is often said back. */
    JsonNode right(RandomGenerator random, String name, JsonNode node) {
        var schema = contract.resolve(node);
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        var types = schema.path("type");
        return switch (types.isArray() ? types.get(random.nextInt(types.size())).asText() : types.asText()) {
            case "object" -> object(random, schema);
            case "array" -> array(random, name, schema);
            case "integer" -> random.nextBoolean() ? recall(random, name, NODES.numberNode(1)) : NODES.numberNode(random.nextInt(
                    schema.path("minimum").asInt(0), Math.min(schema.path("maximum").asInt(1_000), 1_000_000) + 1));
            case "number" -> tenths(random, schema);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> text(random, name, schema);
        };
    }

    private ObjectNode object(RandomGenerator random, JsonNode schema) {
        var object = NODES.objectNode();
        var required = new ArrayList<String>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(3) == 0) {
                object.set(property.getKey(), right(random, property.getKey(), property.getValue()));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            object.set(recall(random, "name", NODES.textNode("x")).asText(), right(random, "value", schema.path("additionalProperties")));
        }
        if (schema.path("properties").isEmpty() && !schema.has("additionalProperties")) {
            return object(random, contract.document().at("/components/schemas/SubmitHealthReport"));
        }
        return object;
    }

    private ArrayNode array(RandomGenerator random, String name, JsonNode schema) {
        var array = NODES.arrayNode();
        int least = schema.path("minItems").asInt(0);
        for (int i = random.nextInt(least, Math.min(least + 3, schema.path("maxItems").asInt(10)) + 1); i > 0; i--) {
            var item = right(random, name, schema.path("items"));
            if (!schema.path("uniqueItems").asBoolean() || !contains(array, item)) {
                array.add(item);
            }
        }
        return array;
    }

    private static boolean contains(ArrayNode array, JsonNode item) {
        for (var each : array) {
            if (each.equals(item)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode tenths(RandomGenerator random, JsonNode schema) {
        int least = (int) (schema.path("minimum").asDouble(0) * 10);
        int most = (int) (schema.path("maximum").asDouble(100) * 10);
        return NODES.numberNode(BigDecimal.valueOf(random.nextInt(least, most + 1), 1));
    }

    private JsonNode text(RandomGenerator random, String name, JsonNode schema) {
        var made = switch (schema.path("format").asText()) {
            case "date" -> "2026-11-%02d".formatted(random.nextInt(15, 30));
            case "date-time" -> "2026-11-22T0%d:00:00+08:00".formatted(random.nextInt(10));
            case "uuid" -> new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
            default -> word(random, schema.path("minLength").asInt(0), schema.path("maxLength").asInt(20));
        };
        if (name.equals("phone")) {
            return NODES.textNode("139%08d".formatted(random.nextInt(100_000_000)));
        }
        boolean isId = name.equals("id") || name.endsWith("Id") || name.equals("buildings");
        return random.nextInt(4) == 0 ? NODES.textNode(made) : recall(random, isId ? "id" : name, NODES.textNode(made));
    }

    private static String word(RandomGenerator random, int least, int most) {
        var letters = "王小明abcXYZ019 -，";
        var word = new StringBuilder();
        for (int i = random.nextInt(least, Math.max(least, Math.min(most, 12)) + 1); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    static String strangeText(RandomGenerator random) {
        return STRANGE_TEXTS.get(random.nextInt(STRANGE_TEXTS.size()));
    }

    JsonNode strange(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(new BigInteger("9".repeat(random.nextInt(1, 400))));
            case 4 -> NODES.numberNode(new BigDecimal("1e" + random.nextInt(-300, 300)));
            case 5 -> NODES.numberNode(-random.nextDouble());
            case 6 -> NODES.objectNode();
            case 7 -> NODES.arrayNode().add(NODES.arrayNode().add(NODES.objectNode()));
            case 8 -> NODES.objectNode().put(strangeText(random), 1);
            default -> NODES.textNode(strangeText(random));
        };
    }

    /** The same value with something in it changed, somewhere. */
    JsonNode spoilt(RandomGenerator random, JsonNode right) {
        var copy = right.deepCopy();
        var holders = new ArrayList<JsonNode>();
        holdersIn(copy, holders);
        if (holders.isEmpty()) {
            return strange(random);
        }
        switch (holders.get(random.nextInt(holders.size()))) {
            case ObjectNode object -> {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var name = names.isEmpty() || random.nextInt(8) == 0 ? strangeText(random) : names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, strange(random));
                }
            }
            case ArrayNode array -> array.insert(random.nextInt(array.size() + 1), strange(random));
            default -> throw new IllegalStateException("neither object nor array");
        }
        return copy;
    }

    private static void holdersIn(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(child -> holdersIn(child, holders));
        }
    }

    /** Text that is no longer JSON, or only just. */
    static byte[] broken(RandomGenerator random, byte[] json) {
        var bytes = json.clone();
        return switch (random.nextInt(5)) {
            case 0 -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            case 2 -> ("[".repeat(random.nextInt(1, 3_000)) + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case 3 -> "{\"a\":\"\\ud800\",\"\\udfff\":1e999}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8).getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        };
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException halfACharacter) {
            return "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
