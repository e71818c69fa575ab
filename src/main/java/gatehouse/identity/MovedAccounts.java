package gatehouse.identity;

import gatehouse.http.Caller;
import gatehouse.identity.IdentityStore.Key;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.registry.HouseholdMoves;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Residents who move take their account along: it opens the new household and no longer the old one, from the commit on. */
final class MovedAccounts implements HouseholdMoves {
    private final IdentityStore store;
    private final SessionStore sessions;

    MovedAccounts(IdentityStore store, SessionStore sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    @Override
    public Map<UUID, UUID> moved(Tx tx, UUID compound, List<Move> moves, Caller caller, OffsetDateTime now) {
        var byResident = moves.stream().collect(Collectors.toMap(Move::residentId, Function.identity()));
        var concerned = new HashMap<UUID, UUID>();
        store.lockOfResidents(tx, compound, List.copyOf(byResident.keySet())).forEach((account, resident) -> {
            var move = byResident.get(resident);
            var key = new Key(compound, account);
            store.take(tx, key, List.of(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, move.from())));
            if (move.to() != null) {
                store.give(tx, key, List.of(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, move.to())), null, now);
            }
            store.raiseVersion(tx, key);
            if (!store.hasGrants(tx, key)) {
                sessions.endAll(tx, compound, account, now);
            }
            concerned.put(resident, account);
        });
        return concerned;
    }
}
