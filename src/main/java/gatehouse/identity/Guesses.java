package gatehouse.identity;

import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Counts attempts before they are judged; see {@link GuessPolicy}. */
final class Guesses {
    private final GuessStore store;
    private final KeyRing keys;

    Guesses(GuessStore store, KeyRing keys) {
        this.store = store;
        this.keys = keys;
    }

    /** One thing to be counted by: a phone, an account, an address; kept as a keyed hash only. */
    record Tally(Subject subject, byte[] hash) {
    }

    /** What an address is remembered by. */
    byte[] hashOf(SourceAddress source) {
        return keys.searchHash(KeyPurpose.SOURCE_SEARCH, source.text());
    }

    /** Somebody came in well from there: their next logins from there are not slowed by the failures of others. */
    void remember(Tx tx, UUID compound, UUID account, SourceAddress source, OffsetDateTime now) {
        store.rememberSource(tx, compound, account, hashOf(source), now);
    }

    /** 429 where one of them must wait, the person before their address. Tallies are locked in the order of the list, which must be that of {@link Subject}. */
    void check(Tx tx, List<Tally> tallies, OffsetDateTime now) {
        boolean blameless = tallies.size() > 1;
        for (var tally : tallies) {
            var counter = store.lock(tx, tally.subject, tally.hash, now);
            var wait = GuessPolicy.delay(tally.subject, counter, blameless, now);
            if (wait.isPresent()) {
                throw Problem.of(ProblemType.TOO_MANY_ATTEMPTS).with("retryAfter", seconds(wait.get()));
            }
            blameless &= !GuessPolicy.isRemembered(tally.subject, counter, now);
        }
    }

    /** As {@link #check}, and counts a failure on each: forgiven by {@link #succeeded} or {@link #forgive}. */
    void attempt(Tx tx, List<Tally> tallies, OffsetDateTime now) {
        check(tx, tallies, now);
        tallies.forEach(tally -> failed(tx, tally, now));
    }

    void failed(Tx tx, Tally tally, OffsetDateTime now) {
        var counter = store.lock(tx, tally.subject, tally.hash, now);
        store.keep(tx, tally.subject, tally.hash, GuessPolicy.afterFailure(tally.subject, counter, now));
    }

    /** The attempt was right: what was counted by the person is forgotten, by their address only this one failure. */
    void succeeded(Tx tx, List<Tally> tallies) {
        for (var tally : tallies) {
            switch (tally.subject) {
                case PHONE, PHONE_AT_KNOWN_SOURCE, RESET, ACCOUNT -> store.forget(tx, tally.subject, tally.hash);
                case SOURCE, INVITATION_SOURCE, WECHAT_SOURCE, PORTAL_LOGIN_SOURCE, PORTAL_LOGIN_PHONE, CODE_TYPIST, CODE_PLACE, CODE_SOURCE -> store.forgiveOne(tx, tally.subject, tally.hash);
            }
        }
    }

    /** The attempt could not be judged. */
    void forgive(Tx tx, List<Tally> tallies) {
        tallies.forEach(tally -> store.forgiveOne(tx, tally.subject, tally.hash));
    }

    private static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
