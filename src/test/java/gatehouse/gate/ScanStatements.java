package gatehouse.gate;

import gatehouse.gate.GatePolicy.Effect;
import gatehouse.gate.GateStore.Asked;
import gatehouse.gate.GateStore.Keeping;
import gatehouse.kernel.Overheard;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The two statements of a list of scans, as the store runs them. */
public final class ScanStatements {
    private static final UUID ANY = new UUID(0, 0);

    private ScanStatements() {
    }

    public static String find() {
        return Overheard.statement(tx -> GateStore.find(tx, List.of(new Asked(ANY, ANY, 0, LocalDate.EPOCH))));
    }

    public static String keep() {
        var scan = new GateScan(ANY, ANY, ANY, Direction.OUT, OffsetDateTime.MIN, OffsetDateTime.MIN, false, ANY, ANY, ANY, ANY, 365, true, true,
                GateReason.OK, true, null, ANY, ANY);
        return Overheard.statement(tx -> GateStore.keep(tx, List.of(new Keeping(scan, Effect.LEAVES, 1, "APPROVED"))));
    }
}
