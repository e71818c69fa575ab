package gatehouse.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Many residents, written set-based from outside the program: compounds of households of members, each member with an account and
 * a session. Ids follow from numbers, so that a script of pgbench can name them as well.
 *
 * @param compounds  numbered from 0
 * @param households over all compounds; household {@code h} lives in compound {@code h % compounds}
 * @param members    of each household; resident {@code r} belongs to household {@code r / members}
 */
record Town(int compounds, int households, int members) {
    /** Reports are taken for that many days before today. */
    static final int OPEN_DAYS = 14;
    private static final int HOUSEHOLDS_PER_BUILDING = 100;

    /** What an id is of: the first eight digits of it. */
    enum Kind {
        COMPOUND("0000000c"), BUILDING("0000000b"), UNIT("00000001"), HOUSEHOLD("00000002"), RESIDENT("0000000a"), ACCOUNT("0000000d"),
        SESSION("0000000e"), GATE("00000005"), PASS("00000006"), WALK("00000007");

        private final String digits;

        Kind(String digits) {
            this.digits = digits;
        }

        UUID id(long number) {
            return UUID.fromString(prefix() + "%012x".formatted(number));
        }

        /** SQL for the id of the number that {@code sql} is. */
        String sql(String sql) {
            return "('" + prefix() + "' || lpad(to_hex((" + sql + ")::bigint), 12, '0'))::uuid";
        }

        private String prefix() {
            return digits + "-0000-7000-8000-";
        }
    }

    int residents() {
        return households * members;
    }

    int householdOf(int resident) {
        return resident / members;
    }

    UUID compoundOf(int resident) {
        return Kind.COMPOUND.id(householdOf(resident) % compounds);
    }

    /** Made up, but of the form of a mobile number. */
    static String phone(int resident) {
        return "%d".formatted(13_800_000_000L + resident);
    }

    void write(Connection connection) throws SQLException {
        write(connection, "");
    }

    /** {@code policy}: more values of every compound, as members of JSON after others; read when it is written, it stays in caches. */
    void write(Connection connection, String policy) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : writing().replace("$policy", policy).split(";\n")) {
                statement.execute(sql);
            }
            statement.execute("vacuum analyze");
        }
    }

    /** Everybody has reported what is measured on that day. */
    void reportAll(Connection connection, LocalDate day) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                        symptoms, status, reported_by, reported_as, received_at, version)
                    select compound_id, id, date '%s', round, household_id, building_id, 365, '{}', 'ON_TIME', account_id, 'SELF', now(), 1
                    from generate_series(1, 2) round, resident
                    on conflict do nothing""".formatted(day));
            statement.execute("vacuum analyze health_report");
        }
    }

    /** Both reports of so many days of everybody, before the days that reports are still taken for. */
    void writeHistory(Connection connection, int days) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                        symptoms, status, reported_by, reported_as, received_at, version)
                    select compound_id, id, current_date - %d - day, round, household_id, building_id, 365, '{}', 'ON_TIME', account_id,
                        'SELF', now(), 1
                    from generate_series(1, %d) day, generate_series(1, 2) round, resident""".formatted(OPEN_DAYS, days));
            statement.execute("vacuum analyze health_report");
        }
    }

    private String writing() {
        var compound = Kind.COMPOUND.sql("c");
        var building = Kind.BUILDING.sql("b * 1000 + c");
        var unit = Kind.UNIT.sql("b * 1000 + c");
        var household = Kind.HOUSEHOLD.sql("h");
        var resident = Kind.RESIDENT.sql("r");
        var account = Kind.ACCOUNT.sql("r");
        return """
                create temporary view c as select c from generate_series(0, $compounds - 1) c;
                create temporary view h as select h, h %% $compounds as c, h / $compounds / $perBuilding as b from generate_series(0, $households - 1) h;
                create temporary view r as select r, h, c from h cross join lateral generate_series(h * $members, h * $members + $members - 1) r;
                insert into subdistrict (id, name) values ('00000003-0000-7000-8000-000000000000', 'load');
                insert into community (id, subdistrict_id, name)
                    values ('00000004-0000-7000-8000-000000000000', '00000003-0000-7000-8000-000000000000', 'load');
                insert into compound (id, community_id, name, created_at)
                    select %1$s, '00000004-0000-7000-8000-000000000000', 'compound ' || c, now() - interval '1 year' from c;
                insert into policy (compound_id, version, changed_values, changed_at)
                    select %1$s, 1, '{"reportCorrectionDays": $days$policy}', now() from c;
                insert into building (compound_id, id, number)
                    select %1$s, %2$s, (b + 1)::text from (select distinct c, b from h) buildings;
                insert into unit (compound_id, id, building_id, number)
                    select %1$s, %3$s, %2$s, '1' from (select distinct c, b from h) buildings;
                insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                    select %1$s, %4$s, %2$s, %3$s, h::text, (b + 1) || '-1-' || h, now() - interval '1 year' from h;
                insert into resident (compound_id, id, household_id, building_id, name, relation, account_id, created_at, updated_at)
                    select %1$s, %5$s, %4$s, %2$s, 'resident ' || r, 'OTHER', %6$s, now() - interval '1 year', now()
                    from r join h using (c, h);
                insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, resident_id, created_at)
                    select %1$s, %6$s, 'resident ' || r, '\\x00', decode(lpad(to_hex(r), 8, '0'), 'hex'), '', %5$s, now() from r;
                insert into role_grant (compound_id, account_id, role, reach, reach_id, granted_at)
                    select %1$s, %6$s, 'RESIDENT', 'HOUSEHOLD', %4$s, now() from r;
                insert into session (compound_id, id, account_id, account_version, refresh_hash, rotated_at, created_at, expires_at)
                    select %1$s, %7$s, %6$s, 1, decode(lpad(to_hex(r), 8, '0'), 'hex'), now(), now(), now() + interval '30 days' from r
                """.formatted(compound, building, unit, household, resident, account, Kind.SESSION.sql("r"))
                .replace("$compounds", String.valueOf(compounds)).replace("$households", String.valueOf(households))
                .replace("$members", String.valueOf(members)).replace("$days", String.valueOf(OPEN_DAYS))
                .replace("$perBuilding", String.valueOf(HOUSEHOLDS_PER_BUILDING));
    }
}
