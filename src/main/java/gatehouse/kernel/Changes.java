package gatehouse.kernel;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every instance which compounds were {@linkplain Tx#changes changed}, after the commit that did it: at once after a quiet time,
 * then at most every {@value #REST_MILLIS} ms whatever the number of commits, because a NOTIFY holds a lock over the whole database
 * until it is committed. It is a hint and may get lost with the process that owes it; whoever shows figures looks again now and then.
 */
public final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final String CHANNEL = "compound_changed";
    private static final long REST_MILLIS = 200;
    private static final long REST_AFTER_FAILURE_MILLIS = 1_000;
    /** A payload has at most 8,000 bytes. */
    private static final int IDS_IN_A_PAYLOAD = 200;

    private final Vertx vertx;
    private final Database database;
    private final Notifications notifications;
    private final ReentrantLock lock = new ReentrantLock();
    private Set<UUID> owed = new HashSet<>();
    private boolean resting;
    private volatile boolean failing;

    /** From now on the database's commits are told. */
    public Changes(Vertx vertx, Database database, Notifications notifications) {
        this.vertx = vertx;
        this.database = database;
        this.notifications = notifications;
        database.afterCommits(this::owe);
    }

    /** Calls {@code listener} with what changed on any instance, this one too: true for a compound that may have. It must only take note. */
    public void on(Consumer<Predicate<UUID>> listener) {
        notifications.on(CHANNEL, payload -> {
            if (payload.equals(Notifications.EVERYTHING)) {
                listener.accept(compound -> true);
            } else {
                listener.accept(Stream.of(payload.split(",")).map(UUID::fromString).collect(Collectors.toSet())::contains);
            }
        });
    }

    private void owe(Set<UUID> changed) {
        lock.lock();
        try {
            owed.addAll(changed);
            if (resting) {
                return;
            }
            resting = true;
        } finally {
            lock.unlock();
        }
        send();
    }

    private void send() {
        var told = take();
        if (told.isEmpty()) {
            return;
        }
        Notifications.send(database, CHANNEL, payloads(told)).onComplete(done -> {
            if (done.failed()) {
                takeBack(told);
            } else {
                failing = false;
            }
            vertx.setTimer(done.failed() ? REST_AFTER_FAILURE_MILLIS : REST_MILLIS, rested -> send());
        });
    }

    /** What is owed; where it is nothing the next change goes out at once. */
    private Set<UUID> take() {
        lock.lock();
        try {
            var taken = owed;
            owed = new HashSet<>();
            resting = !taken.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Set<UUID> untold) {
        lock.lock();
        try {
            owed.addAll(untold);
        } finally {
            lock.unlock();
        }
        if (!failing) {
            failing = true;
            LOG.warn("changes cannot be told to other instances; it is tried again every second");
        }
    }

    private static List<String> payloads(Set<UUID> compounds) {
        var ids = compounds.stream().map(UUID::toString).toList();
        var payloads = new ArrayList<String>();
        for (int from = 0; from < ids.size(); from += IDS_IN_A_PAYLOAD) {
            payloads.add(String.join(",", ids.subList(from, Math.min(ids.size(), from + IDS_IN_A_PAYLOAD))));
        }
        return payloads;
    }
}
