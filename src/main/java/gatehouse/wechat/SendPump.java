package gatehouse.wechat;

import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage;
import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage.MsgData;
import gatehouse.identity.Openids;
import gatehouse.kernel.AtOnce;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Pump;
import gatehouse.notify.Medium;
import gatehouse.notify.Medium.Standing;
import gatehouse.notify.LadderStore;
import gatehouse.wechat.Calls.Purpose;
import gatehouse.wechat.MessageStore.Claimed;
import gatehouse.wechat.MessageStore.Reached;
import gatehouse.wechat.MessageStore.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for WeChat, a few at once. WeChat knows no message again, so one whose answer never came, or whose sender died before it could write
 * the answer down, is sent once more and never a third time: at most one duplicate, counted.
 */
final class SendPump implements AutoCloseable {
    /** Messages per claim and how many of them at once, fewer than an app's workers so that whoever logs in finds one; how long a claim holds, the first pause after a failure and the pause after WeChat's quota, and when nobody needs it any more. */
    record Limits(int batch, int atOnce, Duration lease, Duration firstPause, Duration quotaPause, Duration tooOld, Duration idlePause) {
        static final Limits DEFAULT = new Limits(48, 6, Duration.ofMinutes(3), Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofHours(12),
                Duration.ofSeconds(10));
    }

    private static final Logger LOG = LoggerFactory.getLogger(SendPump.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_DOUBTS = 2;

    private final TokenGround ground;
    private final Map<String, Calls> apps;
    private final Limits limits;
    private final CodeVersion version;
    private final SendTally tally;
    private final MessageStore store = new MessageStore();
    private final CreditStore credits = new CreditStore();
    private final AtOnce lines;
    private final Pump rhythm;

    SendPump(TokenGround ground, Map<String, Calls> apps, Limits limits, CodeVersion version, SendTally tally) {
        this.ground = ground;
        this.apps = apps;
        this.limits = limits;
        this.version = version;
        this.tally = tally;
        this.lines = new AtOnce("wechat-message-", limits.atOnce);
        this.rhythm = new Pump("wechat-pump", limits.idlePause, CLOSING_PATIENCE, this::turn, this::report);
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
            LOG.error("messages for WeChat could not be sent", fault);
        }
    }

    /** Claims one batch and sends it; answers how many messages were claimed. */
    int pumpOnce() {
        var claimed = claim();
        // One of each app goes ahead: after an illness the breaker lets only one through, and the others should find it closed.
        var ahead = claimed.stream().collect(Collectors.toMap(Claimed::appId, message -> message, (first, other) -> first)).values();
        lines.each(ahead, this::seeTo);
        lines.each(claimed.stream().filter(message -> !ahead.contains(message)).toList(), this::seeTo);
        return claimed.size();
    }

    private void seeTo(Claimed message) {
        if (rhythm.isClosing()) {
            ground.database().transact(tx -> store.putOff(tx, message, true, Duration.ZERO, WeChatFault.NONE));
        } else {
            sendAndSettle(message);
        }
    }

    List<Claimed> claim() {
        return ground.database().transact(tx -> store.claim(tx, List.copyOf(apps.keySet()), limits.batch, limits.lease));
    }

    private void sendAndSettle(Claimed message) {
        var person = prepared(message);
        if (person.isEmpty()) {
            return;
        }
        try {
            send(message, person.get());
            settle(message, Fate.SENT, WeChatFault.NONE);
        } catch (WeChatFault fault) {
            judge(message, fault);
        }
    }

    /** Spends the consent; empty where the message will not be sent and has been settled. */
    Optional<Reached> prepared(Claimed message) {
        var now = ground.clock().now();
        boolean tooOld = message.createdAt().plus(limits.tooOld).isBefore(now);
        if (tooOld || message.doubts() > MOST_DOUBTS) {
            settle(message, message.doubts() > 1 ? Fate.UNCERTAIN : Fate.TOO_OLD, WeChatFault.NONE);
            return Optional.empty();
        }
        if (LadderStore.isToldOtherwise(ground.database(), Medium.WECHAT, message.told())) {
            settle(message, Fate.UNNEEDED, WeChatFault.NONE);
            return Optional.empty();
        }
        Optional<Reached> person = ground.database().transact(tx -> store.reached(tx, message).filter(found -> credits.spend(tx, message, now)));
        if (person.isEmpty()) {
            settle(message, Fate.NO_CONSENT, WeChatFault.NONE);
        } else if (message.doubts() == MOST_DOUBTS) {
            tally.repeated();
        }
        return person;
    }

    void send(Claimed message, Reached person) {
        var openid = Openids.open(ground.keys(), message.appId(), person.openidHash(), person.openidSealed());
        var data = new ArrayList<MsgData>();
        for (int place = 0; place < message.fields().size(); place++) {
            data.add(new MsgData(message.fields().get(place), message.words().get(place)));
        }
        var subscribed = WxMaSubscribeMessage.builder().toUser(openid).templateId(message.templateId()).data(data).lang("zh_CN")
                .page(message.page()).miniprogramState(version.stateOfACard()).build();
        apps.get(message.appId()).call(Purpose.MESSAGE, line -> {
            line.getSubscribeService().sendSubscribeMsg(subscribed);
            return true;
        });
    }

    private void judge(Claimed message, WeChatFault fault) {
        switch (fault.kind()) {
            case NO_CREDIT -> {
                zero(message);
                settle(message, Fate.NO_CONSENT, fault.number());
            }
            case QUOTA -> putOff(message, true, limits.quotaPause, fault);
            case BUSY, NOT_SENT, TOKEN -> putOff(message, true, pauseAfter(message.attempt()), fault);
            case UNKNOWN -> {
                if (message.doubts() >= MOST_DOUBTS) {
                    settle(message, Fate.UNCERTAIN, fault.number());
                } else {
                    putOff(message, false, pauseAfter(message.attempt()), fault);
                }
            }
            case REFUSED, CODE_USED, CODE_INVALID -> {
                LOG.error("WeChat refuses message {} of template {} with number {}", message.id(), message.templateId(), fault.number());
                settle(message, Fate.REFUSED, fault.number());
            }
        }
    }

    private void zero(Claimed message) {
        var now = ground.clock().now();
        ground.database().transact(tx -> {
            credits.zero(tx, message.person(), message.appId(), message.templateId(), now);
            return message;
        });
    }

    private void settle(Claimed message, Fate state, int number) {
        boolean settled = ground.database().transact(tx -> {
            if (state == Fate.TOO_OLD || state == Fate.REFUSED || state == Fate.UNNEEDED && message.doubts() <= 1) {
                credits.giveBack(tx, message);
            }
            boolean mine = store.settle(tx, message, state, number);
            if (mine) {
                LadderStore.set(tx, Medium.WECHAT, state == Fate.SENT ? Standing.REACHED : Standing.FAILED, List.of(message.told()));
            }
            return mine;
        });
        if (settled) {
            tally.settled(state);
        }
    }

    private void putOff(Claimed message, boolean notSent, Duration pause, WeChatFault fault) {
        ground.database().transact(tx -> store.putOff(tx, message, notSent, pause, fault.number()));
    }

    private Duration pauseAfter(int attempt) {
        var pause = limits.firstPause.multipliedBy(1L << Math.min(attempt - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Finishes the batch in hand and stops. */
    @Override
    public void close() {
        rhythm.close();
        lines.close();
    }
}
