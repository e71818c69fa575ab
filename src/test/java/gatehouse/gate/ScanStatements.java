package gatehouse.gate;

import gatehouse.gate.GateStore.Asked;
import gatehouse.gate.ScanStore.Shown;
import gatehouse.kernel.Overheard;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The statement of a list of scans, as the store runs it. */
public final class ScanStatements {
    private static final UUID ANY = new UUID(0, 0);

    private ScanStatements() {
    }

    public static String scan() {
        return Overheard.statement(tx -> ScanStore.scan(tx, List.of(new Shown(new Asked(ANY, ANY, 0, LocalDate.EPOCH), null, null, null))));
    }
}
