package gatehouse.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.load.Ledger.Promise;
import gatehouse.load.Ledger.Slot;
import gatehouse.load.Ledger.Write;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One person who reports without pause for the members of their household, first reports and corrections, half of them with a key.
 * What was not answered is sent again with its key until it is; without a key it is let be.
 */
final class Reporter implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEW_CONNECTION_EVERY = 40;
    private static final int PAUSE_MILLIS = 15;

    /** How this person takes it that the server goes. */
    interface Patience {
        /** Whether they connect once more. */
        boolean goesOn();

        /** Whether a request that got no answer, or a 503, is the server's fault; else it is sent again. */
        boolean wantsEveryAnswer();
    }

    private final String name;
    private final Product product;
    private final Ledger ledger;
    private final Supplier<String> accessToken;
    private final List<UUID> members;
    private final LocalDate today;
    private final Patience patience;
    private final Random random;
    private volatile boolean stopping;
    private int number;
    private @Nullable Write unanswered;
    private @Nullable Line line;

    Reporter(String name, Product product, Ledger ledger, Supplier<String> accessToken, List<UUID> members, LocalDate today, Patience patience) {
        this.name = name;
        this.product = product;
        this.ledger = ledger;
        this.accessToken = accessToken;
        this.members = List.copyOf(members);
        this.today = today;
        this.patience = patience;
        this.random = new Random(name.hashCode());
    }

    /** Sends nothing new any more; what has a key and was not answered is still repeated. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (line == null && !connected()) {
                    return;
                }
                if (unanswered == null) {
                    if (stopping) {
                        return;
                    }
                    unanswered = next();
                }
                send(unanswered);
            }
        } catch (InterruptedException stopped) {
            ledger.unexpected(name, "interrupted");
        } finally {
            hangUp();
        }
    }

    /** False where this person goes home. */
    private boolean connected() throws InterruptedException {
        while (patience.goesOn()) {
            try {
                line = new Line(product.port());
                return true;
            } catch (IOException nobodyListens) {
                if (stopping && unanswered == null) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return false;
    }

    private void send(Write write) throws InterruptedException {
        ledger.sending(write);
        try {
            var reply = line.post("/api/v1/health-reports", headers(write), body(write));
            if (line.isLast() || number % NEW_CONNECTION_EVERY == 0) {
                hangUp();
            }
            switch (reply.status()) {
                case 200, 201 -> {
                    ledger.answered(write, promise(reply));
                    unanswered = null;
                }
                // It may have taken effect: the database can vanish after its commit.
                case 503 -> unansweredStays(write, reply.toString());
                default -> {
                    ledger.unexpected(name, write + " was answered " + reply);
                    unanswered = null;
                }
            }
        } catch (IOException cut) {
            hangUp();
            unansweredStays(write, cut.toString());
        }
    }

    private void unansweredStays(Write write, String why) throws InterruptedException {
        ledger.notAnswered();
        if (patience.wantsEveryAnswer()) {
            ledger.unexpected(name, write + " was sent and not answered: " + why);
        }
        if (write.key().isEmpty()) {
            unanswered = null;
        }
        Thread.sleep(PAUSE_MILLIS);
    }

    private Write next() {
        number++;
        // Few slots, so that first reports are soon followed by corrections.
        var slot = new Slot(members.get(random.nextInt(members.size())), today.minusDays(1 + random.nextInt(Town.OPEN_DAYS)), 1 + random.nextInt(2));
        var key = random.nextBoolean() ? Optional.of(new UUID(random.nextLong(), random.nextLong())) : Optional.<UUID>empty();
        return new Write(name + "/" + number, slot, 360 + random.nextInt(16), key);
    }

    private List<String> headers(Write write) {
        var headers = new ArrayList<>(List.of("Authorization: Bearer " + accessToken.get()));
        write.key().ifPresent(key -> headers.add("Idempotency-Key: " + key));
        return headers;
    }

    private static String body(Write write) {
        return """
                {"residentId":"%s","date":"%s","round":"%s","temperature":%d.%d,"symptoms":[],"note":"%s"}""".formatted(
                write.slot().resident(), write.slot().date(), write.slot().round() == 1 ? "MORNING" : "AFTERNOON",
                write.tenths() / 10, write.tenths() % 10, write.note());
    }

    private static Promise promise(Line.Reply reply) throws IOException {
        return new Promise(JSON.readTree(reply.body()).required("version").intValue(), reply.says("idempotent-replay: true"));
    }

    private void hangUp() {
        if (line != null) {
            try {
                line.close();
            } catch (IOException alreadyGone) {
                ledger.unexpected(name, alreadyGone.toString());
            }
            line = null;
        }
    }
}
