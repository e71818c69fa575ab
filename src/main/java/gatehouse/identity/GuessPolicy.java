package gatehouse.identity;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How guessing is slowed. An attempt is counted as a failure before it is judged and forgiven when it was right, so that many at
 * once gain nothing. Attempts that were refused for their haste do not count: no account is shut for longer than
 * {@link #LONGEST_DELAY} by one failure.
 */
final class GuessPolicy {
    static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    /** An account is not slowed by others' failures where it logged in well within this time. */
    static final Duration SOURCE_REMEMBERED = Duration.ofDays(30);

    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** What failures are counted by, and how. */
    enum Subject {
        /** A phone number, whether or not it has an account. */
        PHONE(new Rule.Doubling()),
        /** A phone number from an address where it logged in well of late. */
        PHONE_AT_KNOWN_SOURCE(new Rule.Doubling()),
        /** A phone number for which a reset code is typed; apart from its passwords, which may have been tried often before they were lost. */
        RESET(new Rule.Doubling()),
        /** Somebody logged in who is asked for their password again. */
        ACCOUNT(new Rule.Doubling()),
        /** An address: a whole compound may stand behind it, so it takes a great many, and then lets a trickle through. */
        SOURCE(new Rule.ThenTrickle(300, Duration.ofSeconds(2))),
        /** Wrong invitation codes from an address; a code has 60 bits, so this only keeps machines from trying for years. */
        INVITATION_SOURCE(new Rule.PerWindow(100)),
        /** Codes of WeChat from an address: no secret to be guessed, but each is a call of the day's quota. */
        WECHAT_SOURCE(new Rule.PerWindow(300)),
        /** Browsers from an address that ask to be logged in by a phone: no guesses, but each may be a call to WeChat. */
        PORTAL_LOGIN_SOURCE(new Rule.PerWindow(300)),
        /** Somebody logged in who scans what is no login, or is over. */
        PORTAL_LOGIN_PHONE(new Rule.PerWindow(30)),
        /** Somebody logged in who types short codes that others show them; see {@link CodeGuesses}. */
        CODE_TYPIST(new Rule.PerWindow(10)),
        /** The place where codes are typed; only holds up whoever has typed wrong ones themselves. */
        CODE_PLACE(new Rule.PerWindow(40)),
        /** An address from which codes are typed; the same. */
        CODE_SOURCE(new Rule.PerWindow(80));

        private final Rule rule;

        Subject(Rule rule) {
            this.rule = rule;
        }
    }

    private sealed interface Rule {
        /** After some free failures each further one doubles the wait. */
        record Doubling() implements Rule {
        }

        /** So many in {@link #WINDOW}, then none until it is over. */
        record PerWindow(int failures) implements Rule {
        }

        /** The same, but one from time to time for those who did not fail themselves: nobody shuts out all who share their address. */
        record ThenTrickle(int failures, Duration every) implements Rule {
        }
    }

    /** How often and when it failed; zero failures where it never did. */
    record Counter(int failures, OffsetDateTime firstFailedAt, OffsetDateTime lastFailedAt) {
    }

    private GuessPolicy() {
    }

    /**
     * How long to wait before the next attempt; nothing where it may be made now.
     *
     * @param blameless whoever attempts it has no failure of their own that still counts
     */
    static Optional<Duration> delay(Subject subject, Counter counter, boolean blameless, OffsetDateTime now) {
        var possibleFrom = switch (subject.rule) {
            case Rule.Doubling doubling -> isForgotten(subject, counter, now) || counter.failures < FREE_FAILURES
                    ? now : counter.lastFailedAt.plus(delayAfter(counter.failures));
            case Rule.PerWindow(var most) -> isForgotten(subject, counter, now) || counter.failures < most
                    ? now : counter.firstFailedAt.plus(WINDOW);
            case Rule.ThenTrickle(var most, var every) -> isForgotten(subject, counter, now) || counter.failures < most
                    ? now : blameless ? counter.lastFailedAt.plus(every) : counter.firstFailedAt.plus(WINDOW);
        };
        var wait = Duration.between(now, possibleFrom);
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    /** The counter with one more failure. */
    static Counter afterFailure(Subject subject, Counter counter, OffsetDateTime now) {
        return isForgotten(subject, counter, now) ? new Counter(1, now, now)
                : new Counter(counter.failures + 1, counter.firstFailedAt, now);
    }

    /** Whether there is a failure that still counts. */
    static boolean isRemembered(Subject subject, Counter counter, OffsetDateTime now) {
        return !isForgotten(subject, counter, now);
    }

    private static boolean isForgotten(Subject subject, Counter counter, OffsetDateTime now) {
        return counter.failures == 0 || switch (subject.rule) {
            case Rule.Doubling doubling -> !now.isBefore(counter.lastFailedAt.plus(FORGOTTEN_AFTER));
            case Rule.PerWindow window -> !now.isBefore(counter.firstFailedAt.plus(WINDOW));
            case Rule.ThenTrickle window -> !now.isBefore(counter.firstFailedAt.plus(WINDOW));
        };
    }

    private static Duration delayAfter(int failures) {
        int doublings = Math.min(failures - FREE_FAILURES, 16);
        var delay = FIRST_DELAY.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
