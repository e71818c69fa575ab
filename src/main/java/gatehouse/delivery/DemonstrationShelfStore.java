package gatehouse.delivery;

import gatehouse.kernel.Statements;
import java.util.List;
import java.util.UUID;

/** The guards of the demonstration. */
final class DemonstrationShelfStore {
    private DemonstrationShelfStore() {
    }

    record Guard(UUID compoundId, UUID accountId, UUID gateId) {
    }

    static List<Guard> guards(Statements where) {
        return where.sql("""
                select g.compound_id, g.account_id, g.reach_id from role_grant g
                join gate on gate.compound_id = g.compound_id and gate.id = g.reach_id
                where g.role = 'GUARD' and g.reach = 'GATE' order by g.compound_id, g.account_id""")
                .list(row -> new Guard(row.getUUID("compound_id"), row.getUUID("account_id"), row.getUUID("reach_id")));
    }
}
