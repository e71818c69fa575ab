package gatehouse.identity;

import gatehouse.identity.Profile.NamedGrant;
import gatehouse.identity.Profile.Ref;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts and their grants. Lists are cut to the compounds that the caller's scope holds whole. */
final class IdentityStore {
    /** What a login needs to know of a phone's account; {@code knownSource}: it logged in well from there of late. */
    record Login(UUID compoundId, UUID accountId, Optional<String> passwordHash, boolean disabled, boolean knownSource) {
        Key key() {
            return new Key(compoundId, accountId);
        }
    }

    /** An account as lists show it; {@code phoneMasked} is empty where its phone opens another account now. */
    record Listed(UUID compoundId, UUID id, String name, String phoneMasked, Ref compound, boolean disabled, List<NamedGrant> grants) {
        boolean isNobodys() {
            return phoneMasked.isEmpty();
        }
    }

    record Key(UUID compoundId, UUID id) {
    }

    Optional<Login> findLogin(Tx tx, List<byte[]> phoneHashes, byte[] sourceHash, OffsetDateTime knownSince) {
        return tx.sql("""
                select a.compound_id, a.id, a.password_hash, a.disabled_at is not null as disabled, k.last_good_at is not null as known
                from account_login l
                join account a on a.compound_id = l.compound_id and a.id = l.account_id
                left join known_source k on k.compound_id = a.compound_id and k.account_id = a.id
                    and k.source_hash = $2 and k.last_good_at > $3
                where l.phone_hash = any($1) limit 1""")
                .bind(buffers(phoneHashes)).bind(Buffer.buffer(sourceHash)).bind(knownSince)
                .first(row -> new Login(row.getUUID("compound_id"), row.getUUID("id"), Optional.ofNullable(row.getString("password_hash")),
                        row.getBoolean("disabled"), row.getBoolean("known")));
    }

    Optional<String> passwordHash(Tx tx, UUID compound, UUID account) {
        return tx.sql("select password_hash from account where compound_id = $1 and id = $2 and password_hash is not null")
                .bind(compound).bind(account).first(row -> row.getString(0));
    }

    /** Whether that is still its password; it stays so until {@code tx} ends. */
    boolean lockWithPassword(Tx tx, Key account, String passwordHash) {
        return tx.sql("select 1 from account where compound_id = $1 and id = $2 and password_hash = $3 and disabled_at is null for no key update")
                .bind(account.compoundId).bind(account.id).bind(passwordHash).exists();
    }

    /** Whether the phone opens an account of that compound with a password and some role, but no home. */
    boolean worksIn(Statements in, List<byte[]> phoneHashes, UUID compound) {
        return in.sql("""
                select 1 from account_login l join account a on a.compound_id = l.compound_id and a.id = l.account_id
                where l.phone_hash = any($1) and l.compound_id = $2 and a.disabled_at is null and a.password_hash is not null
                    and exists (select from role_grant g where g.compound_id = a.compound_id and g.account_id = a.id)
                    and not exists (select from role_grant g where g.compound_id = a.compound_id and g.account_id = a.id and g.role = 'RESIDENT')""")
                .bind(buffers(phoneHashes)).bind(compound).exists();
    }

    boolean replacePassword(Tx tx, UUID compound, UUID account, String before, String after) {
        return tx.sql("update account set password_hash = $4 where compound_id = $1 and id = $2 and password_hash = $3")
                .bind(compound).bind(account).bind(before).bind(after).update() == 1;
    }

    Optional<byte[]> phoneSealed(Tx tx, UUID compound, UUID account) {
        return tx.sql("select phone_sealed from account where compound_id = $1 and id = $2 and phone_sealed is not null")
                .bind(compound).bind(account).first(row -> row.getBuffer(0).getBytes());
    }

