package gatehouse.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The reporters and their ledger. */
final class Reports extends Crew {
    private final Ledger ledger;
    private final List<Reporter> reporters;

    Reports(Ledger ledger, List<Reporter> reporters) {
        this.ledger = ledger;
        this.reporters = List.copyOf(reporters);
    }

    @Override
    List<Reporter> people() {
        return reporters;
    }

    @Override
    int answers() {
        return ledger.promises();
    }

    @Override
    void stop() {
        super.stop();
        reporters.forEach(Reporter::stop);
    }

    @Override
    Count count(Connection connection) throws SQLException {
        return ledger.count(connection);
    }

    int putOff() {
        return ledger.unanswered();
    }

    @Override
    public String toString() {
        return ledger.counts();
    }
}
