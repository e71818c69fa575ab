package gatehouse.wechat;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.wechat.Line.Fresh;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One app's access token, shared by all instances. Whoever finds it missing or about to expire claims the row, asks WeChat and puts the new
 * one there if nobody did meanwhile; the others wait for it. One that WeChat has rejected is first looked up anew, since another
 * instance may have replaced it, and only then replaced by force, which makes the old one void at once: at most once in
 * {@link #FORCE_AGAIN_AFTER}, whatever comes of it.
 */
final class SharedToken {
    /** WeChat's own limit. */
    static final Duration FORCE_AGAIN_AFTER = Duration.ofSeconds(30);
    /** WeChat hands out a new one from then on, while the old one is still good. */
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
    private static final int LOOKS = 30;
    private static final long LOOK_MILLIS = 100;

    /** Fails with a {@link WeChatFault}. */
    interface Source {
        Fresh fetch(boolean byForce);
    }

    record Held(long version, String text, OffsetDateTime expiresAt) {
        @Override
        public String toString() {
            return "Held[" + version + "]";
        }
    }

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final TokenStore store = new TokenStore();
    private final String appId;
    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;

    SharedToken(TokenGround ground, String appId, Source source) {
        this.database = ground.database();
        this.clock = ground.clock();
        this.keys = ground.keys();
        this.appId = appId;
        this.source = source;
    }

    Held current() {
        var mine = held;
        return mine != null && isGood(mine) ? mine : locked(() -> {
            var again = held;
            return again != null && isGood(again) ? again : newerThan(-1);
        });
    }

    /** Another one than that, which WeChat did not take. */
    Held afterRejection(Held rejected) {
        return locked(() -> {
            var mine = held;
            return mine != null && mine.version > rejected.version && isGood(mine) ? mine : newerThan(rejected.version);
        });
    }

    /** One thread of an instance sees to it, the others find what it found. */
    private Held locked(Supplier<Held> body) {
        try {
            if (!lock.tryLock(LOOKS * LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw notThere();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw notThere();
        }
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    private Held newerThan(long rejected) {
        for (int look = 0; look < LOOKS; look++) {
            var row = store.read(database, appId).orElseGet(this::made);
            if (row.version() > rejected && row.sealed().isPresent()) {
                var found = new Held(row.version(), keys.open(KeyPurpose.WECHAT_TOKEN, context(), row.sealed().get()), row.expiresAt());
                if (isGood(found)) {
                    held = found;
                    return found;
                }
            }
            boolean byForce = row.version() == rejected;
            if (claims(row.version(), byForce)) {
                return fetched(row.version(), byForce);
            }
            if (byForce && !store.isClaimed(database, appId, row.version())) {
                throw notThere();
            }
            pause();
        }
        throw notThere();
    }

    private boolean claims(long version, boolean byForce) {
        var now = clock.now();
        return database.transact(tx -> byForce ? store.claimByForce(tx, appId, version, now, now.minus(FORCE_AGAIN_AFTER)) : store.claim(tx, appId, version));
    }

    private Held fetched(long version, boolean byForce) {
        Fresh fresh;
        try {
            fresh = source.fetch(byForce);
        } catch (RuntimeException failed) {
            database.transact(tx -> {
                store.giveUp(tx, appId, version);
                return version;
            });
            throw failed;
        }
        var expiresAt = clock.now().plus(fresh.lifetime());
        var sealed = keys.seal(KeyPurpose.WECHAT_TOKEN, context(), fresh.token());
        if (!database.<Boolean>transact(tx -> store.replace(tx, appId, version, sealed, expiresAt))) {
            return newerThan(version);
        }
        var found = new Held(version + 1, fresh.token(), expiresAt);
        held = found;
        return found;
    }

    private TokenStore.Row made() {
        var now = clock.now();
        database.transact(tx -> {
            store.make(tx, appId, now);
            return now;
        });
        return store.read(database, appId).orElseThrow();
    }

    private boolean isGood(Held token) {
        return clock.now().isBefore(token.expiresAt.minus(RENEW_BEFORE));
    }

    private String context() {
        return "wechat_token/" + appId;
    }

    private static WeChatFault notThere() {
        return new WeChatFault(WeChatFault.Kind.NOT_SENT, WeChatFault.NONE);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw notThere();
        }
    }
}
