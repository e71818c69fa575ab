package gatehouse.sms;

import gatehouse.kernel.AtOnce;
import gatehouse.kernel.Breaker;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Pump;
import gatehouse.notify.Medium;
import gatehouse.notify.Medium.Standing;
import gatehouse.notify.LadderStore;
import gatehouse.registry.PersonalData;
import gatehouse.sms.LadderPolicy.Facts;
import gatehouse.sms.LadderPolicy.Step;
import gatehouse.sms.SmsProvider.Answer;
import gatehouse.sms.SmsProvider.Sms;
import gatehouse.sms.SmsStore.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for the provider, a few at once, and asks it what became of them. A message whose answer never came, or whose sender died before it
 * could write the answer down, is sent once more by the same delivery id and never a third time: at most one duplicate, counted, and none with a
 * provider that knows the id again.
 */
final class SmsPump implements AutoCloseable {
    /** Messages per claim and how many of them at once, how long a claim holds, the first pause after a failure. */
    record Limits(int batch, int atOnce, Duration lease, Duration firstPause, Duration idlePause) {
        static final Limits DEFAULT = new Limits(40, 8, Duration.ofMinutes(3), Duration.ofSeconds(20), Duration.ofSeconds(10));
    }

    /** Where messages are kept, and by what a phone number is opened. */
    record Ground(Database database, BusinessClock clock, PersonalData personalData) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmsPump.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(10);
    private static final String NO_CODE = "";

    private final Ground ground;
    private final SmsProvider provider;
    private final Limits limits;
    private final SmsTally tally;
    private final SmsStore store = new SmsStore();
    private final DeclinedStore declined = new DeclinedStore();
    private final Breaker breaker = new Breaker();
    private final AtOnce lines;
    private final Pump rhythm;

    SmsPump(Ground ground, SmsProvider provider, Limits limits, SmsTally tally) {
        this.ground = ground;
        this.provider = provider;
        this.limits = limits;
        this.tally = tally;
        this.lines = new AtOnce("sms-", limits.atOnce);
        this.rhythm = new Pump("sms-pump", limits.idlePause, CLOSING_PATIENCE, this::turn, this::report);
    }

    void start() {
        rhythm.start();
    }

    void wake() {
        rhythm.wake();
    }

    private boolean turn() {
        return pumpOnce() == limits.batch;
    }

    /** A database that is gone is told of by the outbox; what else it may be, once. */
    private void report(RuntimeException fault, boolean again) {
        if (!again && !(fault instanceof Problem)) {
            LOG.error("short messages could not be sent", fault);
        }
    }

    /** Claims one batch and sees to it; answers how many messages were claimed. */
    int pumpOnce() {
        var claimed = claim();
        lines.each(claimed, this::seeTo);
        return claimed.size();
    }

    List<Claimed> claim() {
        return ground.database.transact(tx -> store.claim(tx, limits.batch, limits.lease));
    }

    private void seeTo(Claimed message) {
        if (rhythm.isClosing()) {
            lookAgain(message, Duration.ZERO);
        } else if (message.state() == SmsFate.ACCEPTED) {
            ask(message);
        } else {
            prepared(message).ifPresent(sms -> judge(message, send(sms)));
        }
    }

    /** The message with its phone number; empty where it is not sent now and that has been written down. */
    Optional<Sms> prepared(Claimed message) {
        boolean toldOtherwise = LadderStore.isToldOtherwise(ground.database, Medium.SMS, message.told());
        boolean wantsNone = declined.since(ground.database, message.told().person()).isPresent();
        var step = LadderPolicy.next(new Facts(toldOtherwise, wantsNone, message.weChatUnderway(), message.doubts(), message.createdAt()), ground.clock.now());
        return switch (step) {
            case Step.GiveUp(var fate) -> {
                settle(message, fate, NO_CODE);
                yield Optional.empty();
            }
            case Step.LookAgain(var after) -> {
                lookAgain(message, after);
                yield Optional.empty();
            }
            case Step.Send(var again) -> addressed(message, again);
        };
    }

