package gatehouse.wechat;

import cn.binarywang.wx.miniapp.bean.WxMaCodeLineColor;
import cn.binarywang.wx.miniapp.bean.security.WxMaMsgSecCheckCheckRequest;
import gatehouse.http.Endpoint;
import gatehouse.identity.MiniPrograms;
import gatehouse.identity.Openids;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Statements;
import gatehouse.notify.Channel;
import gatehouse.registry.PhoneNumber;
import gatehouse.wechat.Calls.Purpose;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feature put together: the mini programs of the configuration, none where it names none. */
public final class WeChat implements MiniPrograms, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeChat.class);
    private static final int RETRY_SECONDS = 10;
    /** The page of the mini program that every scene opens; what the scene stands for is asked from there. */
    private static final String SCENE_PAGE = "pages/scene/scene";
    /** Of the text check: its version, the kind of words, and what it says of those that pass. */
    private static final String CHECK_VERSION = "2";
    private static final int CHECK_OF_A_COMMENT = 2;
    private static final String CHECK_PASSED = "pass";
    /** The author was not in the mini program for two hours, so it does not judge their words. */
    private static final int AUTHOR_AWAY = 61010;
    private static final int RISKY_CONTENT = 87014;
    /** The least that WeChat draws. */
    private static final int PICTURE_PIXELS = 280;

    private final SequencedMap<String, Calls> apps = new LinkedHashMap<>();

    private final Map<String, Envelope> envelopes = new HashMap<>();
    private final TokenGround ground;
    private final List<SubscribeTemplate> templates;
    private final SendTally tally = new SendTally();
    private final SendPump pump;
    private final CodeVersion codeVersion;

    public WeChat(Database database, BusinessClock clock, KeyRing keys, Setup setup) {
        this.ground = new TokenGround(database, clock, keys);
        this.templates = setup.templates;
        this.codeVersion = setup.codeVersion;
        setup.push.forEach((appId, push) -> envelopes.put(appId, new Envelope(appId, push)));
        setup.accounts.forEach(account -> apps.put(account.appId(), new Calls(account, ground, Calls.Limits.DEFAULT)));
        this.pump = new SendPump(ground, apps, SendPump.Limits.DEFAULT, codeVersion, tally);
    }

    /** The mini programs, the first the one that is meant where none is named; what may be sent through them; by what they push, by appid; which version its codes and cards open. */
    public record Setup(List<WeChatAccount> accounts, List<SubscribeTemplate> templates, Map<String, PushKeys> push, CodeVersion codeVersion) {
        public static final Setup NONE = new Setup(List.of(), List.of(), Map.of(), CodeVersion.RELEASE);

        public Setup {
            accounts = List.copyOf(accounts);
            templates = List.copyOf(templates);
            push = Map.copyOf(push);
        }
    }

    public List<Endpoint> endpoints() {
        return Stream.concat(new WeChatRoutes(ground.database(), ground.clock(), templates).endpoints().stream(),
                new PushRoutes(ground, envelopes).endpoints().stream()).toList();
    }

    /** Where the outbox puts what goes out through WeChat. */
    public Channel channel() {
        return new SubscribeChannel(ground.database(), new MessageStore(), templates);
    }

    /** From now on what waits is sent. */
    public void startSending(Notifications notifications) {
        if (!templates.isEmpty()) {
            notifications.on(MessageStore.CHANNEL, payload -> pump.wake());
            pump.start();
        }
    }

    /** How messages ended in this process, by the ends of the table and {@code repeated}. */
    public void meter(BiConsumer<String, Supplier<Number>> meter) {
        tally.tell(meter);
    }

    /** Forgets what was sent, spent and heard long ago. A consent outlives its message, which is given up after hours. */
    public int sweep() {
        var now = ground.clock().now();
        return ground.database().<Integer>transact(new MessageStore()::sweep) + ground.database().<Integer>transact(tx -> new CreditStore().sweep(tx, now.minusDays(30)))
                + ground.database().<Integer>transact(tx -> new PushStore().sweep(tx, now.minusDays(7)));
    }

    @Override
    public Visitor visitor(Optional<String> appId, String code) {
        var calls = app(appId);
        try {
            var session = calls.call(Purpose.LOGIN, line -> line.session(code));
            return new Visitor(calls.appId(), session.getOpenid());
        } catch (WeChatFault fault) {
            throw problem(fault);
        }
    }

    @Override
    public Optional<PhoneNumber> phone(String appId, String code) {
        try {
            var info = app(Optional.of(appId)).call(Purpose.PHONE, line -> line.getUserService().getPhoneNumber(code));
            return PhoneNumber.parse(info.getPurePhoneNumber()).toOptional();
        } catch (WeChatFault fault) {
            throw problem(fault);
        }
    }

    @Override
    public Optional<byte[]> picture(String scene) {
        if (apps.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(app(Optional.empty()).call(Purpose.CODE, line -> line.getQrcodeService()
                    .createWxaCodeUnlimitBytes(scene, SCENE_PAGE, false, codeVersion.word(), PICTURE_PIXELS, false, new WxMaCodeLineColor("0", "0", "0"), false)));
        } catch (WeChatFault fault) {
            LOG.warn("WeChat draws no code for a scene (number {}, {}); an ordinary one is shown", fault.number(), fault.kind());
            return Optional.empty();
        }
    }

    @Override
    public boolean judges(Statements in, UUID compound, UUID author) {
        return !apps.isEmpty() && author(in, compound, author).isPresent();
    }

    private Optional<AuthorStore.Author> author(Statements in, UUID compound, UUID account) {
        return AuthorStore.find(in, compound, account, apps.keySet().toArray(String[]::new));
    }

    @Override
    public Verdict judge(UUID compound, UUID author, String words) {
        var known = author(ground.database(), compound, author);
        if (known.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        var openid = Openids.open(ground.keys(), known.get().appId(), known.get().openidHash(), known.get().openidSealed());
        var asked = WxMaMsgSecCheckCheckRequest.builder().version(CHECK_VERSION).scene(CHECK_OF_A_COMMENT).openid(openid).content(words).build();
        try {
            var found = app(Optional.of(known.get().appId())).call(Purpose.TEXT, line -> line.getSecurityService().checkMessage(asked));
            return found.getResult() != null && CHECK_PASSED.equals(found.getResult().getSuggest()) ? Verdict.PASS : Verdict.RISKY;
        } catch (WeChatFault fault) {
            return fault.number() == AUTHOR_AWAY ? Verdict.NOT_ASKED : fault.number() == RISKY_CONTENT ? Verdict.RISKY : Verdict.UNAVAILABLE;
        }
    }

    private Calls app(Optional<String> appId) {
        if (apps.isEmpty()) {
            throw Problem.of(ProblemType.WECHAT_NOT_SET_UP);
        }
        return appId.map(id -> Optional.ofNullable(apps.get(id)).orElseThrow(() -> Problem.badField("/appId", FieldFault.NOT_LISTED, String.join(", ", apps.keySet()))))
                .orElseGet(() -> apps.firstEntry().getValue());
    }

    /** The code is gone after every call but one that was not made, so asking again takes a new one. */
    private static Problem problem(WeChatFault fault) {
        return switch (fault.kind()) {
            case CODE_USED, CODE_INVALID, REFUSED, NO_CREDIT -> Problem.of(ProblemType.WECHAT_CODE_NOT_USABLE);
            case UNKNOWN, BUSY, NOT_SENT, TOKEN, QUOTA -> Problem.of(ProblemType.WECHAT_UNAVAILABLE).with("retryAfter", RETRY_SECONDS);
        };
    }

    @Override
    public void close() {
        pump.close();
        apps.values().forEach(Calls::close);
    }
}
