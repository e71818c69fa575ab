package gatehouse.load;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.identity.PressedTokens;
import gatehouse.identity.WeChatGiven;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.load.Town.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** WeChat is ill in every manner, while a compound is at work, which must not notice. */
final class WeChatFaults implements AutoCloseable {
    private static final int HOUSEHOLDS = 300;
    private static final int HOUSEHOLD = 100;
    private static final int PARCELS = 8;
    private static final int ENOUGH = 20;
    /** Of so many messages: each once, and once more with another token. */
    private static final int MOST_CALLS = 2 * PARCELS + 4;
    /** Longer than the 60 s for which a message stays claimed by a process that was killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final WeChatEmulator weChat = WeChatEmulator.start();
    private final Stage stage;
    private final PressedTokens press;
    private final Crowd crowd;
    private int parcels;

    private WeChatFaults(Path folder) throws IOException, SQLException {
        stage = Stage.open(folder, HOUSEHOLDS, Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES));
        press = new PressedTokens(stage.product().keys());
        var vertx = Vertx.vertx();
        try (var database = new Database(vertx, stage.product().database().connectOptions(), 2)) {
            WeChatGiven.bind(database, stage.product().keys(), WeChatEmulator.APP_ID, "somebody", stage.town().compoundOf(0), account());
        } finally {
            Await.on(vertx.close());
        }
        crowd = stage.crowd();
        crowd.begin();
    }

    static List<Outcome> everything(Path folder) throws Exception {
        try (var faults = new WeChatFaults(folder)) {
            var outcomes = new ArrayList<Outcome>();
            var illnesses = new LinkedHashMap<String, Illness>();
            illnesses.put("hangs", new Illness.Hang());
            illnesses.put("answers -1", new Illness.Number(-1));
            illnesses.put("answers 40001", new Illness.Number(40001));
            illnesses.put("answers 45009", new Illness.Number(45009));
            illnesses.put("answers 43101", new Illness.Number(43101));
            for (var illness : illnesses.entrySet()) {
                outcomes.add(faults.ill(illness.getKey(), illness.getValue()));
            }
            outcomes.add(faults.logins());
            outcomes.add(faults.crashBetweenSendAndMark());
            outcomes.add(Outcome.of("WeChat ill: all else", "reports, passes, scans, parcels and tickets meanwhile; none put off while it was ill",
                    Count.sum("all", faults.crowd.finish(faults.stage.product()))));
            return outcomes;
        }
    }

    private UUID account() {
        return Kind.ACCOUNT.id((long) HOUSEHOLD * stage.town().members());
    }

    /** Parcels come while it is ill; then it is well again, and what waited is sent. */
    private Outcome ill(String how, Illness illness) throws Exception {
        agree();
        int sentBefore = weChat.sent().size();
        var before = fates();
        int callsBefore = weChat.calls(Door.SUBSCRIBE_SEND);
        int putOffBefore = crowd.putOff();
        var faults = new ArrayList<String>();
        crowd.awaitMore(ENOUGH);
        weChat.fallIll(Door.SUBSCRIBE_SEND, illness);
        for (int number = 0; number < PARCELS; number++) {
            bring();
            crowd.awaitMore(ENOUGH / 4);
        }
        awaitInbox(faults);
        crowd.awaitMore(ENOUGH);
        int calls = weChat.calls(Door.SUBSCRIBE_SEND) - callsBefore;
        if (calls > MOST_CALLS) {
            faults.add("WeChat was called %d times".formatted(calls));
        }
        if (crowd.putOff() > putOffBefore) {
            faults.add("other work was put off or cut off %d times".formatted(crowd.putOff() - putOffBefore));
        }
        weChat.heal();
        long begin = System.nanoTime();
        settle(faults);
        var recovered = Duration.ofNanos(System.nanoTime() - begin);
        int sent = weChat.sent().size() - sentBefore;
        var after = fates();
        Function<String, Long> fate = state -> after.getOrDefault(state, 0L) - before.getOrDefault(state, 0L);
        // without consent nothing may be sent, and what comes after the first refusal is for the inbox alone; nor is what nobody knows of after two attempts
        long settled = illness.equals(new Illness.Number(43101)) ? PARCELS - sent : fate.apply("SENT") + fate.apply("UNCERTAIN");
        return new Outcome("WeChat " + how, "%d messages, %d calls while ill, all in the inbox; well again: %d sent, %d uncertain, %d without consent".formatted(
                PARCELS, calls, sent, fate.apply("UNCERTAIN"), fate.apply("NO_CONSENT")),
                new Count("", PARCELS, PARCELS, Math.abs(PARCELS - settled), Math.abs(sent - fate.apply("SENT")), faults), recovered);
    }

    /** How many messages are in which state. */
    private Map<String, Long> fates() throws SQLException {
        var fates = new HashMap<String, Long>();
        try (var connection = stage.product().connect(); var statement = connection.createStatement();
             var rows = statement.executeQuery("select state, count(*) from wechat_message group by state")) {
            while (rows.next()) {
                fates.put(rows.getString(1), rows.getLong(2));
            }
        }
        return fates;
    }

