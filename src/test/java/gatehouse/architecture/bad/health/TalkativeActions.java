package gatehouse.architecture.bad.health;

import gatehouse.kernel.Database;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.sql.Connection;
import java.sql.SQLException;

final class TalkativeActions {
    private TalkativeActions() {
    }

    static int throughTheDatabase(Database database) {
        return database.sql("select 1").update();
    }

    static int throughATransaction(Tx tx) {
        return tx.sql("select 1").update();
    }

    static int throughEither(Statements statements) {
        return statements.sql("select 1").update();
    }

    static boolean throughJdbc(Connection connection) throws SQLException {
        return connection.prepareStatement("select 1").execute();
    }
}
