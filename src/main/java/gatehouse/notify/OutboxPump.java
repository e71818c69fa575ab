package gatehouse.notify;

import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Pump;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.Outbox.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

    OutboxPump(Database database, List<Channel> channels, Limits limits) {
        this.database = database;
        this.channels = List.copyOf(channels);
        this.limits = limits;
        this.rhythm = new Pump("outbox-pump", limits.idlePause, CLOSING_PATIENCE, this::turn, new Telling());
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
        return pumpOnce() == limits.batchSize;
    }

    /** Says once that the database is gone, not at every turn. */
    private static final class Telling implements Pump.Report {
        @Override
        public void failed(RuntimeException fault, boolean again) {
            if (!databaseIsGone(fault)) {
                LOG.error("the outbox could not be emptied", fault);
            } else if (!again) {
                LOG.warn("the outbox waits for the database");
            }
        }

        @Override
        public void recovered() {
            LOG.info("the outbox is being emptied again");
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
        Set<Claimed> forNobody;
        try {
            forNobody = deliver(claimed);
        } catch (RuntimeException fault) {
            if (databaseIsGone(fault)) {
                throw fault;
            }
            if (claimed.size() > 1) {
                claimed.forEach(each -> deliverAndMark(List.of(each)));
            } else {
                // The class says what went wrong; a message text might quote what nobody may read here.
                database.transact(tx -> putOff(tx, claimed, each -> fault.getClass().getSimpleName()));
            }
            return;
        }
        var delivered = claimed.stream().filter(each -> !forNobody.contains(each)).toList();
        database.transact(tx -> Outbox.sent(tx, delivered) + putOff(tx, forNobody, each -> "nobody there: " + each.addressing().kind()));
    }

    /**
     * Answers those that are for nobody: that nobody holds a role, or that an account is gone, is an outcome and no failure of the list.
     * Somebody may be appointed before the attempts are used up.
     */
    private Set<Claimed> deliver(List<Claimed> claimed) {
        var addressees = NotifyStore.addressees(database, claimed.stream().map(Claimed::addressing).toList(),
                claimed.stream().map(Claimed::compoundId).toList());
        var deliveries = new ArrayList<Delivery>(claimed.size());
        var forNobody = new HashSet<Claimed>();
        for (int i = 0; i < claimed.size(); i++) {
            var message = claimed.get(i);
            if (addressees.get(i).isEmpty()) {
                forNobody.add(message);
            } else {
                deliveries.add(new Delivery(message.id(), message.template(), message.argumentsChinese(), message.argumentsEnglish(),
                        Optional.ofNullable(message.subjectId()), message.createdAt(), addressees.get(i)));
            }
        }
        if (!deliveries.isEmpty()) {
            channels.forEach(channel -> channel.deliver(deliveries));
        }
        return forNobody;
    }

    /** After a pause again, or never where it was tried often enough; one line of log for each reason, however many they are. */
    private int putOff(Tx tx, Collection<Claimed> messages, Function<Claimed, String> reasonOf) {
        int putOff = 0;
        var alike = messages.stream().collect(Collectors.groupingBy(each -> new Fate(each.attempt(), reasonOf.apply(each))));
        for (var each : alike.entrySet()) {
            var fate = each.getKey();
            boolean forGood = fate.attempt >= limits.attempts;
            putOff += Outbox.failed(tx, each.getValue(), forGood, pauseAfter(fate.attempt), fate.reason);
            LOG.atLevel(forGood ? Level.ERROR : Level.WARN).log("{}: messages={} attempt={} reason={} first={} ({})", forGood ? "parked" : "put off",
                    each.getValue().size(), fate.attempt, fate.reason, each.getValue().getFirst().id(), each.getValue().getFirst().template());
        }
        return putOff;
    }

    private record Fate(int attempt, String reason) {
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