    private Outcome crashBetweenSendAndMark() throws Exception {
        agree();
        int before = weChat.sent().size();
        int calls = weChat.calls(Door.SUBSCRIBE_SEND);
        var faults = new ArrayList<String>();
        weChat.stumble(Door.SUBSCRIBE_SEND, new Illness.Late(1_000));
        bring();
        while (weChat.calls(Door.SUBSCRIBE_SEND) == calls) {
            Thread.sleep(2);
        }
        stage.product().kill();
        stage.product().start();
        settle(faults);
        int sent = weChat.sent().size() - before;
        if (sent != 2) {
            faults.add("sent %d times".formatted(sent));
        }
        if (!metrics().lines().anyMatch(line -> line.startsWith("gatehouse_wechat_messages") && line.contains("repeated") && line.endsWith(" 1.0"))) {
            faults.add("the repetition is not counted");
        }
        return Outcome.of("killed between send and mark", "the message is sent once more and never a third time; the repetition is in the metrics",
                new Count("", 1, 1, sent == 0 ? 1 : 0, Math.max(0, sent - 2), faults));
    }

    private Outcome logins() throws Exception {
        var faults = new ArrayList<String>();
        expect(faults, "a good code", logIn("stranger.1"), reply -> reply.status() == 200 && reply.body().contains("bindingToken"));
        expect(faults, "the same code again (40163)", logIn("stranger.1"), reply -> reply.status() == 409 && reply.body().contains("wechat-code-not-usable"));
        weChat.stumble(Door.CODE_TO_SESSION, new Illness.Number(-1));
        expect(faults, "WeChat busy (-1)", logIn("stranger.2"), reply -> reply.status() == 503 && reply.body().contains("wechat-unavailable"));
        weChat.stumble(Door.CODE_TO_SESSION, new Illness.Hang());
        expect(faults, "WeChat hangs", logIn("stranger.3"), reply -> reply.status() == 503 && reply.body().contains("wechat-unavailable"));
        expect(faults, "a good code afterwards", logIn("stranger.4"), reply -> reply.status() == 200);
        return Outcome.of("WeChat's login: 40163, -1, hanging", "409 for a used code, 503 with Retry-After for the others, and the next login is well", faults);
    }

    private static void expect(List<String> faults, String what, Line.Reply reply, Predicate<Line.Reply> right) {
        if (!right.test(reply)) {
            faults.add(what + ": " + reply);
        }
    }

    private Line.Reply logIn(String code) throws IOException {
        try (var line = new Line(stage.product().port())) {
            return line.post("/api/v1/auth/wechat", List.of(), "{\"code\":\"" + code + "\"}");
        }
    }

    /** The person accepts as many messages as there will be. */
    private void agree() throws SQLException {
        try (var connection = stage.product().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into wechat_credit (compound_id, account_id, id, app_id, template_id, accepted_at)
                    select '%s', '%s', gen_random_uuid(), '%s', 'template-parcel', now() from generate_series(1, %d)""".formatted(
                    stage.town().compoundOf(0), account(), WeChatEmulator.APP_ID, PARCELS));
        }
    }

    private void bring() throws IOException {
        parcels++;
        var guard = press.ofGuard(Scanning.compoundOf(0), Kind.GATE.id(0), Kind.ACCOUNT.id(Scanning.guardOf(0)), Kind.SESSION.id(Scanning.guardOf(0)));
        try (var line = new Line(stage.product().port())) {
            var reply = line.post("/api/v1/parcels", List.of("Authorization: Bearer " + guard), """
                    {"householdId":"%s","carrier":"SF","trackingTail":"wechat","shelf":"1","perishable":false,"disinfected":true}""".formatted(Kind.HOUSEHOLD.id(HOUSEHOLD)));
            if (reply.status() != 201) {
                throw new IllegalStateException(reply.toString());
            }
        }
    }

    /** Does not wait for the pauses after failures; until nothing waits. */
    private void settle(List<String> faults) throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (number("select count(*) from wechat_message where state = 'WAITING'") > 0
                || number("select count(*) from outbox_message where template = 'PARCEL_ARRIVED' and state = 'WAITING'") > 0) {
            if (System.nanoTime() > deadline) {
                faults.add("still waiting: %d at WeChat's door, %d before it".formatted(number("select count(*) from wechat_message where state = 'WAITING'"),
                        number("select count(*) from outbox_message where template = 'PARCEL_ARRIVED' and state = 'WAITING'")));
                return;
            }
            try (var connection = stage.product().connect(); var statement = connection.createStatement()) {
                statement.executeUpdate("update wechat_message set next_attempt_at = now() where state = 'WAITING'");
            }
            Thread.sleep(500);
        }
    }

    private void awaitInbox(List<String> faults) throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (told() < parcels) {
            if (System.nanoTime() > deadline) {
                faults.add("%d of %d are in the inbox".formatted(told(), parcels));
                return;
            }
            Thread.sleep(20);
        }
    }

    private long told() throws SQLException {
        return number("select count(*) from notification where account_id = '%s'".formatted(account()));
    }

    private String metrics() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(stage.product().port()))).build(), BodyHandlers.ofString()).body();
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = stage.product().connect()) {
            return Product.number(connection, sql);
        }
    }

    @Override
    public void close() {
        crowd.close();
        stage.close();
        weChat.close();
    }
}
