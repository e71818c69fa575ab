package gatehouse.ticket;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The days that a compound's office entered. */
final class CalendarStore {
    private CalendarStore() {
    }

    record Entry(LocalDate day, boolean worked, String name) {
    }

    static List<Entry> entries(Statements where, UUID compound) {
        return where.sql("select day, worked, name from working_day where compound_id = $1 order by day").bind(compound)
                .list(row -> new Entry(row.getLocalDate("day"), row.getBoolean("worked"), row.getString("name")));
    }

    static int version(Statements where, UUID compound) {
        return where.sql("select version from working_calendar where compound_id = $1").bind(compound).first(row -> row.getInteger("version")).orElse(0);
    }

    static void set(Tx tx, UUID compound, Entry entry, OffsetDateTime now, UUID account) {
        raise(tx, compound);
        tx.sql("""
                insert into working_day (compound_id, day, worked, name, set_at, set_by) values ($1, $2, $3, $4, $5, $6)
                on conflict (compound_id, day) do update set worked = excluded.worked, name = excluded.name, set_at = excluded.set_at, set_by = excluded.set_by""")
                .bind(compound).bind(entry.day).bind(entry.worked).bind(entry.name).bind(now).bind(account).update();
    }

    /** False where the office had entered nothing for that day. */
    static boolean remove(Tx tx, UUID compound, LocalDate day) {
        raise(tx, compound);
        return tx.sql("delete from working_day where compound_id = $1 and day = $2").bind(compound).bind(day).update() == 1;
    }

    private static void raise(Tx tx, UUID compound) {
        tx.sql("""
                insert into working_calendar as w (compound_id, version) values ($1, 1)
                on conflict (compound_id) do update set version = w.version + 1""").bind(compound).update();
    }
}
