package gatehouse.identity;

import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Somebody of a mini program, bound without being asked. */
public final class WeChatGiven {
    private static final OffsetDateTime NINE = OffsetDateTime.parse("2026-11-22T09:00:00+08:00");

    private WeChatGiven() {
    }

    public static void bind(Database database, KeyRing keys, String appId, String openid, UUID compound, UUID account) {
        var visitor = new MiniPrograms.Visitor(appId, openid);
        var person = new WeChatStore.Person(appId, Openids.hash(keys, visitor), Openids.seal(keys, visitor));
        database.transact(tx -> new WeChatStore().bind(tx, person, new IdentityStore.Key(compound, account), NINE));
    }
}
