package gatehouse.notify;

import static gatehouse.notify.Neighbourhood.NINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Language;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.Channel.Delivery;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 8);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final OutboxPump.Limits LIMITS = new OutboxPump.Limits(10, LONG, Duration.ofSeconds(5), 3, Duration.ofSeconds(5));

    private final Neighbourhood here = new Neighbourhood(DATABASE);
    private final NotifyActions actions = new NotifyActions(DATABASE, new BusinessClock(() -> NINE.toInstant()), TestKeys.audit());

    @BeforeEach
    void emptyOutbox() {
        DATABASE.transact(tx -> tx.sql("delete from outbox_message").update());
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private static OutboxPump pump() {
        return new OutboxPump(DATABASE, List.of(new InboxChannel(DATABASE)), LIMITS);
    }

    private static OutboxPump pumpThrough(Channel channel) {
        return new OutboxPump(DATABASE, List.of(channel), LIMITS);
    }

    private static int put(Message... messages) {
        return DATABASE.transact(tx -> Outbox.put(tx, NINE, List.of(messages)));
    }

    private NotifyActions.Inbox inbox(Addressee owner) {
        return actions.inbox(owner, false, new Page.Request(50, null), null);
    }

    private int received(Addressee owner) {
        return inbox(owner).page().items().size();
    }

    /** The state, attempts and last fault of the only message. */
    private static String only() {
        return DATABASE.sql("select state || ' ' || attempts || coalesce(' ' || last_fault, '') from outbox_message")
                .only(row -> row.getString(0));
    }

    private static void letTimePass() {
        DATABASE.transact(tx -> tx.sql("update outbox_message set next_attempt_at = now() - interval '1 second'").update());
    }

    @Test
    void aMessage_reachesTheHoldersOfItsRole_inBothLanguages() {
        var office = here.office();
        var subject = Ids.next();
        put(here.alert("alert/1").about(subject));
        assertEquals(1, pump().pumpOnce());

        var inbox = inbox(office);
        var message = inbox.page().items().getFirst();
        assertEquals(1, inbox.unread());
        assertEquals("请在 10 分钟内登录确认。", message.template().text(Language.CHINESE, message.argumentsChinese()));
        assertEquals("Log in and acknowledge it within 10 minutes.", message.template().text(Language.ENGLISH, message.argumentsEnglish()));
        assertEquals(subject, message.subjectId().orElseThrow());
        assertEquals(NINE.toInstant(), message.createdAt().toInstant());
        assertEquals("SENT 1", only());
        assertEquals(0, pump().pumpOnce());
    }

    @Test
    void aMessage_whoseCauseRollsBack_neverWas() {
        assertThrows(Problem.class, () -> DATABASE.transact(tx -> {
            Outbox.put(tx, NINE, here.alert("alert/1"));
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }));
        assertEquals(0, pump().pumpOnce());
    }

    @Test
    void theSameDedupeKey_isSaidOnce_withinItsCompound() {
        var elsewhere = new Neighbourhood(DATABASE);
        assertEquals(1, put(here.alert("alert/1"), here.alert("alert/1")));
        assertEquals(0, put(here.alert("alert/1")));
        assertEquals(1, put(elsewhere.alert("alert/1")));
    }

    @Test
    void theSameDedupeKey_fromManyAtOnce_isSaidOnce_andNobodyDeadlocks() throws Exception {
        var added = new AtomicInteger();
        var attempts = new AtomicInteger();
        int rounds = 25;
        int atOnce = 8;
        int messages = 60;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                var all = new ArrayList<java.util.concurrent.Future<?>>();
                for (int i = 0; i < atOnce; i++) {
                    var keys = new ArrayList<>(IntStream.range(round * messages, (round + 1) * messages).boxed().toList());
                    Collections.shuffle(keys);
                    var list = keys.stream().map(key -> here.alert("alert/" + key)).toList();
                    all.add(threads.submit(() -> added.addAndGet(DATABASE.transact(tx -> {
                        attempts.incrementAndGet();
                        return Outbox.put(tx, NINE, list);
                    }))));
                }
                for (var each : all) {
                    each.get(30, TimeUnit.SECONDS);
                }
            }
        }
        assertEquals(rounds * messages, added.get());
        assertEquals(rounds * atOnce, attempts.get());
    }

    @Test
    void holdersOfACompound_areThoseWhoseRoleReachesItOrAPartOfIt() {
        var elsewhere = new Neighbourhood(DATABASE);
        var expected = Set.of(here.office(), here.appoint(Role.OFFICE, "COMMUNITY", here.community),
                elsewhere.appoint(Role.OFFICE, "COMPOUND", here.compound));
        elsewhere.office();
        here.appoint(Role.HEALTH_CENTRE, "COMPOUND", here.compound);
        here.disable(here.office());
        assertEquals(expected, holders(new Recipient.HoldersOfCompound(Role.OFFICE)));

        assertEquals(Set.of(here.appoint(Role.GUARD, "GATE", here.gate)), holders(new Recipient.HoldersOfCompound(Role.GUARD)));
        assertEquals(Set.of(here.appoint(Role.SUBDISTRICT, "SUBDISTRICT", here.subdistrict)),
                holders(new Recipient.HoldersOfCompound(Role.SUBDISTRICT)));
        assertEquals(Set.of(here.appoint(Role.ADMIN, "EVERYTHING", elsewhere.compound)), holders(new Recipient.HoldersOfCompound(Role.ADMIN)));
    }

    @Test
    void holdersOfABuilding_areItsGridWorkerAndNoOther() {
        var elsewhere = new Neighbourhood(DATABASE);
        var own = here.appoint(Role.GRID_WORKER, "GRID", here.grid);
        elsewhere.appoint(Role.GRID_WORKER, "GRID", elsewhere.grid);
        here.appoint(Role.GRID_WORKER, "GRID", Ids.next());
        assertEquals(Set.of(own), holders(new Recipient.HoldersOfBuilding(Role.GRID_WORKER, here.building)));
        assertEquals(Set.of(own), holders(new Recipient.HoldersOfCompound(Role.GRID_WORKER)));
    }

    @Test
    void aHousehold_isItsMembersWhoHaveAnAccount() {
        var members = Set.of(here.residentWithAccount(), here.residentWithAccount());
        here.resident(null);
        here.account();
        assertEquals(members, holders(new Recipient.Household(here.household)));
    }

    @Test
    void anAccount_isItself_unlessDisabled() {
        var account = here.account();
        assertEquals(Set.of(account), holders(new Recipient.Account(here.compound, account.accountId())));
        here.disable(account);
        assertEquals(Set.of(), holders(new Recipient.Account(here.compound, account.accountId())));
    }

    private Set<Addressee> holders(Recipient recipient) {
        var message = Message.of(here.compound, "k", MessageTemplate.CALL_LIST, recipient, 1);
        var found = NotifyStore.addressees(DATABASE, List.of(Outbox.Addressing.of(message)), List.of(here.compound)).getFirst();
        assertEquals(found.size(), new HashSet<>(found).size());
        return new HashSet<>(found);
    }

    @Test
    void twoPumpsAtOnce_deliverEveryMessageOnce() throws Exception {
        var office = here.office();
        for (int i = 0; i < 10; i++) {
            int tens = i * 10;
            put(IntStream.range(tens, tens + 10).mapToObj(key -> here.alert("alert/" + key)).toArray(Message[]::new));
        }
        var seen = Collections.synchronizedList(new ArrayList<UUID>());
        Channel counting = deliveries -> {
            deliveries.forEach(each -> seen.add(each.id()));
            new InboxChannel(DATABASE).deliver(deliveries);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pumps = IntStream.range(0, 4).mapToObj(i -> threads.submit(() -> {
                var pump = pumpThrough(counting);
                while (pump.pumpOnce() > 0) {
                    Thread.yield();
                }
            })).toList();
            for (var each : pumps) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        assertEquals(100, seen.size());
        assertEquals(100, new HashSet<>(seen).size());
        assertEquals(100, actions.inbox(office, false, new Page.Request(200, null), null).page().items().size());
    }

    @Test
    void aPumpThatDiesBetweenClaimAndDelivery_leavesItsMessagesToTheNext_onceTheClaimRanOut() {
        var office = here.office();
        put(here.alert("alert/1"));
        assertEquals(1, pump().claim().size());
        assertEquals(0, pump().pumpOnce());
        assertEquals(0, received(office));
        letTimePass();
        assertEquals(1, pump().pumpOnce());
        assertEquals(1, received(office));
        assertEquals("SENT 2", only());
    }

    @Test
    void aPumpThatDiesBetweenDeliveryAndMark_deliversAgain_butTheInboxHasItOnce() {
        var office = here.office();
        put(here.alert("alert/1"));
        var dying = pumpThrough(deliveries -> {
            new InboxChannel(DATABASE).deliver(deliveries);
            throw Problem.of(ProblemType.UNAVAILABLE);
        });
        assertThrows(Problem.class, dying::pumpOnce);
        assertEquals(1, received(office));
        assertEquals("WAITING 1", only());
        letTimePass();
        assertEquals(1, pump().pumpOnce());
        assertEquals(1, received(office));
        assertEquals("SENT 2", only());
    }

    @Test
    void aMessageThatFails_isPutOffWithGrowingPauses_andParkedInTheEnd() {
        here.office();
        put(here.alert("alert/1"));
        var failing = pumpThrough(deliveries -> {
            throw new IllegalArgumentException("quotes 13900000001");
        });
        assertEquals(1, failing.pumpOnce());
        assertEquals("WAITING 1 IllegalArgumentException", only());
        assertEquals(0, failing.pumpOnce());
        assertEquals(5, secondsUntilNextAttempt());
        letTimePass();
        assertEquals(1, failing.pumpOnce());
        assertEquals(10, secondsUntilNextAttempt());
        letTimePass();
        assertEquals(1, failing.pumpOnce());
        assertEquals("PARKED 3 IllegalArgumentException", only());
        letTimePass();
        assertEquals(0, failing.pumpOnce());
    }

    private static int secondsUntilNextAttempt() {
        return DATABASE.sql("select round(extract(epoch from next_attempt_at - now()))::int from outbox_message").only(row -> row.getInteger(0));
    }

    @Test
    void pauseAfter_neverGrowsBeyondAnHour() {
        assertEquals(Duration.ofSeconds(5), pump().pauseAfter(1));
        assertEquals(Duration.ofSeconds(40), pump().pauseAfter(4));
        assertEquals(Duration.ofHours(1), pump().pauseAfter(30));
        assertEquals(Duration.ofHours(1), pump().pauseAfter(Integer.MAX_VALUE));
    }

    @Test
    void aMessageForNobody_waitsForSomebodyToBeAppointed_andTakesNoOtherDown() {
        var worker = here.appoint(Role.GRID_WORKER, "GRID", here.grid);
        put(here.alert("alert/1"));
        put(Message.of(here.compound, "calls", MessageTemplate.CALL_LIST, new Recipient.HoldersOfBuilding(Role.GRID_WORKER, here.building), 3));
        assertEquals(2, pump().pumpOnce());
        assertEquals(1, received(worker));
        var office = here.office();
        letTimePass();
        assertEquals(1, pump().pumpOnce());
        assertEquals(1, received(office));
    }

    @Test
    void messagesForNobody_goWithTheirList_andAreParkedInTheEnd() {
        var worker = here.appoint(Role.GRID_WORKER, "GRID", here.grid);
        put(IntStream.range(0, 6).mapToObj(number -> number % 2 == 0 ? here.alert("alert/" + number)
                : Message.of(here.compound, "calls/" + number, MessageTemplate.CALL_LIST, new Recipient.HoldersOfBuilding(Role.GRID_WORKER, here.building), 3))
                .toArray(Message[]::new));
        var lists = new ArrayList<Integer>();
        var pump = pumpThrough(deliveries -> {
            lists.add(deliveries.size());
            new InboxChannel(DATABASE).deliver(deliveries);
        });
        assertEquals(6, pump.pumpOnce());
        assertEquals(List.of(3), lists);
        assertEquals(3, received(worker));
        assertEquals("3 SENT 1, 3 WAITING 1 nobody there: HOLDERS_OF_COMPOUND", all());
        for (int attempt = 2; attempt <= LIMITS.attempts(); attempt++) {
            letTimePass();
            assertEquals(3, pump.pumpOnce());
        }
        assertEquals("3 PARKED 3 nobody there: HOLDERS_OF_COMPOUND, 3 SENT 1", all());
        assertEquals(List.of(3), lists);
    }

    /** How many have which state, attempts and last fault. */
    private static String all() {
        return DATABASE.sql("""
                select string_agg(line, ', ' order by line) from (select count(*) || ' ' || state || ' ' || attempts || coalesce(' ' || last_fault, '') as line
                from outbox_message group by state, attempts, last_fault) l""").only(row -> row.getString(0));
    }

    @Test
    void aMessageOfANewerProgram_isLeftToIt() {
        here.office();
        put(here.alert("alert/1"));
        DATABASE.transact(tx -> tx.sql("update outbox_message set template = 'FROM_TOMORROW'").update());
        assertEquals(0, pump().pumpOnce());
        assertEquals("WAITING 0", only());
    }

    @Test
    void aRunningPump_isWokenByTheCommit_longBeforeItsIdlePauseIsOver() throws Exception {
        var office = here.office();
        try (var notifications = new Notifications(VERTX, POSTGRES.postgresUrl().connectOptions().getFirst())) {
            var lazy = new OutboxPump.Limits(10, LONG, Duration.ofSeconds(5), 3, Duration.ofMinutes(10));
            try (var pump = new OutboxPump(DATABASE, List.of(new InboxChannel(DATABASE)), lazy)) {
                notifications.on(Outbox.CHANNEL, payload -> pump.wake());
                notifications.connect();
                pump.start();
                Thread.sleep(200);
                var put = Instant.now();
                put(here.alert("alert/1"));
                while (received(office) == 0) {
                    Thread.sleep(5);
                }
                assertTrue(Duration.between(put, Instant.now()).toSeconds() < 5);
            }
        }
    }

    @Test
    void aRunningPump_findsByItself_whatNobodyToldItOf() throws Exception {
        var office = here.office();
        var eager = new OutboxPump.Limits(10, LONG, Duration.ofSeconds(5), 3, Duration.ofMillis(50));
        try (var pump = new OutboxPump(DATABASE, List.of(new InboxChannel(DATABASE)), eager)) {
            pump.start();
            put(here.alert("alert/1"));
            while (received(office) == 0) {
                Thread.sleep(5);
            }
        }
        put(here.alert("alert/2"));
        Thread.sleep(200);
        assertEquals(1, received(office), "a closed pump has stopped");
    }

    @Test
    void theInbox_isPagedNewestFirst_andStableUnderNewMessages() {
        var office = here.office();
        for (int i = 0; i < 5; i++) {
            put(here.alert("alert/" + i));
        }
        pump().pumpOnce();
        var first = actions.inbox(office, false, new Page.Request(2, null), null).page();
        put(here.alert("alert/new"));
        pump().pumpOnce();
        var second = actions.inbox(office, false, new Page.Request(2, first.next()), UUID.fromString(first.next())).page();
        var third = actions.inbox(office, false, new Page.Request(2, second.next()), UUID.fromString(second.next())).page();
        var ids = new ArrayList<UUID>();
        List.of(first, second, third).forEach(page -> page.items().forEach(each -> ids.add(each.id())));
        assertEquals(5, new HashSet<>(ids).size());
        assertEquals(null, third.next());
        assertEquals(6, inbox(office).unread());
    }

    @Test
    void markRead_isForOnesOwnInboxOnly_andKeepsTheFirstTime() {
        var office = here.office();
        var stranger = here.account();
        put(here.alert("alert/1"));
        pump().pumpOnce();
        var id = inbox(office).page().items().getFirst().id();

        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class, () -> actions.markRead(stranger, id)).type());
        assertEquals(1, inbox(office).unread());
        assertEquals(NINE.toInstant(), actions.markRead(office, id).readAt().orElseThrow().toInstant());
        var later = new NotifyActions(DATABASE, new BusinessClock(() -> NINE.toInstant().plusSeconds(60)), TestKeys.audit());
        assertEquals(NINE.toInstant(), later.markRead(office, id).readAt().orElseThrow().toInstant());
        assertEquals(0, inbox(office).unread());
        assertFalse(inbox(office).page().items().isEmpty());
        assertTrue(actions.inbox(office, true, new Page.Request(50, null), null).page().items().isEmpty());
    }

    @Test
    void sweep_forgetsWhatWasSentAMonthAgo_andNothingThatWaits() {
        here.office();
        put(here.alert("alert/1"));
        pump().pumpOnce();
        put(here.alert("alert/2"));
        DATABASE.transact(tx -> tx.sql("update outbox_message set settled_at = now() - interval '31 days', created_at = now() - interval '31 days'")
                .update());
        assertEquals(1, DATABASE.<Integer>transact(Outbox::sweep));
        assertEquals("WAITING 0", only());
    }
}
