package gatehouse.registry;

import gatehouse.kernel.Tx;
import gatehouse.registry.ResidentAccounts.Newcomer;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The accounts of residents, in the table {@code resident}. */
final class ResidentAccountStore {
    private final PersonalData personalData;

    ResidentAccountStore(PersonalData personalData) {
        this.personalData = personalData;
    }

    record Member(UUID id, String name, boolean hasAccount, Optional<byte[]> phoneHash) {
    }

    /** False while a roster is imported there; until {@code tx} ends none begins. See {@link RosterStore#lock}. */
    static boolean holdRoster(Tx tx, UUID compound) {
        return tx.sql("select pg_try_advisory_xact_lock_shared(hashtextextended($1, 0)) as held")
                .bind("roster/" + compound).only(row -> row.getBoolean("held"));
    }

    List<Member> lockMembers(Tx tx, UUID compound, UUID household) {
        return tx.sql("""
                select r.id, r.name, r.phone_hash, exists (
                    select from role_grant g where g.compound_id = r.compound_id and g.account_id = r.account_id and g.role = 'RESIDENT') as has_account
                from resident r where r.compound_id = $1 and r.household_id = $2 and r.moved_out_at is null
                order by r.id for update""")
                .bind(compound).bind(household)
                .list(row -> new Member(row.getUUID("id"), row.getString("name"), row.getBoolean("has_account"),
                        Optional.ofNullable(row.getBuffer("phone_hash")).map(Buffer::getBytes)));
    }

    void tie(Tx tx, Newcomer newcomer, UUID resident, OffsetDateTime now) {
        tx.sql("update resident set account_id = $3, updated_at = $4 where compound_id = $1 and id = $2")
                .bind(newcomer.compoundId()).bind(resident).bind(newcomer.accountId()).bind(now).update();
        notePhone(tx, newcomer, resident);
    }

    void add(Tx tx, Newcomer newcomer, UUID resident, String name, OffsetDateTime now) {
        tx.sql("""
                insert into resident (compound_id, id, household_id, building_id, name, relation, account_id, created_at, updated_at)
                select $1, $2, id, building_id, $4, 'OTHER', $5, $6, $6 from household where compound_id = $1 and id = $3""")
                .bind(newcomer.compoundId()).bind(resident).bind(newcomer.householdId()).bind(name).bind(newcomer.accountId()).bind(now)
                .update();
        notePhone(tx, newcomer, resident);
    }

    /** Only where none is known, and no other resident of the compound is registered with it. */
    private void notePhone(Tx tx, Newcomer newcomer, UUID resident) {
        tx.sql("""
                update resident set phone_sealed = $3, phone_hash = $4, phone_masked = $5
                where compound_id = $1 and id = $2 and phone_hash is null and not exists (
                    select from resident other where other.compound_id = $1 and other.phone_hash = $4 and other.moved_out_at is null)""")
                .bind(newcomer.compoundId()).bind(resident)
                .bind(Buffer.buffer(personalData.seal(newcomer.phone(), "resident", resident)))
                .bind(Buffer.buffer(personalData.hashes(tx, newcomer.compoundId()).of(newcomer.phone()))).bind(newcomer.phone().masked())
                .update();
    }
}