    Optional<Profile> profile(Statements in, UUID compound, UUID account) {
        var grants = grants(in, List.of(new Key(compound, account))).getOrDefault(account, List.of());
        boolean livesHere = grants.stream().anyMatch(each -> each.grant().role() == Role.RESIDENT);
        return in.sql("""
                select a.id, a.name, a.version, a.disabled_at is not null as disabled, c.id as compound_id, c.name as compound_name,
                    r.id as resident_id, r.name as resident_name, h.id as household_id, h.label as household_label
                from account a
                join compound c on c.id = a.compound_id
                left join resident r on r.compound_id = a.compound_id and r.id = a.resident_id and r.moved_out_at is null
                left join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where a.compound_id = $1 and a.id = $2""")
                .bind(compound).bind(account)
                .first(row -> new Profile(row.getUUID("id"), row.getString("name"), ref(row, "compound_id", "compound_name").orElseThrow(),
                        row.getInteger("version"), row.getBoolean("disabled"), ref(row, "resident_id", "resident_name").filter(any -> livesHere),
                        ref(row, "household_id", "household_label").filter(any -> livesHere), grants));
    }

    /** {@code role} and {@code phoneHashes} (any of them) narrow the list where they are not null; {@code name} is part of a name. */
    record Filter(@Nullable String name, @Nullable List<byte[]> phoneHashes, @Nullable Role role) {
    }

    List<Listed> list(Statements in, UUID[] compounds, Filter filter, @Nullable Key after, Page.Request page) {
        var accounts = in.sql("""
                select a.compound_id, a.id, a.name, a.phone_masked, a.disabled_at is not null as disabled, c.name as compound_name
                from account a join compound c on c.id = a.compound_id
                where a.compound_id = any($1)
                    and ($2::text is null or strpos(lower(a.name), lower($2)) > 0)
                    and ($3::bytea[] is null or a.phone_hash = any($3))
                    and ($4::text is null or exists (
                        select from role_grant g where g.compound_id = a.compound_id and g.account_id = a.id and g.role = $4))
                    and ($5::uuid is null or (a.compound_id, a.id) > ($5, $6::uuid))
                order by a.compound_id, a.id limit $7""")
                .bind(compounds).bind(filter.name).bind(filter.phoneHashes == null ? null : buffers(filter.phoneHashes))
                .bind(filter.role == null ? null : filter.role.name())
                .bind(after == null ? null : after.compoundId).bind(after == null ? null : after.id).bind(page.rows())
                .list(IdentityStore::listed);
        return withGrants(in, accounts);
    }

    Optional<Listed> listed(Statements in, UUID[] compounds, UUID account) {
        var found = in.sql("""
                select a.compound_id, a.id, a.name, a.phone_masked, a.disabled_at is not null as disabled, c.name as compound_name
                from account a join compound c on c.id = a.compound_id where a.compound_id = any($1) and a.id = $2""")
                .bind(compounds).bind(account).list(IdentityStore::listed);
        return withGrants(in, found).stream().findFirst();
    }

    boolean lock(Tx tx, UUID[] compounds, UUID account) {
        return tx.sql("select 1 from account where compound_id = any($1) and id = $2 for update").bind(compounds).bind(account).exists();
    }

    /** How many administrators there are besides this account; locked, so that two never take each other's role at once. */
    int lockOtherAdministrators(Tx tx, UUID account) {
        return (int) tx.sql("""
                select a.id from role_grant g join account a on a.compound_id = g.compound_id and a.id = g.account_id
                where g.role = 'ADMIN' and a.disabled_at is null
                order by g.compound_id, g.account_id, g.reach_id for update""")
                .list(row -> row.getUUID(0)).stream().filter(id -> !id.equals(account)).distinct().count();
    }

