package gatehouse.notify;

import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Pump;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.Outbox.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox: claims a few messages, finds who they are for, delivers them through every channel and marks them sent. Woken
 * by NOTIFY and, should that be missed, by the passing of time. What fails is tried again after growing pauses and parked in the end.
 *
 * <p>A claim is a commit of its own and ends by itself. A crash between delivering and marking therefore delivers again; the channels
 * know a message by its id, so nobody has it twice in the inbox. Several instances pump side by side.
 */
public final class OutboxPump implements AutoCloseable {
    /** Messages per claim; how long a claim holds; the first pause after a failure, doubled each time; attempts before parking. */
    public record Limits(int batchSize, Duration lease, Duration firstPause, int attempts, Duration idlePause) {
        public static final Limits DEFAULT =
                new Limits(200, Duration.ofSeconds(60), Duration.ofSeconds(5), 10, Duration.ofSeconds(5));
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutboxPump.class);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final List<Channel> channels;
    private final Limits limits;
    private final Pump rhythm;
    private boolean databaseWasGone;

    OutboxPump(Database database, List<Channel> channels, Limits limits) {
        this.database = database;
        this.channels = List.copyOf(channels);
        this.limits = limits;
        this.rhythm = new Pump("outbox-pump", limits.idlePause, CLOSING_PATIENCE, this::turn, this::report);
    }

    /** A running pump into the portal's inbox, and from there into the other channels. */
    public static OutboxPump start(Database database, Notifications notifications, List<Channel> others) {
        var channels = Stream.concat(Stream.of(new InboxChannel(database)), others.stream()).toList();
        var pump = new OutboxPump(database, channels, Limits.DEFAULT);
        notifications.on(Outbox.CHANNEL, payload -> pump.wake());
        pump.start();
        return pump;
    }

    void start() {
        rhythm.start();
    }

    void wake() {
        rhythm.wake();
    }

    private boolean turn() {
        boolean more = pumpOnce() == limits.batchSize;
        if (databaseWasGone) {
            LOG.info("the outbox is being emptied again");
            databaseWasGone = false;
        }
        return more;
    }

    /** Says once that the database is gone, not at every turn. */
    private void report(RuntimeException fault) {
        if (!databaseIsGone(fault)) {
            LOG.error("the outbox could not be emptied", fault);
        } else if (!databaseWasGone) {
            databaseWasGone = true;
            LOG.warn("the outbox waits for the database");
        }
    }

    private static boolean databaseIsGone(RuntimeException fault) {
        return fault instanceof Problem problem
                && (problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.OVERLOADED);
    }

    /** Claims and delivers one batch; answers how many messages were claimed. */
    int pumpOnce() {
        var claimed = claim();
        if (!claimed.isEmpty()) {
            deliverAndMark(claimed);
        }
        return claimed.size();
    }

    List<Claimed> claim() {
        return database.transact(tx -> Outbox.claim(tx, limits.batchSize, limits.lease));
    }

    private void deliverAndMark(List<Claimed> claimed) {
        try {
            deliver(claimed);
        } catch (RuntimeException fault) {
            if (databaseIsGone(fault)) {
                throw fault;
            }
            if (claimed.size() == 1) {
                putOff(claimed.getFirst(), fault);
            } else {
                claimed.forEach(each -> deliverAndMark(List.of(each)));
            }
            return;
        }
        database.transact(tx -> Outbox.sent(tx, claimed));
    }

    private void deliver(List<Claimed> claimed) {
        var addressees = NotifyStore.addressees(database, claimed.stream().map(Claimed::addressing).toList(),
                claimed.stream().map(Claimed::compoundId).toList());
        var deliveries = new ArrayList<Delivery>(claimed.size());
        for (int i = 0; i < claimed.size(); i++) {
            var message = claimed.get(i);
            if (addressees.get(i).isEmpty()) {
                throw new NobodyThere(message.addressing().kind());
            }
            deliveries.add(new Delivery(message.id(), message.template(), message.argumentsChinese(), message.argumentsEnglish(),
                    Optional.ofNullable(message.subjectId()), message.createdAt(), addressees.get(i)));
        }
        channels.forEach(channel -> channel.deliver(deliveries));
    }

    /** Nobody holds that role, or the account is gone; somebody may be appointed before the attempts are used up. */
    private static final class NobodyThere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NobodyThere(String kind) {
            super("nobody there: " + kind, null, false, false);
        }
    }

    private void putOff(Claimed message, RuntimeException fault) {
        boolean forGood = message.attempt() >= limits.attempts;
        // The class says what went wrong; a message text might quote what nobody may read here.
        var reason = fault instanceof NobodyThere ? fault.getMessage() : fault.getClass().getSimpleName();
        database.transact(tx -> Outbox.failed(tx, message, forGood, pauseAfter(message.attempt()), reason));
        if (forGood) {
            LOG.error("message {} ({}) is parked after {} attempts: {}", message.id(), message.template(), message.attempt(), reason);
        } else {
            LOG.warn("message {} ({}) is put off: {}", message.id(), message.template(), reason);
        }
    }

    Duration pauseAfter(int attempt) {
        var pause = limits.firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Finishes the batch in hand and stops. */
    @Override
    public void close() {
        rhythm.close();
    }
}
