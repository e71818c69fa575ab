package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void fresh_twice_givesSeparateDatabasesOwnedByAPlainRole() throws SQLException {
        try (TestDatabase one = TestDatabase.fresh(); TestDatabase other = TestDatabase.fresh()) {
            assertNotEquals(one.url(), other.url());
            try (Connection connection = one.connect(); Statement statement = connection.createStatement()) {
                statement.execute("create table only_here (id int)");
            }
            try (Connection connection = other.connect(); Statement statement = connection.createStatement();
                 ResultSet row = statement.executeQuery("""
                         select to_regclass('only_here'), rolsuper from pg_roles where rolname = current_user""")) {
                row.next();
                assertEquals(null, row.getString(1));
                assertEquals(false, row.getBoolean(2));
            }
        }
    }
}
