package gatehouse.identity;

import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.identity.Guesses.Tally;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Keeps codes that are short enough to be typed from being guessed: wrong ones are counted by whoever types them, by the place and by the address.
 * Who has typed none wrong of late never waits, whatever others at the same place do.
 */
public final class CodeGuesses {
    private final Database database;
    private final BusinessClock clock;
    private final GuessStore store = new GuessStore();
    private final Guesses guesses;
    private final KeyRing keys;

    public CodeGuesses(Database database, BusinessClock clock, KeyRing keys) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.guesses = new Guesses(store, keys);
    }

    /** Somebody logged in who types a code at a place, for instance a gate. */
    public record Typist(UUID accountId, UUID placeId, String clientAddress) {
    }

    /**
     * What {@code search} finds by the code; nothing is counted as a guess.
     *
     * @throws Problem {@code TOO_MANY_ATTEMPTS} with the seconds to wait, before anything is searched
     */
    public <T> Optional<T> find(Typist typist, Function<Tx, Optional<T>> search) {
        var own = new Tally(Subject.CODE_TYPIST, keys.searchHash(KeyPurpose.CODE_TYPIST_SEARCH, typist.accountId.toString()));
        var others = List.of(new Tally(Subject.CODE_PLACE, keys.searchHash(KeyPurpose.CODE_PLACE_SEARCH, typist.placeId.toString())),
                new Tally(Subject.CODE_SOURCE, guesses.hashOf(SourceAddress.of(typist.clientAddress))));
        var now = clock.now();
        return database.transact(tx -> {
            guesses.check(tx, List.of(own), now);
            if (hasFailed(tx, own, now)) {
                guesses.check(tx, others, now);
            }
            var found = search.apply(tx);
            if (found.isEmpty()) {
                guesses.failed(tx, own, now);
                others.forEach(tally -> guesses.failed(tx, tally, now));
            }
            return found;
        });
    }

    private boolean hasFailed(Tx tx, Tally own, OffsetDateTime now) {
        return GuessPolicy.isRemembered(own.subject(), store.lock(tx, own.subject(), own.hash(), now), now);
    }
}
