package gatehouse.health;

import gatehouse.http.Caller;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of travel declarations. */
final class TravelStore {
    private TravelStore() {
    }

    /** A declaration as it is kept; {@code observationId} is the one that it opened, prolonged or found. */
    record Declaration(UUID compoundId, UUID id, UUID residentId, List<TravelStay> stays, boolean contactWithCase, OffsetDateTime declaredAt,
                       @Nullable UUID observationId) {
    }

    static void add(Tx tx, Declaration declaration, Caller by) {
        tx.sql("""
                insert into travel_declaration (compound_id, id, resident_id, contact_with_case, declared_by_compound_id, declared_by,
                    declared_at, observation_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(declaration.compoundId).bind(declaration.id).bind(declaration.residentId).bind(declaration.contactWithCase)
                .bind(by.compoundId()).bind(by.accountId()).bind(declaration.declaredAt).bind(declaration.observationId).update();
        var stays = declaration.stays;
        tx.sql("""
                insert into travel_stay (compound_id, declaration_id, position, region_code, region_name, arrived_on, left_on, transport)
                select $1, $2, * from unnest($3::smallint[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[])""")
                .bind(declaration.compoundId).bind(declaration.id)
                .bind(IntStream.range(0, stays.size()).mapToObj(each -> (short) each).toArray(Short[]::new))
                .bind(column(stays, TravelStay::regionCode, String[]::new)).bind(column(stays, TravelStay::regionName, String[]::new))
                .bind(column(stays, TravelStay::arrivedOn, LocalDate[]::new)).bind(column(stays, TravelStay::leftOn, LocalDate[]::new))
                .bind(column(stays, TravelStay::transport, String[]::new)).update();
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
