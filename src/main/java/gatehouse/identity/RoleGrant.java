package gatehouse.identity;

import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import java.util.List;
import java.util.UUID;

/** One role of an account and the place where it holds. */
public record RoleGrant(Role role, Reach reach, UUID reachId) {

    /** The rows that it lets an account of {@code home} see. A guard serves everybody of the compound, at their gate. */
    Scope scope(UUID home, Territory territory) {
        return switch (reach) {
            case HOUSEHOLD -> Scope.ofHousehold(home, reachId);
            case GATE -> Scope.ofCompounds(List.of(home));
            case GRID -> Scope.ofBuildings(home, territory.buildingsOfGrid(reachId));
            case COMPOUND -> Scope.ofCompounds(List.of(reachId));
            case COMMUNITY -> Scope.ofCompounds(territory.compoundsOfCommunity(reachId));
            case SUBDISTRICT -> Scope.ofCompounds(territory.compoundsOfSubdistrict(reachId));
            case EVERYTHING -> Scope.ofCompounds(territory.allCompounds());
        };
    }
}
