package gatehouse.disclosure;

import gatehouse.audit.AuditEntry.Actor;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Tx;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of who looked at whose health data. */
public final class HealthLookStore {
    private HealthLookStore() {
    }

    /** The first look of the day; nothing where the resident is of the looking person's own household. */
    static Future<Void> insert(Database database, Actor by, @Nullable UUID ownHousehold, UUID compound, UUID resident, OffsetDateTime now) {
        return database.sql("""
                insert into health_look (compound_id, resident_id, by_compound_id, by_account_id, looked_on, id, household_id, by_role, looked_at)
                select r.compound_id, r.id, $3, $4, $5, $6, r.household_id, $7, $8 from resident r
                where r.compound_id = $1 and r.id = $2 and r.household_id is distinct from $9::uuid
                on conflict do nothing""")
                .bind(compound).bind(resident).bind(by.homeCompoundId()).bind(by.accountId()).bind(now.toLocalDate()).bind(Ids.next())
                .bind(by.role().name()).bind(now).bind(ownHousehold).execute().mapEmpty();
    }

    /** Those whose days are over. For {@link gatehouse.audit.Retention}. */
    public static int forget(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                delete from health_look where compound_id = $1 and (resident_id, by_compound_id, by_account_id, looked_on) in (
                    select resident_id, by_compound_id, by_account_id, looked_on from health_look
                    where compound_id = $1 and looked_on < ($2::timestamptz at time zone 'Asia/Shanghai')::date
                    order by looked_on limit $3 for update skip locked)""").bind(compound).bind(before).bind(atMost).update();
    }
}
