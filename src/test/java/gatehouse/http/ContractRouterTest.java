package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A process whose routes and contract do not match does not start. */
class ContractRouterTest {
    private static final String ONE_OPERATION = """
            paths: { /me: { get: { operationId: getMe, tags: [me], responses: { '200': { description: Me. } } } } }
            """;

    private static Endpoint endpoint(String operationId, Allow allow) {
        return Endpoint.of(operationId, allow, request -> Reply.noContent());
    }

    private static ContractRouter router(Contract contract, List<Endpoint> endpoints) {
        return new ContractRouter(contract, endpoints, token -> {
            throw Problem.of(ProblemType.NOT_LOGGED_IN);
        }, new ProxyTrust(List.of()), Thread::startVirtualThread, new RequestMeter(new SimpleMeterRegistry()), BusinessClock.system());
    }

    private static String refusal(Endpoint... endpoints) {
        return assertThrows(IllegalStateException.class, () -> router(Contract.of(List.of(ONE_OPERATION)), List.of(endpoints))).getMessage();
    }

    @Test
    void matchingEndpoint_boots() {
        assertDoesNotThrow(() -> router(Contract.of(List.of(ONE_OPERATION)), List.of(endpoint("getMe", Allow.loggedIn()))));
    }

    @Test
    void operationWithoutEndpoint_isRefused() {
        assertEquals("operations without an endpoint: [getMe]; endpoints without an operation: []", refusal());
    }

    @Test
    void endpointWithoutOperation_isRefused() {
        assertEquals("operations without an endpoint: []; endpoints without an operation: [getYou]",
                refusal(endpoint("getMe", Allow.loggedIn()), endpoint("getYou", Allow.loggedIn())));
    }

    @Test
    @SuppressWarnings("NullAway")
    void endpointWithoutAllow_isRefused() {
        assertEquals("endpoint without Allow: getMe", refusal(endpoint("getMe", null)));
    }

    @Test
    void endpointGivenTwice_isRefused() {
        assertEquals("two endpoints for getMe", refusal(endpoint("getMe", Allow.loggedIn()), endpoint("getMe", Allow.everyone())));
    }

    @Test
    void endpointWhoseAllowContradictsItsSecurity_isRefused() {
        assertEquals("the contract says that getMe needs a token, its Allow says that it needs none", refusal(endpoint("getMe", Allow.everyone())));
    }

    private static String contractRefusal(String... files) {
        return assertThrows(IllegalStateException.class, () -> Contract.of(List.of(files))).getMessage();
    }

    @Test
    void pathInTwoFiles_isRefused() {
        assertEquals("the contract has /me twice", contractRefusal(ONE_OPERATION, ONE_OPERATION));
    }

    @Test
    void operationIdUsedTwice_isRefused() {
        assertEquals("operationId used twice: getMe", contractRefusal(ONE_OPERATION, ONE_OPERATION.replace("/me", "/you")));
    }

    @Test
    void schemaInTwoFiles_isRefused() {
        var schema = "components: { schemas: { Me: { type: object } } }\n";
        assertEquals("the contract has Me twice", contractRefusal(ONE_OPERATION + schema, schema));
    }

    @Test
    void pathsThatDifferOnlyInTheirParametersName_areRefused() {
        var two = """
                paths:
                  /a/{x}: { get: { operationId: one, tags: [t], responses: { '200': { description: One. } } } }
                  /a/{y}: { get: { operationId: other, tags: [t], responses: { '200': { description: Other. } } } }
                """;
        assertTrue(assertThrows(IllegalStateException.class, () -> router(Contract.of(List.of(two)),
                List.of(endpoint("one", Allow.loggedIn()), endpoint("other", Allow.loggedIn())))).getMessage().startsWith("two routes for GET"));
    }

    @Test
    void everyRole_isAllowedExactlyWhereItIsNamed() {
        for (var role : Role.values()) {
            var caller = TestDoor.caller(role);
            assertDoesNotThrow(() -> Allow.only(role).check(caller));
            assertDoesNotThrow(() -> Allow.loggedIn().check(caller));
            for (var other : Role.values()) {
                if (other != role) {
                    assertEquals(ProblemType.NOT_PERMITTED, assertThrows(Problem.class, () -> Allow.only(other).check(caller)).type());
                }
            }
        }
    }

    @Test
    void scope_isThatOfTheRolesThatAreAllowed() {
        var own = new UUID(1, 1);
        var other = new UUID(1, 2);
        var household = new UUID(5, 5);
        var caller = new Caller(new UUID(2, 2), own, new UUID(3, 3), null, null, new ArrayList<>(List.of(
                new Caller.Grant(Role.RESIDENT, Scope.ofHousehold(own, household)), new Caller.Grant(Role.OFFICE, Scope.ofCompounds(Set.of(other))))));
        assertEquals(Scope.ofHousehold(own, household), Allow.only(Role.RESIDENT).check(caller));
        assertEquals(Scope.ofCompounds(Set.of(other)), Allow.only(Role.OFFICE).check(caller));
        assertEquals(Map.of(true, true), Map.of(Allow.loggedIn().check(caller).sees(own, new UUID(9, 9), household), true));
    }

    @Test
    void whoLivesAndWorksHere_actsAsTheSideThatIsNamed_andNobodyElseIsChanged() {
        var compound = new UUID(1, 1);
        var household = new UUID(5, 5);
        var resident = new Caller.Grant(Role.RESIDENT, Scope.ofHousehold(compound, household));
        var guard = new Caller.Grant(Role.GUARD, Scope.ofCompounds(Set.of(compound)));
        var both = new Caller(new UUID(2, 2), compound, new UUID(3, 3), new UUID(4, 4), household, List.of(resident, guard));
        assertEquals(List.of(resident), both.as("RESIDENT").grants());
        assertEquals(household, both.as("RESIDENT").householdId());
        assertEquals(Scope.ofHousehold(compound, household), Allow.loggedIn().check(both.as("RESIDENT")));
        assertEquals(List.of(guard), both.as("STAFF").grants());
        assertEquals(null, both.as("STAFF").householdId());
        assertEquals(both, both.as(null));
        assertEquals(both, both.as("ADMIN"));
        var neighbour = new Caller(new UUID(2, 3), compound, new UUID(3, 4), new UUID(4, 5), household, List.of(resident));
        assertEquals(neighbour, neighbour.as("STAFF"));
    }
}
