package gatehouse.door;

import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For whom it was arranged that things are brought to the door. */
final class DoorArrangementStore {
    private static final String ARRANGEMENTS = """
            select d.*, h.label as household from door_arrangement d join household h on h.compound_id = d.compound_id and h.id = d.household_id
            """;

    private DoorArrangementStore() {
    }

    /** False where one stands already: one household has one at a time. */
    static boolean insert(Tx tx, DoorArrangement asked, UUID byCompound, UUID by) {
        boolean decided = asked.decidedAt() != null;
        return tx.sql("""
                insert into door_arrangement (compound_id, id, household_id, building_id, state, note, until_date, asked_at, asked_by_compound_id, asked_by,
                    decided_at, decided_by_compound_id, decided_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                on conflict (compound_id, household_id) where state in ('ASKED', 'GRANTED') do nothing""")
                .bind(asked.compoundId()).bind(asked.id()).bind(asked.householdId()).bind(asked.buildingId()).bind(asked.state().name()).bind(asked.note())
                .bind(asked.until()).bind(asked.askedAt()).bind(byCompound).bind(by).bind(asked.decidedAt()).bind(decided ? byCompound : null)
                .bind(decided ? by : null).update() == 1;
    }

    static boolean decide(Tx tx, DoorArrangement asked, DoorArrangementState to, LocalDate until, @Nullable String answer, OffsetDateTime now, @Nullable UUID byCompound,
                          @Nullable UUID by) {
        return tx.sql("""
                update door_arrangement set state = $4, until_date = $5, answer = $6, decided_at = $7, decided_by_compound_id = $8, decided_by = $9
                where compound_id = $1 and id = $2 and state = $3""")
                .bind(asked.compoundId()).bind(asked.id()).bind(asked.state().name()).bind(to.name()).bind(until).bind(answer).bind(now)
                .bind(byCompound).bind(by).update() == 1;
    }

    /** Those whose last day is over. */
    static int endPast(Tx tx, LocalDate today, OffsetDateTime now) {
        return tx.sql("""
                update door_arrangement set state = 'ENDED', decided_at = coalesce(decided_at, $2) where state in ('ASKED', 'GRANTED') and until_date < $1""")
                .bind(today).bind(now).update();
    }

    static Optional<DoorArrangement> find(Statements where, Scope scope, UUID id) {
        return where.sql(ARRANGEMENTS + "where" + Scope.seesSinceHome("d.asked_at") + "and d.id = $5").within(scope).bind(id).first(DoorArrangementStore::arrangement);
    }

    /** Of those who live in a household the last. */
    static Optional<DoorArrangement> last(Statements where, UUID compound, UUID household) {
        return where.sql(ARRANGEMENTS + "where d.compound_id = $1 and d.household_id = $2 and d.asked_at >= h.inhabited_since order by d.id desc limit 1").bind(compound).bind(household)
                .first(DoorArrangementStore::arrangement);
    }

    static List<DoorArrangement> arrangements(Statements where, Scope scope, @Nullable DoorArrangementState state, Page.Request page, @Nullable UUID before) {
        return where.sql(ARRANGEMENTS + "where" + Scope.seesSinceHome("d.asked_at") + """
                  and ($5::text is null or d.state = $5) and ($6::uuid is null or d.id < $6) order by d.id desc limit $7""")
                .within(scope).bind(state == null ? null : state.name()).bind(before).bind(page.rows()).list(DoorArrangementStore::arrangement);
    }

    private static DoorArrangement arrangement(Row row) {
        return new DoorArrangement(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getString("household"), DoorArrangementState.valueOf(row.getString("state")), row.getString("note"), row.getLocalDate("until_date"),
                row.getOffsetDateTime("asked_at"), row.getOffsetDateTime("decided_at"), row.getString("answer"));
    }
}
