package gatehouse.outing;

import gatehouse.http.Caller;
import gatehouse.kernel.Tx;
import gatehouse.outing.OutingStore.By;
import gatehouse.outing.OutingStore.Entry;
import gatehouse.registry.HouseholdMoves;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whoever leaves the compound leaves no pass behind that opens its gate: what they have not used is cancelled, and others get their places.
 * Somebody who is out has left already; whoever moves within the compound goes out as before.
 */
final class MovedPasses implements HouseholdMoves {
    private final WaitActions lines;

    MovedPasses(WaitActions lines) {
        this.lines = lines;
    }

    @Override
    public Map<UUID, UUID> moved(Tx tx, UUID compound, List<Move> moves, Caller caller, OffsetDateTime now) {
        OutingStore.dropBuyers(tx, compound, moves.stream().map(Move::from).toList(), moves.stream().map(Move::residentId).toList());
        var gone = moves.stream().filter(move -> move.to() == null).map(Move::residentId).toList();
        if (!gone.isEmpty()) {
            // First, so that nobody who is gone is offered a place of their own.
            lines.leaveAll(tx, compound, gone, now);
            cancel(tx, OutingStore.unused(tx, compound, gone, now), new By(caller.compoundId(), caller.accountId()), now);
        }
        return Map.of();
    }

    private void cancel(Tx tx, List<OutingPass> unused, By by, OffsetDateTime now) {
        var entries = new ArrayList<Entry>();
        for (var before : unused) {
            var after = before.moved(PassState.CANCELLED, before.window(), before.decidedAt(), before.reason());
            if (!OutingStore.move(tx, before, after)) {
                throw new IllegalStateException("a pass that is held was moved");
            }
            entries.add(new Entry(after.compoundId(), after.id(), after.version(), PassEvent.CANCEL, before.state(), after.state(), null, now, by));
            lines.giveBack(tx, before, now);
        }
        OutingStore.append(tx, entries);
    }
}
