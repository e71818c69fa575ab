package gatehouse.wording;

import gatehouse.http.Caller;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.identity.MiniPrograms;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.wording.WordingStore.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The feature put together: what those features use whose words other residents read. */
public final class Wordings implements AutoCloseable {
    private static final String CHANNEL = "wording";
    private static final String LIST = "/gatehouse/held-words.txt";
    private static final int AT_ONCE = 50;

    private final Database database;
    private final BusinessClock clock;
    private final MiniPrograms programs;
    private final List<String> listed;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean closed;

    /** {@code listed}: the operator's list instead of the house's, one word in a line or between commas. */
    public Wordings(Database database, BusinessClock clock, MiniPrograms programs, Optional<String> listed) {
        this.database = database;
        this.clock = clock;
        this.programs = programs;
        this.listed = WordingPolicy.parsed(listed.orElseGet(Wordings::ownList));
    }

    private static String ownList() {
        try (var list = Objects.requireNonNull(Wordings.class.getResourceAsStream(LIST))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** From now on WeChat is asked as soon as something is said, on one of those threads. */
    public void listen(Notifications notifications, Executor threads) {
        notifications.on(CHANNEL, payload -> threads.execute(() -> {
            if (!closed && asking.tryLock()) {
                try {
                    check();
                } finally {
                    asking.unlock();
                }
            }
        }));
    }

    /** Words of a thing, and who wrote them. */
    public record Said(WordingKind kind, UUID compoundId, UUID thingId, UUID authorCompoundId, UUID authorId, String text) {
        @Override
        public String toString() {
            return "Said[" + kind + " of " + thingId + "]";
        }
    }

    /** In the transaction that files the thing: from its commit on others read these words, or not yet. */
    public void offer(Tx tx, Said said, OffsetDateTime now) {
        var why = WordingPolicy.fault(said.text, listed).orElse(null);
        if (why == null && !programs.judges(tx, said.authorCompoundId, said.authorId)) {
            return;
        }
        var words = new Words(said.compoundId, Ids.next(), said.kind, said.thingId, said.authorCompoundId, said.authorId, said.text, why, now);
        WordingStore.insert(tx, words, why == null ? now : null);
        if (why == null) {
            Notifications.send(tx, CHANNEL, said.compoundId.toString());
        } else {
            tellOffice(tx, words, now);
        }
    }

    /** How the words of a thing stand, for who wrote them and for staff; nothing where they are simply shown. */
    public static Optional<Standing> standing(Statements in, WordingKind kind, UUID compound, UUID thing) {
        return WordingStore.standing(in, kind, compound, thing).filter(each -> each.state() != WordingState.SHOWN);
    }

    /** With the things that they belonged to. */
    public static void forget(Tx tx, WordingKind kind, UUID compound, List<UUID> things) {
        WordingStore.forget(tx, kind, compound, things);
    }

    /** Asks WeChat about what waits for it; answers how many. Run twice at once it asks twice and decides once. */
    public int check() {
        var due = WordingStore.toAsk(database, clock.now(), AT_ONCE);
        due.forEach(this::check);
        return due.size();
    }

    private void check(Words words) {
        var verdict = programs.judge(words.authorCompoundId(), words.authorId(), words.text());
        var now = clock.now();
        database.transact(tx -> {
            switch (verdict) {
                case PASS, NOT_ASKED -> WordingStore.pass(tx, words);
                case RISKY -> hold(tx, words, WordingWhy.RISKY, null, now);
                case UNAVAILABLE -> hold(tx, words, WordingWhy.UNCHECKED, now.plus(WordingPolicy.ASK_AGAIN_AFTER), now);
            }
            return verdict;
        });
    }

    private static void hold(Tx tx, Words words, WordingWhy why, @Nullable OffsetDateTime askAgainAt, OffsetDateTime now) {
        if (WordingStore.hold(tx, words, why, askAgainAt)) {
            tellOffice(tx, words, now);
        }
    }

    private static void tellOffice(Tx tx, Words words, OffsetDateTime now) {
        Outbox.put(tx, now, Message.of(words.compoundId(), "words-held/" + words.id(), MessageTemplate.WORDS_HELD,
                new Recipient.HoldersOfCompound(Role.OFFICE)).about(words.id()));
    }

    Page<Words> held(Scope scope, Page.Request page) {
        var after = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(WordingStore.held(database, scope.wholeCompounds(), page, after), page, words -> words.id().toString());
    }

    /** By staff. {@code NOT_ALLOWED_NOW} where it was decided; {@code NOT_FOUND} where WeChat let it pass meanwhile, of which nothing is kept. */
    void decide(Caller caller, Scope scope, UUID id, WordingDecision decision, @Nullable String reason) {
        if (decision == WordingDecision.REFUSE && (reason == null || reason.isBlank())) {
            throw Problem.badField("/reason", FieldFault.REQUIRED);
        }
        var now = clock.now();
        database.transact(tx -> {
            var words = WordingStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(
                    WordingStore.isDecided(tx, scope, id) ? ProblemType.NOT_ALLOWED_NOW : ProblemType.NOT_FOUND));
            switch (decision) {
                case SHOW -> WordingStore.decide(tx, words, WordingState.SHOWN, null, caller.compoundId(), caller.accountId(), now);
                case REFUSE -> {
                    WordingStore.decide(tx, words, WordingState.REFUSED, reason == null ? "" : reason.strip(), caller.compoundId(), caller.accountId(), now);
                    tellAuthor(tx, words, now);
                }
            }
            return words;
        });
    }

    private static void tellAuthor(Tx tx, Words words, OffsetDateTime now) {
        var template = switch (words.kind()) {
            case TICKET_PLACE -> MessageTemplate.TICKET_WORDS_REFUSED;
            case PURCHASE -> MessageTemplate.PURCHASE_WORDS_REFUSED;
        };
        Outbox.put(tx, now, Message.of(words.compoundId(), "words-refused/" + words.id(), template,
                new Recipient.Account(words.authorCompoundId(), words.authorId())).about(words.thingId()));
    }

    public List<Endpoint> endpoints() {
        return new WordingRoutes(this).endpoints();
    }

    @Override
    public void close() {
        closed = true;
        asking.lock();
        asking.unlock();
    }
}
