package gatehouse.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.contract.Samples.Call;
import gatehouse.contract.World.Place;
import gatehouse.http.Contract;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation succeeds for somebody, with every success that the contract names; and what takes a key keeps its promise. */
class EveryAnswerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static Stream<Contract.Operation> operations() {
        return world.api.contract().operations().values().stream();
    }

    /** The first role that may; an operation for everyone is asked by nobody. */
    private static ApiClient somebodyWhoMay(Contract.Operation operation) {
        if (!operation.needsToken()) {
            return world.api.visitor();
        }
        return Stream.of(Role.values()).filter(role -> world.person(role).me().path("permissions").toString().contains('"' + operation.operationId() + '"'))
                .findFirst().map(world::fresh).orElseThrow(() -> new AssertionError("nobody may " + operation.operationId()));
    }

    private static Call call(Contract.Operation operation, ApiClient caller) {
        return Samples.of(operation.operationId()).orElseThrow(() -> new AssertionError(Samples.whatToAdd(operation.operationId())))
                .maker().call(world, caller, world.spot(Place.OWN_HOUSEHOLD));
    }

    @TestFactory
    Stream<DynamicTest> operation_succeedsInEveryWayTheContractNames() {
        return operations().map(operation -> DynamicTest.dynamicTest(operation.operationId(), () -> {
            var named = new TreeSet<Integer>();
            operation.node().path("responses").fieldNames().forEachRemaining(status -> {
                if (status.startsWith("2")) {
                    named.add(Integer.parseInt(status));
                }
            });
            var seen = new TreeSet<Integer>();
            var caller = somebodyWhoMay(operation);
            // Twice: what was a first report is a correction then.
            for (int i = 0; i < Math.min(2, named.size()); i++) {
                seen.add(call(operation, caller).by(caller).status());
            }
            assertEquals(named, seen);
        }));
    }

    /** None of these was ever given out; times that PostgreSQL cannot hold, and a character that it cannot. */
    private static final List<String> FOREIGN_CURSORS = List.of("+294300-01-01T00:00:00Z|" + new UUID(1, 1), "+999999999-12-31T23:59:59Z|" + new UUID(1, 1),
            "-999999999-01-01T00:00:00Z|" + new UUID(1, 1) + "|1", "2026-11-22T00:00:00Z|" + new UUID(1, 1) + "|99999999999999999999", "99991231-9-" + new UUID(1, 1),
            new UUID(1, 1) + "/" + new UUID(1, 1) + "/", "999999999999", "|", "/", "\uFFFF", "门");

    @TestFactory
    Stream<DynamicTest> listAskedWithAForeignCursor_isNoFault() {
        return operations().filter(operation -> operation.parameters().stream().anyMatch(each -> each.name().equals("cursor")))
                .map(operation -> DynamicTest.dynamicTest(operation.operationId(), () -> {
                    var caller = somebodyWhoMay(operation);
                    var path = call(operation, caller).path();
                    for (var cursor : FOREIGN_CURSORS) {
                        int status = caller.get(withCursor(path, cursor)).status();
                        assertTrue(status == 200 || status == 400, () -> cursor + " is answered " + status);
                    }
                    for (var cursor : List.of("\0", "x\0", "\u001f")) {
                        caller.get(withCursor(path, cursor)).expectBadField("?cursor");
                    }
                }));
    }

    private static String withCursor(String path, String place) {
        return path + (path.contains("?") ? "&" : "?") + "cursor=" + Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> operationWithAKey_takesEffectOnce() {
        return operations().filter(operation -> operation.parameters().stream().anyMatch(each -> each.name().equals("Idempotency-Key")))
                .map(operation -> DynamicTest.dynamicTest(operation.operationId(), () -> keepsItsPromise(operation)));
    }

    private static void keepsItsPromise(Contract.Operation operation) {
        var caller = somebodyWhoMay(operation);
        var keyed = caller.withKey(UUID.randomUUID());
        var call = call(operation, caller);
        var first = call.by(keyed);
        assertEquals(2, first.status() / 100, () -> first.body().toString());
        assertTrue(first.header("Idempotent-Replay").isEmpty());
        var again = call.by(keyed);
        assertEquals(first.status(), again.status(), () -> again.body().toString());
        assertEquals("true", again.header("Idempotent-Replay").orElse("missing"));
        assertEquals(withoutTokens(first), withoutTokens(again));
        changed(call).by(keyed).expectProblem(422, "key-reused");
    }

    /** Nearly the same call: another line in the file, another name, reason, day or temperature in the body, another household, account or slot in the path. */
    private static Call changed(Call call) {
        var path = call.path().replace(world.spot(Place.OWN_HOUSEHOLD).household().toString(), world.spot(Place.SAME_BUILDING).household().toString())
                .replaceFirst("/accounts/[^/]+/reset", "/accounts/" + world.newResidentAccount(world.spot(Place.SAME_BUILDING)) + "/reset")
                .replace("-1000-", "-1030-");
        if (World.PHOTO_FORM.equals(call.mediaType())) {
            return new Call(call.method(), path, World.photoForm(64), call.mediaType(), Map.of());
        }
        if (call.body() instanceof byte[] file) {
            return new Call(call.method(), path, (new String(file, UTF_8) + "1,1,102,某人\n").getBytes(UTF_8), call.mediaType(), Map.of());
        }
        var body = JSON.valueToTree(call.body());
        if (body instanceof ObjectNode object && (object.has("name") || object.isEmpty() || object.has("note"))) {
            object.put(object.has("name") ? "name" : "note", World.name());
        }
        body.findParents("reason").forEach(asked -> ((ObjectNode) asked).put("reason", World.name()));
        body.findParents("purpose").forEach(asked -> ((ObjectNode) asked).put("purpose", World.name()));
        body.findParents("description").forEach(told -> ((ObjectNode) told).put("description", World.name()));
        body.findParents("station").forEach(told -> ((ObjectNode) told).put("station", World.name()));
        body.findParents("text").stream().filter(told -> told.path("text").isTextual()).forEach(told -> ((ObjectNode) told).put("text", World.name()));
        body.findParents("contactWithCase").forEach(declared -> ((ObjectNode) declared).put("contactWithCase", true));
        body.findParents("takenOn").forEach(test -> ((ObjectNode) test).put("takenOn", "2026-11-21"));
        body.findParents("gateId").forEach(where -> ((ObjectNode) where).put("gateId", world.spot(Place.OTHER_BUILDING).gate().toString()));
        body.findParents("purpose").forEach(what -> ((ObjectNode) what).put("purpose", World.name()));
        body.findParents("templateIds").forEach(accepted -> ((ObjectNode) accepted).putArray("templateIds").add("template-ticket"));
        body.findParents("carrier").forEach(waybill -> ((ObjectNode) waybill).put("carrier", World.name()));
        body.findParents("until").forEach(named -> ((ObjectNode) named).put("until", "2026-11-23"));
        body.findParents("pickupCode").forEach(shown -> ((ObjectNode) shown).put("pickupCode", shown.path("pickupCode").asText().replace('-', ' ')));
        body.findParents("temperature").forEach(report -> ((ObjectNode) report).put("temperature", 36.6));
        return new Call(call.method(), path, call.body() == null ? null : body, null, Map.of());
    }

    /** The repetition of an activation logs in anew. */
    private static String withoutTokens(ApiClient.Answer answer) {
        return answer.body().toString().replaceAll("\"(access|refresh)Token\":\"[^\"]+\"", "");
    }

    /** What a kind of person sees of itself is what it may call; the answers above were asked by it. */
    @Test
    void permissions_ofAllRoles_coverEveryOperationThatNeedsAToken() {
        var covered = new LinkedHashSet<String>();
        for (var role : Role.values()) {
            world.person(role).me().path("permissions").forEach(each -> covered.add(each.asText()));
        }
        var needed = new ArrayList<>(operations().filter(Contract.Operation::needsToken).map(Contract.Operation::operationId).toList());
        needed.removeAll(covered);
        assertEquals(List.of(), needed);
    }
}
