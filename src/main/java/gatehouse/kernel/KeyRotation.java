package gatehouse.kernel;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals by the current key what older ones sealed, a few rows at a time, and has found by it what was found by them, while everybody
 * works. When a whole walk found nothing more of an older key, that key may leave the ring.
 */
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing ring;
    private final List<SealedColumn> columns;
    private final SearchRotation search;

    public KeyRotation(Database database, BusinessClock clock, KeyRing ring, List<SealedColumn> columns, List<SearchColumn> searched) {
        this.database = database;
        this.clock = clock;
        this.ring = ring;
        this.columns = columns;
        this.search = new SearchRotation(database, ring, searched);
    }

    /**
     * One walk through all that is sealed or searched; nothing is read where there is only one key, or where another instance already has a newer one
     * in front: that one walks then. Answers how much was done.
     */
    public int walk() {
        var current = ring.currentId();
        var older = KeyRingStore.notEmptied(database, current);
        if (older.isEmpty() && search.isDone() || !KeyRingStore.newest(database).equals(current)) {
            return 0;
        }
        int moved = columns.stream().mapToInt(this::walk).sum() + search.walk();
        if (moved == 0) {
            older.forEach(this::empty);
        } else {
            LOG.atInfo().addKeyValue("key", current).addKeyValue("values", moved).log("sealed and hashed anew");
        }
        return moved;
    }

    private int walk(SealedColumn column) {
        int moved = 0;
        Optional<List<Object>> last = Optional.empty();
        do {
            var after = last;
            var walked = database.transact(tx -> KeyRingStore.reseal(tx, ring, column, after));
            moved += walked.moved();
            last = walked.last();
        } while (last.isPresent());
        return moved;
    }

    private void empty(String keyId) {
        database.transact(tx -> {
            KeyRingStore.empty(tx, ring, keyId, clock.now());
            return keyId;
        });
        LOG.atInfo().addKeyValue("key", keyId).log("nothing is sealed by this key any more; it may be left out of GATEHOUSE_KEYS");
    }
}
