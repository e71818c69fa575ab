package gatehouse.support;

import gatehouse.kernel.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A neighbourhood told as a story, written to the database from outside the program:
 * {@code given.compound("阳光花园").household("3-2-501").resident("王小明")}.
 */
public final class Given {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final TestDatabase database;
    private final UUID subdistrict = Ids.next();
    private final UUID community = Ids.next();

    public Given(TestDatabase database) {
        this.database = database;
        run("insert into subdistrict (id, name) values (?, ?)", subdistrict, "街道 " + subdistrict);
        run("insert into community (id, subdistrict_id, name) values (?, ?, ?)", community, subdistrict, "社区");
    }

    public UUID subdistrictId() {
        return subdistrict;
    }

    public UUID communityId() {
        return community;
    }

    public Compound compound(String name) {
        return compound(community, name);
    }

    public Compound compound(UUID ofCommunity, String name) {
        var id = Ids.next();
        run("insert into compound (id, community_id, name, created_at) values (?, ?, ?, ?)", id, ofCommunity, name + " " + id, LONG_AGO);
        return new Compound(id);
    }

    /** Another community of the same subdistrict. */
    public UUID community(String name) {
        var id = Ids.next();
        run("insert into community (id, subdistrict_id, name) values (?, ?, ?)", id, subdistrict, name);
        return id;
    }

    /** A compound with its buildings and units as households name them. */
    public final class Compound {
        private final UUID id;
        private final Map<String, UUID> buildings = new HashMap<>();
        private final Map<String, UUID> units = new HashMap<>();

        private Compound(UUID id) {
            this.id = id;
        }

        public UUID id() {
            return id;
        }

        public UUID building(String number) {
            return buildings.computeIfAbsent(number, nothing -> {
                var building = Ids.next();
                run("insert into building (compound_id, id, number) values (?, ?, ?)", id, building, number);
                return building;
            });
        }

        public UUID grid(String name, String... buildingNumbers) {
            var grid = Ids.next();
            run("insert into grid (compound_id, id, name) values (?, ?, ?)", id, grid, name);
            for (var number : buildingNumbers) {
                run("update building set grid_id = ? where compound_id = ? and id = ?", grid, id, building(number));
            }
            return grid;
        }

        public UUID gate(String name) {
            var gate = Ids.next();
            run("insert into gate (compound_id, id, name) values (?, ?, ?)", id, gate, name);
            return gate;
        }

        /** {@code label}: building, unit, room, such as {@code 3-2-1402}. */
        public Household household(String label) {
            var parts = label.split("-");
            var building = building(parts[0]);
            var unit = units.computeIfAbsent(parts[0] + "-" + parts[1], nothing -> {
                var made = Ids.next();
                run("insert into unit (compound_id, id, building_id, number) values (?, ?, ?, ?)", id, made, building, parts[1]);
                return made;
            });
            var household = Ids.next();
            run("insert into household (compound_id, id, building_id, unit_id, room, label, created_at) values (?, ?, ?, ?, ?, ?, ?)",
                    id, household, building, unit, parts[2], label, LONG_AGO);
            return new Household(this, household, building);
        }

        /** A policy value that the office set. */
        public Compound withPolicy(String name, String jsonValue) {
            run("insert into policy (compound_id, version, changed_values, changed_at) values (?, 1, ?::jsonb, ?)",
                    id, "{\"" + name + "\": " + jsonValue + "}", LONG_AGO);
            return this;
        }
    }

    public final class Household {
        private final Compound compound;
        private final UUID id;
        private final UUID buildingId;

        private Household(Compound compound, UUID id, UUID buildingId) {
            this.compound = compound;
            this.id = id;
            this.buildingId = buildingId;
        }

        public UUID id() {
            return id;
        }

        public UUID buildingId() {
            return buildingId;
        }

        public UUID compoundId() {
            return compound.id;
        }

        /** Of whom nobody knows when they were born. */
        public UUID resident(String name) {
            return resident(name, null);
        }

        public UUID resident(String name, @Nullable LocalDate bornOn) {
            var resident = Ids.next();
            run("""
                    insert into resident (compound_id, id, household_id, building_id, name, relation, created_at, updated_at, born_on)
                    values (?, ?, ?, ?, ?, 'OTHER', ?, ?, ?)""", compound.id, resident, id, buildingId, name, LONG_AGO, LONG_AGO, bornOn);
            return resident;
        }
    }

    private void run(String sql, Object... values) {
        try (Connection connection = database.connect(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof Instant instant ? Timestamp.from(instant) : values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }
}