    private Optional<Sms> addressed(Claimed message, boolean again) {
        var refused = breaker.refuses(ground.clock.now());
        if (refused.isPresent()) {
            putOff(message, true, pauseAfter(message), "breaker");
            return Optional.empty();
        }
        var person = message.told().person();
        Optional<byte[]> sealed = ground.database.transact(tx -> store.phone(tx, person));
        if (sealed.isEmpty()) {
            settle(message, SmsFate.UNNEEDED, "gone");
            return Optional.empty();
        }
        if (again) {
            tally.repeated();
        }
        var phone = ground.personalData.openPhone(sealed.get(), "account", person.accountId());
        return Optional.of(new Sms(message.deliveryId(), phone, message.template(), message.arguments(), message.words()));
    }

    Answer send(Sms sms) {
        var answer = provider.send(sms);
        boolean ill = switch (answer) {
            case Answer.Accepted accepted -> false;
            case Answer.Refused refused -> false;
            case Answer.NotNow notNow -> true;
            case Answer.Denied denied -> true;
            case Answer.Silent silent -> true;
        };
        if (ill && breaker.failed(ground.clock.now())) {
            LOG.warn("the SMS provider does not send ({}); no calls for a while", answer);
        } else if (!ill && breaker.succeeded()) {
            LOG.info("the SMS provider sends again");
        }
        return answer;
    }

    private void judge(Claimed message, Answer answer) {
        switch (answer) {
            case Answer.Accepted accepted -> settle(message, SmsFate.ACCEPTED, NO_CODE);
            case Answer.Refused(var code) -> {
                LOG.warn("SMS {} ({}) is refused with {}", message.deliveryId(), message.template(), code);
                settle(message, SmsFate.REFUSED, code);
            }
            case Answer.NotNow(var pause, var code) -> putOff(message, true, pause.orElse(pauseAfter(message)), code);
            case Answer.Denied(var code) -> putOff(message, true, pauseAfter(message), code);
            case Answer.Silent silent -> {
                if (message.doubts() >= LadderPolicy.MOST_DOUBTS) {
                    settle(message, SmsFate.UNCERTAIN, "silent");
                } else {
                    putOff(message, false, pauseAfter(message), "silent");
                }
            }
        }
    }

    private void ask(Claimed message) {
        switch (provider.receipt(message.deliveryId())) {
            case DELIVERED -> settle(message, SmsFate.DELIVERED, NO_CODE);
            case UNDELIVERED -> settle(message, SmsFate.UNDELIVERED, NO_CODE);
            case PENDING, UNKNOWN -> {
                if (message.asks() + 1 >= LadderPolicy.MOST_ASKS) {
                    settle(message, SmsFate.SENT, NO_CODE);
                } else {
                    putOff(message, false, LadderPolicy.askAgainAfter(message.asks() + 1), NO_CODE);
                }
            }
        }
    }

    private void settle(Claimed message, SmsFate fate, String code) {
        boolean settled = ground.database.transact(tx -> {
            boolean mine = store.settle(tx, message, fate, LadderPolicy.askAgainAfter(0), code);
            if (mine) {
                LadderStore.set(tx, Medium.SMS, fate.hasReached() ? Standing.REACHED : Standing.FAILED, List.of(message.told()));
            }
            return mine;
        });
        if (settled && fate.isEnd()) {
            tally.settled(fate);
        }
    }

    private void lookAgain(Claimed message, Duration after) {
        ground.database.transact(tx -> store.lookAgain(tx, message, after));
    }

    private void putOff(Claimed message, boolean notSent, Duration pause, String code) {
        ground.database.transact(tx -> store.putOff(tx, message, notSent, pause, code));
    }

    /** Longer with each try that failed; looks that waited for WeChat are none. */
    private Duration pauseAfter(Claimed message) {
        var pause = limits.firstPause.multipliedBy(1L << Math.min(message.tries(), 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Finishes the messages in hand and stops. */
    @Override
    public void close() {
        rhythm.close();
        lines.close();
    }
}
