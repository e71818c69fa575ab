package gatehouse.wechat;

import gatehouse.identity.MiniPrograms;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.registry.PhoneNumber;
import gatehouse.wechat.Calls.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The feature put together: the mini programs of the configuration, none where it names none. */
public final class WeChat implements MiniPrograms, AutoCloseable {
    private static final int RETRY_SECONDS = 10;

    private final SequencedMap<String, Calls> apps = new LinkedHashMap<>();

    public WeChat(Database database, BusinessClock clock, KeyRing keys, List<WeChatAccount> accounts) {
        this(new TokenGround(database, clock, keys), accounts, Calls.Limits.DEFAULT);
    }

    WeChat(TokenGround ground, List<WeChatAccount> accounts, Calls.Limits limits) {
        accounts.forEach(account -> apps.put(account.appId(), new Calls(account, ground, limits)));
    }

    @Override
    public Visitor visitor(Optional<String> appId, String code) {
        var calls = app(appId);
        try {
            var session = calls.call(Purpose.LOGIN, line -> line.getUserService().getSessionInfo(code));
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
        apps.values().forEach(Calls::close);
    }
}
