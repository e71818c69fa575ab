package gatehouse.registry;

import gatehouse.http.Json;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Language;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Once;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A database with compounds in it and the registry's actions on it. */
final class RegistryGiven implements AutoCloseable {

    static final HouseholdMoves NOBODY_MOVES = (tx, compound, moves, caller, now) -> Map.of();

    final TestDatabase rows = TestDatabase.fresh();
    final Vertx vertx = Vertx.vertx();
    final Database database = new Database(vertx, rows.postgresUrl().connectOptions(), 16);
    final Notifications notifications = new Notifications(vertx, rows.postgresUrl().connectOptions().getFirst());
    final BusinessClock clock = BusinessClock.startingAt(Instant.parse("2026-11-22T01:03:00Z"));
    final PersonalData personalData = new PersonalData(new KeyRing(new LinkedHashMap<>(Map.of("k1", new byte[32]))));
    final RosterActions rosters = new RosterActions(database, clock, personalData, TestKeys.audit(), NOBODY_MOVES);
    final RegistryActions registry = new RegistryActions(database, clock, personalData, TestKeys.audit(), NOBODY_MOVES);
    final Policies policies;
    final UUID account = Ids.next();
    final UUID compound = compound("阳光花园");

    RegistryGiven() {
        notifications.connect();
        policies = new Policies(database, database, clock, notifications);
    }

    UUID compound(String name) {
        UUID id = Ids.next();
        execute("""
                with s as (insert into subdistrict (id, name) values (gen_random_uuid(), ? || '街道') returning id),
                     c as (insert into community (id, subdistrict_id, name) select gen_random_uuid(), id, '社区' from s returning id)
                insert into compound (id, community_id, name, created_at) select ?, id, ?, now() from c""", name, id, name);
        return id;
    }

    /** Somebody of the compound's office. */
    Caller caller() {
        return new Caller(account, compound, Ids.next(), null, null, List.of(new Caller.Grant(Role.OFFICE, office())));
    }

    Scope office() {
        return Scope.ofCompounds(List.of(compound));
    }

    /** The report as the API shows it, in Chinese. */
    JsonObject importLines(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = RosterSamples.HEADING;
        System.arraycopy(lines, 0, all, 1, lines.length);
        return importFile(RosterSamples.utf8(all), false);
    }

    JsonObject importFile(byte[] content, boolean dryRun) {
        return importFile(compound, Ids.next(), content, dryRun);
    }

    JsonObject importFile(UUID where, UUID id, byte[] content, boolean dryRun) {
        var upload = new RosterActions.Upload(where, caller(), id, dryRun, content);
        Answer answer = rosters.importRoster(Scope.ofCompounds(List.of(where)), upload, new Once<>(Optional.empty(),
                report -> new Answer(200, Json.writeText(report.show(id, Language.CHINESE)))));
        return new JsonObject(answer.json());
    }

    void execute(String sql, Object... parameters) {
        try (Connection connection = rows.connect(); PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.execute();
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    /** The one value of the one row, as text. */
    String value(String sql, Object... parameters) {
        try (Connection connection = rows.connect(); PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return found.getString(1);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        notifications.close();
        database.close();
        Await.on(vertx.close());
        rows.close();
    }
}
