package gatehouse.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import gatehouse.demonstration.SmsEmulator;
import gatehouse.demonstration.SmsEmulator.Illness;
import gatehouse.identity.Reach;
import gatehouse.identity.RoleGrant;
import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.MessageTemplate;
import gatehouse.registry.PersonalData;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Short messages over real HTTP to a provider that is made ill; the pumps are moved by hand. */
@Timeout(60)
class SmsPumpTest {
    /** Nobody else's, since others log beside this test. */
    private static final String NAME = "短信测试住户";
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 12);
    private static final Given.Household HOME = new Given(POSTGRES).compound("阳光花园").household("3-2-1402");

    private final TestClock clock = new TestClock("2026-11-22T15:45:00+08:00");
    private final SmsTally tally = new SmsTally();
    private final SmsEmulator emulator = SmsEmulator.start();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(emulator));
    private final SmsPump pump = pump(SmsEmulator.SECRET, Duration.ofSeconds(5));
    private String phone = "";
    private Addressee person = new Addressee(HOME.compoundId(), Ids.next());

    @BeforeEach
    void somebody() {
        DATABASE.transact(tx -> tx.sql("delete from sms_message").update());
        person = somebodyElse();
    }

    private Addressee somebodyElse() {
        phone = ApiServer.phone();
        var account = new TestAccounts(DATABASE, TestKeys.ring(), clock.business()).open(HOME.compoundId(), NAME, phone, null,
                List.of(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, HOME.id())));
        return new Addressee(HOME.compoundId(), account);
    }

    @AfterEach
    void closeWhatIsOpen() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private SmsPump pump(String secret, Duration deadline) {
        var account = new SmsAccount(emulator.url(), SmsEmulator.KEY, secret, "绿水社区");
        var provider = new HttpSmsProvider(account, clock.business(), new HttpSmsProvider.Limits(Duration.ofSeconds(2), deadline));
        var made = new SmsPump(new SmsPump.Ground(DATABASE, clock.business(), new PersonalData(TestKeys.ring())), provider,
                new SmsPump.Limits(40, 4, Duration.ofMinutes(3), Duration.ofSeconds(20), Duration.ofSeconds(10)), tally);
        opened.add(provider);
        opened.add(made);
        return made;
    }

    /** In the inbox first, as the outbox does it. */
    private UUID remind(Addressee whom) {
        var id = Ids.next();
        DATABASE.transact(tx -> tx.sql("""
                insert into notification (compound_id, account_id, id, template, arguments_chinese, arguments_english, created_at)
                values ($1, $2, $3, 'ROUND_MISSING', '{}', '{}', $4)""")
                .bind(whom.homeCompoundId()).bind(whom.accountId()).bind(id).bind(clock.business().now()).update());
        deliver(id, MessageTemplate.ROUND_MISSING, whom);
        return id;
    }

    private void deliver(UUID id, MessageTemplate template, Addressee whom) {
        new SmsChannel(DATABASE, new SmsStore()).deliver(List.of(new Delivery(id, template, List.of("15:00", "16:00"), List.of("15:00", "16:00"),
                Optional.empty(), clock.business().now(), List.of(whom))));
    }

    private static void inTheInbox(UUID message, String change) {
        DATABASE.transact(tx -> tx.sql("update notification set " + change + " where id = $1").bind(message).update());
    }

    private static void letTimePass() {
        DATABASE.transact(tx -> tx.sql("update sms_message set next_attempt_at = now() where settled_at is null").update());
    }

    private void pumpLater() {
        letTimePass();
        pump.pumpOnce();
    }

    /** On the way and in the inbox. */
    private static String stateOf(UUID message) {
        return DATABASE.sql("select m.state || ' ' || coalesce(n.sms, '-') from sms_message m join notification n on n.id = m.message_id where m.message_id = $1")
                .bind(message).first(row -> row.getString(0)).orElse("none");
    }

    @Test
    void reminder_goesToThePhone_andItsReceiptIsFetched() {
        var id = remind(person);
        assertEquals(1, pump.pumpOnce());
        assertEquals("ACCEPTED REACHED", stateOf(id));
        var sms = emulator.sent().getLast();
        assertEquals(List.of(phone, "绿水社区", "ROUND_MISSING", "还有家人没有填报：15:00的填报 16:00 截止，请尽快完成。"),
                List.of(sms.phone(), sms.sign(), sms.template(), sms.text()));
        assertEquals(0, pump.pumpOnce(), "the receipt is fetched later");
        pumpLater();
        assertEquals("DELIVERED REACHED", stateOf(id));
        pumpLater();
        assertEquals(1, emulator.calls());
        DATABASE.transact(tx -> tx.sql("update sms_message set settled_at = settled_at - interval '31 days'").update());
        remind(person);
        int forgotten = DATABASE.transact(new SmsStore()::sweep);
        assertEquals(1, forgotten, "what is settled is forgotten after a month, and nothing else");
    }

    @Test
    void sameMessage_deliveredAgainByTheOutbox_isSentOnce_andNewsThatCanWaitNever() {
        var id = remind(person);
        deliver(id, MessageTemplate.ROUND_MISSING, person);
        deliver(Ids.next(), MessageTemplate.PARCEL_ARRIVED, person);
        pump.pumpOnce();
        assertEquals(1, emulator.sent().size());
    }

    @Test
    void whomWeChatReached_andWhoReadTheInbox_areSentNone() {
        var reached = remind(person);
        inTheInbox(reached, "wechat = 'REACHED'");
        var read = remind(person);
        inTheInbox(read, "read_at = now()");
        pump.pumpOnce();
        assertEquals(List.of("UNNEEDED FAILED", "UNNEEDED FAILED"), List.of(stateOf(reached), stateOf(read)));
        assertEquals(0, emulator.calls());
    }

    @Test
    void whileWeChatIsUnderway_itIsWaitedFor_threeMinutes() {
        var id = remind(person);
        inTheInbox(id, "wechat = 'UNDERWAY'");
        pump.pumpOnce();
        clock.move(LadderPolicy.WECHAT_HAS.minusSeconds(1));
        pumpLater();
        assertEquals("WAITING UNDERWAY", stateOf(id));
        clock.move(Duration.ofSeconds(1));
        pumpLater();
        assertEquals("ACCEPTED REACHED", stateOf(id));
        assertEquals(0, tally.repeats(), "waiting is no doubt");
    }

    @Test
    void waitingForWeChat_isNoTry_soThatTheFirstFailureIsFollowedSoon() {
        var id = remind(person);
        inTheInbox(id, "wechat = 'UNDERWAY'");
        for (int look = 0; look < 9; look++) {
            pumpLater();
        }
        clock.move(LadderPolicy.WECHAT_HAS);
        emulator.stumble(new Illness.DoneBut(502));
        pumpLater();
        var soon = "select next_attempt_at < now() + interval '21 seconds' from sms_message where message_id = $1";
        boolean isSoon = DATABASE.sql(soon).bind(id).only(row -> row.getBoolean(0));
        assertTrue(isSoon);
    }

    @Test
    void whoSwitchedThemOff_isSentNone_alsoNotWhatWaited_andCountsAsNotReached_untilTheyAreOnAgain() {
        var waiting = remind(person);
        DATABASE.transact(tx -> new DeclinedStore().decline(tx, person, clock.business().now()));
        pump.pumpOnce();
        assertEquals("DECLINED FAILED", stateOf(waiting), "the grid worker's list takes it for what it is");
        assertEquals(0, emulator.calls());
        DATABASE.transact(tx -> new DeclinedStore().want(tx, person));
        var next = remind(person);
        pump.pumpOnce();
        assertEquals("ACCEPTED REACHED", stateOf(next));
    }

    @Test
    void phoneThatIsOff_isNotReached() {
        emulator.switchOff(phone);
        var id = remind(person);
        pump.pumpOnce();
        pumpLater();
        assertEquals("UNDELIVERED FAILED", stateOf(id));
    }

    @Test
    void senderThatDiesBetweenSendAndMark_isOneDuplicate_counted_andNeverTwo() {
        var id = remind(person);
        for (int life = 0; life < 3; life++) {
            for (var message : pump.claim()) {
                pump.prepared(message).ifPresent(pump::send);
            }
            letTimePass();
        }
        pump.pumpOnce();
        assertEquals("UNCERTAIN FAILED", stateOf(id));
        assertEquals(2, emulator.sent().size());
        assertEquals(1, emulator.sent().stream().map(SmsEmulator.Sent::id).distinct().count(), "by one delivery id");
        assertEquals(1, tally.repeats());
    }

    @Test
    void providerThatKnowsItsIds_sendsWhatItHadBeforeNoSecondTime() {
        emulator.knowIds();
        var id = remind(person);
        emulator.stumble(new Illness.DoneBut(502));
        pump.pumpOnce();
        assertEquals("WAITING UNDERWAY", stateOf(id));
        pumpLater();
        assertEquals("ACCEPTED REACHED", stateOf(id));
        assertEquals(1, emulator.sent().size());
    }

    @Test
    void refusedMessage_isNotTriedAgain_andAWrongSecretLosesNone() {
        emulator.stumble(new Illness.Status(422));
        var refused = remind(person);
        pump.pumpOnce();
        assertEquals("REFUSED FAILED", stateOf(refused));
        var unsigned = remind(person);
        pump("wrong", Duration.ofSeconds(5)).pumpOnce();
        assertEquals("SIGNATURE 0", DATABASE.sql("select last_code || ' ' || doubts from sms_message where message_id = $1").bind(unsigned)
                .only(row -> row.getString(0)));
        pumpLater();
        assertEquals("ACCEPTED REACHED", stateOf(unsigned));
    }

    @Test
    void providerThatIsBusy_isSpared_andThenEverythingIsSentOnce() {
        emulator.fallIll(new Illness.Status(503));
        var ids = IntStream.range(0, 12).mapToObj(i -> remind(person)).toList();
        for (int minute = 0; minute < 60; minute += 10) {
            pumpLater();
            clock.move(Duration.ofMinutes(10));
        }
        assertTrue(emulator.calls() < 20, () -> "the breaker spared it, and yet it was called " + emulator.calls() + " times");
        emulator.heal();
        pumpLater();
        pumpLater();
        assertEquals(Set.of("REACHED"), ids.stream().map(each -> stateOf(each).split(" ")[1]).collect(Collectors.toSet()));
        assertEquals(12, emulator.sent().size());
        assertEquals(0, tally.repeats());
        remind(person);
        clock.move(LadderPolicy.TOO_OLD.plusSeconds(1));
        pumpLater();
        assertEquals(12, emulator.sent().size(), "nobody is reminded of what is over");
    }

    @Test
    void providerThatHangs_holdsUpAFewLines_andNoLongerThanItsDeadline() {
        emulator.fallIll(new Illness.Hang());
        IntStream.range(0, 12).forEach(i -> remind(somebodyElse()));
        long began = System.nanoTime();
        pump(SmsEmulator.SECRET, Duration.ofMillis(200)).pumpOnce();
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(10)) < 0);
        assertTrue(emulator.calls() <= 8, () -> "four at once, and none after the fifth silence: " + emulator.calls());
    }

    @Test
    void phonesAndSecrets_reachNoLog_andNoTableOfMessages() {
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(heard);
        try {
            for (int status : List.of(422, 500, 503, 401)) {
                emulator.stumble(new Illness.Status(status));
                remind(person);
                pumpLater();
            }
        } finally {
            root.detachAppender(heard);
        }
        var lines = List.copyOf(heard.list).stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertTrue(lines.contains("is refused with EMULATED"), lines);
        assertFalse(lines.contains(phone) || lines.contains(SmsEmulator.SECRET) || lines.contains(NAME), lines);
        assertFalse(DATABASE.sql("select 1 from sms_message m where m::text like '%' || $1 || '%'").bind(phone).exists());
    }
}
