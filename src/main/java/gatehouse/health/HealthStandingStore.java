package gatehouse.health;

import gatehouse.kernel.Statements;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What {@link HealthStanding} is read from: each person's open alert, open observation, reports of one day, and last journey. */
final class HealthStandingStore {
    private HealthStandingStore() {
    }

    private record Standing(UUID residentId, HealthStanding standing) {
    }

    static Map<UUID, HealthStanding> standings(Statements where, List<HealthStanding.Person> people, LocalDate date) {
        return where.sql("""
                select w.resident_id,
                       exists (select 1 from health_report p where p.compound_id = w.compound_id and p.resident_id = w.resident_id
                               and p.report_date = $4 and p.round = 1) as morning,
                       exists (select 1 from health_report p where p.compound_id = w.compound_id and p.resident_id = w.resident_id
                               and p.report_date = $4 and p.round = 2) as afternoon,
                       exists (select 1 from health_alert a where a.compound_id = w.compound_id and a.resident_id = w.resident_id
                               and a.state <> 'CLOSED') as alert_open,
                       (select o.starts_on + o.days from observation o where o.compound_id = w.compound_id
                        and o.resident_id = w.resident_id and o.state = 'OPEN') as observed_until,
                       exists (select 1 from travel_declaration t join travel_stay s on s.compound_id = t.compound_id
                               and s.declaration_id = t.id
                               where t.compound_id = w.compound_id and t.resident_id = w.resident_id and s.left_on >= w.returned_since) as returned
                from unnest($1::uuid[], $2::uuid[], $3::date[]) as w (compound_id, resident_id, returned_since)""")
                .bind(people.stream().map(HealthStanding.Person::compoundId).toArray(UUID[]::new))
                .bind(people.stream().map(HealthStanding.Person::residentId).toArray(UUID[]::new))
                .bind(people.stream().map(HealthStanding.Person::returnedSince).toArray(LocalDate[]::new))
                .bind(date)
                .list(HealthStandingStore::standing).stream()
                .collect(Collectors.toMap(Standing::residentId, Standing::standing, (one, same) -> one));
    }

    private static Standing standing(Row row) {
        var reported = EnumSet.noneOf(Round.class);
        if (row.getBoolean("morning")) {
            reported.add(Round.MORNING);
        }
        if (row.getBoolean("afternoon")) {
            reported.add(Round.AFTERNOON);
        }
        return new Standing(row.getUUID("resident_id"), new HealthStanding(reported, row.getBoolean("alert_open"),
                row.getLocalDate("observed_until"), row.getBoolean("returned")));
    }
}
