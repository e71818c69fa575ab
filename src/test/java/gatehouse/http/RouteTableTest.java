package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.http.RouteTable.Match;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable<String> routes = new RouteTable<>();

    @BeforeEach
    void routes() {
        routes.add("GET", "/things", "list");
        routes.add("POST", "/things", "create");
        routes.add("GET", "/things/{id}", "one");
        routes.add("GET", "/things/special", "special");
        routes.add("GET", "/things/{thing}/parts/{part}", "part");
        routes.add("GET", "/things/special/parts/all", "all parts");
        routes.add("PUT", "/rounds/{date}/{round}/missing", "missing");
    }

    private void found(String method, String path, String route, Map<String, String> parameters) {
        assertEquals(new Match.Found<>(route, parameters), routes.find(method, path));
    }

    private void nothing(String path) {
        assertEquals(new Match.Nothing<String>(), routes.find("GET", path));
    }

    @Test
    void literal_isFoundByMethod() {
        found("GET", "/things", "list", Map.of());
        found("POST", "/things", "create", Map.of());
    }

    @Test
    void literal_goesBeforeParameter() {
        found("GET", "/things/special", "special", Map.of());
        found("GET", "/things/specials", "one", Map.of("id", "specials"));
    }

    @Test
    void literalThatLeadsNowhere_givesWayToParameter() {
        found("GET", "/things/special/parts/7", "part", Map.of("thing", "special", "part", "7"));
        found("GET", "/things/special/parts/all", "all parts", Map.of());
        found("GET", "/things/x/parts/all", "part", Map.of("thing", "x", "part", "all"));
    }

    @Test
    void parameters_keepTheirPlaces() {
        found("PUT", "/rounds/2026-11-22/MORNING/missing", "missing", Map.of("date", "2026-11-22", "round", "MORNING"));
    }

    @Test
    void otherMethods_areNamed() {
        assertEquals(new Match.OtherMethods<String>(new TreeSet<>(List.of("GET", "POST"))), routes.find("DELETE", "/things"));
    }

    @Test
    void pathThatIsOnlyTheBeginningOfARoute_isNothing() {
        nothing("/rounds");
        nothing("/things/x/parts");
        nothing("/things/x/parts/7/more");
    }

    @Test
    void emptySegments_areNothing() {
        nothing("/");
        nothing("/things/");
        nothing("//things");
        nothing("/things//parts/7");
    }

    @Test
    void encodedSlash_staysInItsSegment() {
        found("GET", "/things/a%2Fb", "one", Map.of("id", "a%2Fb"));
    }

    @Test
    void routeGivenTwice_isRefused() {
        assertThrows(IllegalStateException.class, () -> routes.add("GET", "/things/{other}", "again"));
    }
}
