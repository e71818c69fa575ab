package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.contract.Samples.Sample;
import gatehouse.contract.Samples.Target;
import gatehouse.contract.World.Place;
import gatehouse.http.Contract;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation, asked by every kind of person of every place, and by nobody at all. What a person may never do is 403; what lies
 * outside their reach is answered word for word like what does not exist. The whole of it is written to
 * {@code target/authorisation-matrix.txt}.
 */
@Order(1)
class AuthorisationMatrixTest {
    private static final int COLUMN = 12;
    private static final int TIMED = 11;
    private static World world;
    private static ApiClient loggedOut;
    private static final Map<Role, Set<String>> PERMISSIONS = new EnumMap<>(Role.class);
    private static final Map<String, String> TABLE = new java.util.TreeMap<>();

    @BeforeAll
    static void open() {
        world = new World();
        for (var role : Role.values()) {
            var permissions = new HashSet<String>();
            world.person(role).get("/me").expect(200).body().path("permissions").forEach(each -> permissions.add(each.asText()));
            PERMISSIONS.put(role, permissions);
        }
        loggedOut = world.fresh(Role.ADMIN);
        loggedOut.post("/auth/logout").expect(204);
    }

    @AfterAll
    static void writeAndClose() throws IOException {
        var head = "%-26s %-15s".formatted("operation", "of") + columns(List.of(Role.values()).stream().map(Role::name).toList())
                + columns(List.of("no token", "logged out"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/authorisation-matrix.txt"), head + "\n" + String.join("\n", TABLE.values())
                + "\n\nTime to be told that nothing is there, microseconds (median of " + TIMED + "), asked by the office:\n"
                + String.join("\n", timings()) + "\n");
        world.close();
    }

    /** For people to read; a machine under load would make any bound a lie. */
    private static List<String> timings() {
        var lines = new ArrayList<String>();
        var office = world.person(Role.OFFICE);
        for (var operation : world.api.contract().operations().values()) {
            var sample = Samples.of(operation.operationId());
            if (operation.method().equals("GET") && sample.filter(each -> each.target() == Target.HOUSEHOLD || each.target() == Target.COMPOUND).isPresent()
                    && isPermitted(operation, Role.OFFICE)) {
                lines.add(compared(operation.operationId(), sample.get(), office));
            }
        }
        return lines;
    }

    /** Asked by turns, so that both have the same weather. */
    private static String compared(String operationId, Sample sample, ApiClient caller) {
        var calls = List.of(sample.maker().call(world, caller, world.spot(Place.NOWHERE)), sample.maker().call(world, caller, world.spot(Place.OTHER_COMPOUND)));
        var nanos = new long[2][TIMED];
        for (int i = 0; i < TIMED; i++) {
            for (int which = 0; which < 2; which++) {
                long start = System.nanoTime();
                calls.get(which).by(caller);
                nanos[which][i] = System.nanoTime() - start;
            }
        }
        return "%-26s %8d where it does not exist %8d where it lies outside".formatted(operationId, medianMicros(nanos[0]), medianMicros(nanos[1]));
    }

    private static long medianMicros(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1_000;
    }

    private static String columns(List<String> cells) {
        var line = new StringBuilder();
        cells.forEach(cell -> line.append(("%-" + COLUMN + "s").formatted(cell.length() >= COLUMN ? cell.substring(0, COLUMN - 1) : cell)));
        return line.toString();
    }

    @TestFactory
    List<DynamicTest> operation_asksWhoYouAre() {
        return world.api.contract().operations().values().stream().map(operation ->
                DynamicTest.dynamicTest(operation.operationId(), () -> walk(operation))).toList();
    }

    private void walk(Contract.Operation operation) {
        var sample = Samples.of(operation.operationId()).orElseThrow(() -> new AssertionError(Samples.whatToAdd(operation.operationId())));
        var faults = new ArrayList<String>();
        var nowhere = new HashMap<Role, ApiClient.Answer>();
        for (var place : placesOf(sample.target())) {
            var cells = new ArrayList<String>();
            // Who is refused anyway may all be refused the same request.
            var refused = sample.maker().call(world, world.person(Role.REPAIRMAN), world.spot(place));
            for (var role : Role.values()) {
                var caller = sample.spendsCaller() ? world.fresh(role) : world.person(role);
                var answer = (isPermitted(operation, role) ? sample.maker().call(world, caller, world.spot(place)) : refused).by(caller);
                if (place == Place.NOWHERE) {
                    nowhere.put(role, answer);
                }
                faults.addAll(judge(operation, sample, role, place, answer, nowhere.get(role)));
                cells.add(String.valueOf(statusOf(answer)));
            }
            for (var nobody : List.of(world.api.visitor(), loggedOut)) {
                var answer = (operation.needsToken() ? refused : sample.maker().call(world, world.person(Role.REPAIRMAN), world.spot(place))).by(nobody);
                demand(operation.needsToken() == (answer.status() == 401), faults, "without a session: " + answer.status());
                cells.add(String.valueOf(answer.status()));
            }
            TABLE.put(operation.tag() + operation.operationId() + place.ordinal(), "%-26s %-15s".formatted(operation.operationId(),
                    sample.target() == Target.NONE ? "" : place.name().toLowerCase(java.util.Locale.ROOT)) + columns(cells));
        }
        assertEquals(List.of(), faults);
    }

    /** What does not exist comes first: what lies outside is compared with it. */
    private static List<Place> placesOf(Target target) {
        return switch (target) {
            case NONE -> List.of(Place.OWN_HOUSEHOLD);
            case SYSTEM -> List.of(Place.NOWHERE, Place.OWN_HOUSEHOLD);
            case HOUSEHOLD, COMPOUND, SELF ->
                    List.of(Place.NOWHERE, Place.OWN_HOUSEHOLD, Place.SAME_BUILDING, Place.OTHER_BUILDING, Place.OTHER_COMPOUND);
        };
    }

    private static List<String> judge(Contract.Operation operation, Sample sample, Role role, Place place, ApiClient.Answer answer,
                                      ApiClient.@org.jspecify.annotations.Nullable Answer nowhere) {
        var faults = new ArrayList<String>();
        var told = role + " of " + place + ": " + answer.status() + " " + answer.body();
        if (!isPermitted(operation, role)) {
            demand(answer.status() == 403 && answer.body().path("type").asText().equals("urn:gatehouse:problem:not-permitted"), faults, "may never, " + told);
        } else if (place != Place.NOWHERE && isWithin(sample.target(), role, place)) {
            demand(statusOf(answer) / 100 == 2, faults, "may, " + told);
        } else {
            demand(isNothing(answer), faults, "reaches beyond, " + told);
            demand(nowhere == null || place == Place.NOWHERE || withoutInstance(answer).equals(withoutInstance(nowhere)), faults,
                    "not like what does not exist (" + nowhere.body() + "), " + told);
        }
        faults.addAll(leaks(role, answer));
        return faults;
    }

    /** A name of somebody whose name this role may not read. */
    private static List<String> leaks(Role role, ApiClient.Answer answer) {
        var faults = new ArrayList<String>();
        for (var place : Place.values()) {
            var readable = answer.status() < 400 && World.namesReadBy(role).contains(place);
            demand(readable || !answer.body().toString().contains(world.spot(place).canary()), faults, role + " reads a name of " + place + ": " + answer.body());
        }
        return faults;
    }

    private static boolean isPermitted(Contract.Operation operation, Role role) {
        return !operation.needsToken() || PERMISSIONS.get(role).contains(operation.operationId());
    }

    private static boolean isWithin(Target target, Role role, Place place) {
        return switch (target) {
            case NONE -> true;
            case HOUSEHOLD -> World.reachOf(role).contains(place);
            case COMPOUND -> World.compoundsOf(role).contains(place);
            case SELF, SYSTEM -> place == Place.OWN_HOUSEHOLD;
        };
    }

    /** Of a batch that of its only member. */
    private static int statusOf(ApiClient.Answer answer) {
        return answer.body().path("results").path(0).path("status").asInt(answer.status());
    }

    private static boolean isNothing(ApiClient.Answer answer) {
        return statusOf(answer) == 404 || answer.status() == 400 || answer.status() == 200 && answer.body().path("items").isArray() && answer.body().path("items").isEmpty();
    }

    private static JsonNode withoutInstance(ApiClient.Answer answer) {
        var body = answer.body().deepCopy();
        body.findParents("instance").forEach(each -> ((ObjectNode) each).remove("instance"));
        return body;
    }

    private static void demand(boolean kept, List<String> faults, String fault) {
        if (!kept) {
            faults.add(fault);
        }
    }

    @Test
    void operationThatNobodyKnowsASampleFor_wouldBeNamed() {
        assertEquals(true, Samples.of("flyToTheMoon").isEmpty());
        assertEquals("no sample request for flyToTheMoon: add one to Samples.ALL, with what it is about (Target) and a valid call",
                Samples.whatToAdd("flyToTheMoon"));
    }
}
