package gatehouse.notify;

import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A community with a compound, a building of a grid, a gate and a household, and whoever the test appoints. */
final class Neighbourhood {
    static final OffsetDateTime NINE = OffsetDateTime.parse("2026-11-22T09:00:00+08:00");

    final UUID subdistrict = Ids.next();
    final UUID community = Ids.next();
    final UUID compound = Ids.next();
    final UUID grid = Ids.next();
    final UUID gate = Ids.next();
    final UUID building = Ids.next();
    final UUID unit = Ids.next();
    final UUID household = Ids.next();
    private final Database database;

    Neighbourhood(Database database) {
        this.database = database;
        database.transact(tx -> {
            insert(tx, "subdistrict (id, name)", subdistrict, subdistrict.toString());
            insert(tx, "community (id, subdistrict_id, name)", community, subdistrict, "c");
            insert(tx, "compound (id, community_id, name, created_at)", compound, community, "阳光花园", NINE);
            insert(tx, "grid (compound_id, id, name)", compound, grid, "g");
            insert(tx, "gate (compound_id, id, name)", compound, gate, "东门");
            insert(tx, "building (compound_id, id, number, grid_id)", compound, building, "3", grid);
            insert(tx, "unit (compound_id, id, building_id, number)", compound, unit, building, "2");
            return insert(tx, "household (compound_id, id, building_id, unit_id, room, label, created_at)", compound, household, building,
                    unit, "1402", "3-2-1402", NINE);
        });
    }

    private static int insert(Tx tx, String tableAndColumns, Object... values) {
        var places = new StringBuilder();
        for (int i = 1; i <= values.length; i++) {
            places.append(i == 1 ? "$" : ", $").append(i);
        }
        var sql = tx.sql("insert into " + tableAndColumns + " values (" + places + ")");
        for (var value : values) {
            sql.bind(value);
        }
        return sql.update();
    }

    Addressee appoint(Role role, String reach, UUID reachId) {
        var account = account();
        database.transact(tx -> insert(tx, "role_grant (compound_id, account_id, role, reach, reach_id, granted_at)",
                compound, account.accountId(), role.name(), reach, reachId, NINE));
        return account;
    }

    Addressee office() {
        return appoint(Role.OFFICE, "COMPOUND", compound);
    }

    Addressee account() {
        var id = Ids.next();
        var unused = Buffer.buffer(new byte[] {1});
        database.transact(tx -> insert(tx, "account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, created_at)",
                compound, id, "somebody", unused, unused, "139****0001", NINE));
        return new Addressee(compound, id);
    }

    Addressee residentWithAccount() {
        var account = account();
        resident(account.accountId());
        return account;
    }

    void resident(UUID accountId) {
        database.transact(tx -> insert(tx,
                "resident (compound_id, id, household_id, building_id, name, relation, account_id, created_at, updated_at)",
                compound, Ids.next(), household, building, "somebody", "HEAD", accountId, NINE, NINE));
    }

    void disable(Addressee account) {
        database.transact(tx -> tx.sql("update account set disabled_at = now() where id = $1").bind(account.accountId()).update());
    }

    Message alert(String dedupeKey) {
        return Message.of(compound, dedupeKey, MessageTemplate.ALERT_OPENED, new Recipient.HoldersOfCompound(Role.OFFICE), 10);
    }
}
