package gatehouse.delivery;

import gatehouse.delivery.ParcelAddress.Choice;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which household an address means. */
public final class AddressStore {
    private static final String HOMES = """
            select h.compound_id, h.id, h.building_id, b.number, h.label, exists (select 1 from resident r where r.compound_id = h.compound_id
                and r.household_id = h.id and r.account_id is not null and r.moved_out_at is null) as reachable
            from household h
            join building b on b.compound_id = h.compound_id and b.id = h.building_id
            """;

    private AddressStore() {
    }

    static Optional<Home> labelled(Statements where, UUID compound, String label) {
        return where.sql(HOMES + "where h.compound_id = $1 and h.label = $2").bind(compound).bind(label).first(AddressStore::home);
    }

    public static Optional<Home> known(Statements where, UUID compound, UUID household) {
        return where.sql(HOMES + "where h.compound_id = $1 and h.id = $2").bind(compound).bind(household).first(AddressStore::home);
    }

    public static Optional<Home> within(Statements where, Scope scope, UUID household) {
        return where.sql(HOMES + "where" + Scope.SEES_HOUSEHOLD + "and h.id = $5").within(scope).bind(household).first(AddressStore::home);
    }

    /** The first part of a label that there is no such thing of: {@code building}, {@code unit} or {@code room}. */
    static String wrongPart(Statements where, UUID compound, String building, String unit) {
        return where.sql("""
                select case when not exists (select 1 from building where compound_id = $1 and number = $2) then 'building'
                            when not exists (select 1 from unit u join building b on b.compound_id = u.compound_id and b.id = u.building_id
                                             where u.compound_id = $1 and b.number = $2 and u.number = $3) then 'unit'
                            else 'room' end as part""")
                .bind(compound).bind(building).bind(unit).only(row -> row.getString("part"));
    }

    /** The households where somebody has a phone that ends so, with their names masked; at most so many. */
    static List<Choice> byPhoneTail(Statements where, UUID compound, String digits, int most) {
        return where.sql("""
                select h.id, h.label, array_agg(left(r.name, 1) || '**' order by r.name, r.id) as names
                from resident r join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where r.compound_id = $1 and right(r.phone_masked, 4) = $2 and r.phone_masked is not null and r.moved_out_at is null
                group by h.id, h.label order by h.label limit $3""")
                .bind(compound).bind(digits).bind(most)
                .list(row -> new Choice(row.getUUID("id"), row.getString("label"), List.of(row.getArrayOfStrings("names"))));
    }

    private static Home home(Row row) {
        return new Home(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("building_id"), row.getString("number"), row.getString("label"),
                row.getBoolean("reachable"));
    }
}
