package gatehouse.kernel;

import java.util.List;

/**
 * Has everything found by the current key that was found by older ones: a compound at a time, while everybody works. Lookups try every
 * key that is at hand; writers read which keys are in force.
 */
final class SearchRotation {
    private final Database database;
    private final KeyRing ring;
    private final List<SearchColumn> columns;

    SearchRotation(Database database, KeyRing ring, List<SearchColumn> columns) {
        this.database = database;
        this.ring = ring;
        this.columns = columns;
    }

    boolean isDone() {
        return SearchKeyStore.isOnly(database, ring.currentId());
    }

    /** Answers how much was to do; the next walk finds nothing, unless it was stopped in between. */
    int walk() {
        if (isDone()) {
            return 0;
        }
        var current = ring.currentId();
        int steps = database.transact(tx -> SearchKeyStore.begin(tx, current)) ? 1 : 0;
        for (var compound : SearchKeyStore.behind(database, columns, current)) {
            database.transact(tx -> {
                SearchKeyStore.move(tx, ring, columns, compound);
                return compound;
            });
            steps++;
        }
        return database.transact(tx -> SearchKeyStore.finish(tx, columns, current)) ? steps + forget() : steps;
    }

    private int forget() {
        int forgotten = 0;
        for (var column : columns) {
            if (column.directory().isPresent()) {
                int some;
                do {
                    some = database.transact(tx -> SearchKeyStore.forgetSome(tx, column, column.directory().get()));
                    forgotten += some;
                } while (some > 0);
            }
        }
        return forgotten + database.transact(SearchKeyStore::forgetKeys);
    }
}
