package gatehouse.gate;

import gatehouse.kernel.Statements;
import gatehouse.outing.PassConditions;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What a gate without network is told of passes. */
final class KitStore {
    private KitStore() {
    }

    /** A pass that may be shown; {@code number} is all that its codes name it by. */
    record KitPass(long number, String state, String colour, OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil,
                   int cardSerial, PassConditions conditions) {
    }

    /**
     * Passes that were approved and are good on that day or later, however far ahead they are booked, and those whose holders are still out. What was
     * never approved has no code.
     */
    static List<KitPass> passes(Statements where, UUID compoundId, LocalDate day) {
        return where.sql("""
                select p.code_number, p.state, p.colour, p.kind, p.valid_from, p.leave_by, p.valid_until, p.card_serial,
                """ + GateStore.CONDITIONS + """

                from (select $2::date as day) w
                join outing_pass p on p.compound_id = $1 and (p.state in ('OUT', 'OVERDUE')
                    or (p.outing_date >= w.day - 2 and p.valid_until >= w.day::timestamp at time zone 'Asia/Shanghai'))
                join household h on h.compound_id = p.compound_id and h.id = p.household_id
                where p.state not in ('PENDING', 'REJECTED') and p.decided_at is not null
                order by p.code_number""")
                .bind(compoundId).bind(day)
                .list(row -> new KitPass(row.getLong("code_number"), row.getString("state"), row.getString("colour"),
                        row.getOffsetDateTime("valid_from"), row.getOffsetDateTime("leave_by"), row.getOffsetDateTime("valid_until"),
                        row.getInteger("card_serial"), GateStore.conditions(row)));
    }
}