    void insert(Tx tx, UUID id, NewAccount account, byte[] phoneHash, byte[] phoneSealed, OffsetDateTime now) {
        tx.sql("""
                insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, password_hash, resident_id,
                    demonstration, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
                .bind(account.compoundId()).bind(id).bind(account.name()).bind(Buffer.buffer(phoneSealed)).bind(Buffer.buffer(phoneHash))
                .bind(account.phone().masked()).bind(account.passwordHash()).bind(account.residentId().orElse(null))
                .bind(account.demonstration()).bind(now).update();
    }

    /** A phone's hash by the key of that id. */
    record LoginHash(String keyId, byte[] hash) {
    }

    /** False where the phone has an account, by any of the hashes. Waits for a transaction that is about to give it one. */
    boolean takePhone(Tx tx, List<LoginHash> hashes, UUID compound, UUID account) {
        return tx.sql("""
                insert into account_login (phone_hash, key_id, compound_id, account_id)
                select v.*, $3, $4 from unnest($1::bytea[], $2::text[]) v on conflict do nothing""")
                .bind(buffers(hashes.stream().map(LoginHash::hash).toList())).bind(hashes.stream().map(LoginHash::keyId).toArray(String[]::new))
                .bind(compound).bind(account).update() == hashes.size();
    }

    /** The account that a phone opens, locked. */
    Optional<Key> lockOfPhone(Tx tx, List<byte[]> phoneHashes) {
        return tx.sql("""
                select a.compound_id, a.id from account_login l join account a on a.compound_id = l.compound_id and a.id = l.account_id
                where l.phone_hash = any($1) limit 1 for update of a""")
                .bind(buffers(phoneHashes)).first(row -> new Key(row.getUUID(0), row.getUUID(1)));
    }

    /** The account is nobody's any more: no phone and no password open it, and what it had open is over. */
    void releasePhone(Tx tx, Key account) {
        tx.sql("delete from account_login where compound_id = $1 and account_id = $2").bind(account.compoundId).bind(account.id).update();
        tx.sql("""
                update account set phone_sealed = null, phone_hash = null, phone_masked = null, password_hash = null, version = version + 1
                where compound_id = $1 and id = $2""").bind(account.compoundId).bind(account.id).update();
    }

    private static Buffer[] buffers(List<byte[]> hashes) {
        return hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new);
    }

    boolean holds(Tx tx, Key account, Role role) {
        return tx.sql("select 1 from role_grant where compound_id = $1 and account_id = $2 and role = $3")
                .bind(account.compoundId).bind(account.id).bind(role.name()).exists();
    }

    /** The account keeps the name by which it is known at work. */
    void setResidentOfStaff(Tx tx, Key account, UUID resident) {
        tx.sql("update account set resident_id = $3, version = version + 1 where compound_id = $1 and id = $2")
                .bind(account.compoundId).bind(account.id).bind(resident).update();
    }

    void setResident(Tx tx, UUID compound, UUID account, UUID resident, String name) {
        tx.sql("update account set resident_id = $3, name = $4 where compound_id = $1 and id = $2")
                .bind(compound).bind(account).bind(resident).bind(name).update();
    }

    void give(Tx tx, Key account, Collection<RoleGrant> grants, @Nullable UUID by, OffsetDateTime now) {
        tx.sql("""
                insert into role_grant (compound_id, account_id, role, reach, reach_id, granted_at, granted_by)
                select $1, $2, role, reach, reach_id, $6, $7 from unnest($3::text[], $4::text[], $5::uuid[]) v (role, reach, reach_id)
                on conflict do nothing""")
                .bind(account.compoundId).bind(account.id)
                .bind(grants.stream().map(each -> each.role().name()).toArray(String[]::new))
                .bind(grants.stream().map(each -> each.reach().name()).toArray(String[]::new))
                .bind(grants.stream().map(RoleGrant::reachId).toArray(UUID[]::new))
                .bind(now).bind(by).update();
    }

    void take(Tx tx, Key account, Collection<RoleGrant> grants) {
        tx.sql("""
                delete from role_grant where compound_id = $1 and account_id = $2
                    and (role, reach_id) in (select * from unnest($3::text[], $4::uuid[]))""")
                .bind(account.compoundId).bind(account.id)
                .bind(grants.stream().map(each -> each.role().name()).toArray(String[]::new))
                .bind(grants.stream().map(RoleGrant::reachId).toArray(UUID[]::new)).update();
    }

    void raiseVersion(Tx tx, Key account) {
        tx.sql("update account set version = version + 1 where compound_id = $1 and id = $2")
                .bind(account.compoundId).bind(account.id).update();
    }

    void disable(Tx tx, Key account, OffsetDateTime now) {
        tx.sql("update account set disabled_at = coalesce(disabled_at, $3), version = version + 1 where compound_id = $1 and id = $2")
                .bind(account.compoundId).bind(account.id).bind(now).update();
    }

    void enable(Tx tx, Key account) {
        tx.sql("update account set disabled_at = null, version = version + 1 where compound_id = $1 and id = $2")
                .bind(account.compoundId).bind(account.id).update();
    }

    /** The accounts of residents, with whose they are, locked in their order. */
    Map<UUID, UUID> lockOfResidents(Tx tx, UUID compound, List<UUID> residents) {
        var found = new LinkedHashMap<UUID, UUID>();
        tx.sql("select id, resident_id from account where compound_id = $1 and resident_id = any($2) order by id for update")
                .bind(compound).bind(residents.toArray(UUID[]::new)).list(row -> found.put(row.getUUID("id"), row.getUUID("resident_id")));
        return found;
    }

    boolean hasGrants(Tx tx, Key account) {
        return tx.sql("select 1 from role_grant where compound_id = $1 and account_id = $2").bind(account.compoundId).bind(account.id).exists();
    }

    /** The compound that a place lies in, or of a wider place one that it holds; nothing where none of these compounds has to do with it. */
    Optional<UUID> compoundOf(Tx tx, Reach reach, UUID id, UUID[] compounds, UUID preferred) {
        var sql = switch (reach) {
            case HOUSEHOLD -> "select compound_id from household where compound_id = any($1) and id = $2 and $3::uuid is not null";
            case GATE -> "select compound_id from gate where compound_id = any($1) and id = $2 and $3::uuid is not null";
            case GRID -> "select compound_id from grid where compound_id = any($1) and id = $2 and $3::uuid is not null";
            case COMPOUND, EVERYTHING -> "select id from compound where id = any($1) and id = $2 and $3::uuid is not null";
            case COMMUNITY -> """
                    select id from compound where id = any($1) and community_id = $2 order by (id = $3) desc, created_at, id limit 1""";
            case SUBDISTRICT -> """
                    select c.id from compound c join community m on m.id = c.community_id
                    where c.id = any($1) and m.subdistrict_id = $2 order by (c.id = $3) desc, c.created_at, c.id limit 1""";
        };
        return tx.sql(sql).bind(compounds).bind(id).bind(preferred).first(row -> row.getUUID(0));
    }

    private List<Listed> withGrants(Statements in, List<Listed> accounts) {
        var grants = grants(in, accounts.stream().map(each -> new Key(each.compoundId, each.id)).toList());
        return accounts.stream().map(each -> new Listed(each.compoundId, each.id, each.name, each.phoneMasked, each.compound, each.disabled,
                grants.getOrDefault(each.id, List.of()))).toList();
    }

    private Map<UUID, List<NamedGrant>> grants(Statements in, List<Key> accounts) {
        var found = new HashMap<UUID, List<NamedGrant>>();
        in.sql("""
                select g.account_id, g.role, g.reach, g.reach_id,
                    coalesce(household.label, gate.name, grid.name, compound.name, community.name, subdistrict.name) as reach_name
                from unnest($1::uuid[], $2::uuid[]) asked (compound_id, id)
                join role_grant g on g.compound_id = asked.compound_id and g.account_id = asked.id
                left join household on g.reach = 'HOUSEHOLD' and household.compound_id = g.compound_id and household.id = g.reach_id
                left join gate on g.reach = 'GATE' and gate.compound_id = g.compound_id and gate.id = g.reach_id
                left join grid on g.reach = 'GRID' and grid.compound_id = g.compound_id and grid.id = g.reach_id
                left join compound on g.reach = 'COMPOUND' and compound.id = g.reach_id
                left join community on g.reach = 'COMMUNITY' and community.id = g.reach_id
                left join subdistrict on g.reach = 'SUBDISTRICT' and subdistrict.id = g.reach_id
                order by g.granted_at, g.role, g.reach_id""")
                .bind(accounts.stream().map(Key::compoundId).toArray(UUID[]::new)).bind(accounts.stream().map(Key::id).toArray(UUID[]::new))
                .list(row -> found.computeIfAbsent(row.getUUID("account_id"), id -> new ArrayList<>()).add(new NamedGrant(
                        new RoleGrant(Role.valueOf(row.getString("role")), Reach.valueOf(row.getString("reach")), row.getUUID("reach_id")),
                        Optional.ofNullable(row.getString("reach_name")))));
        return found;
    }

    private static Listed listed(Row row) {
        return new Listed(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name"), Optional.ofNullable(row.getString("phone_masked")).orElse(""),
                new Ref(row.getUUID("compound_id"), row.getString("compound_name")), row.getBoolean("disabled"), List.of());
    }

    private static Optional<Ref> ref(Row row, String id, String name) {
        return Optional.ofNullable(row.getUUID(id)).map(found -> new Ref(found, row.getString(name)));
    }
}
