package gatehouse.wechat;

import gatehouse.kernel.Breaker;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Problem;
import gatehouse.wechat.WeChatFault.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import me.chanjar.weixin.common.error.WxErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to WeChat in the name of one app. Each kind has its own breaker; all run on a few workers, and nobody waits for one longer than
 * the deadline. A call that failed because of its token is made once more with another; a login, which has none, is made once, whatever the answer.
 */
final class Calls implements AutoCloseable {
    /** Workers of an app, calls that may wait for one, how long anybody waits, and how long WeChat may be silent. */
    record Limits(int workers, int waiting, Duration deadline, Duration silence) {
        static final Limits DEFAULT = new Limits(8, 32, Duration.ofSeconds(5), Duration.ofSeconds(4));
    }

    /** What is asked of WeChat. A login takes no access token, and so comes through where WeChat hands none out. */
    enum Purpose {
        LOGIN(false), PHONE(true), MESSAGE(true), TEXT(true), CODE(true);

        private final boolean byToken;

        Purpose(boolean byToken) {
            this.byToken = byToken;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final String appId;
    private final BusinessClock clock;
    private final Limits limits;
    private final Line line;
    private final SharedToken token;
    private final ThreadPoolExecutor workers;
    private final Map<Purpose, Breaker> breakers = 
            Arrays.stream(Purpose.values()).collect(Collectors.toUnmodifiableMap(each -> each, each -> new Breaker()));

    Calls(WeChatAccount account, TokenGround ground, Limits limits) {
        this.appId = account.appId();
        this.clock = ground.clock();
        this.limits = limits;
        this.line = new Line(account, new Connections(limits.workers, limits.silence));
        this.token = new SharedToken(ground, appId, this::freshToken);
        this.workers = new ThreadPoolExecutor(limits.workers, limits.workers, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(limits.waiting),
                Thread.ofPlatform().daemon().name("wechat-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    String appId() {
        return appId;
    }

    /** What WeChat answers, or a {@link WeChatFault}, within the deadline. */
    <T> T call(Purpose purpose, Line.Call<T> call) {
        var breaker = breakers.get(purpose);
        if (breaker.refuses(clock.now()).isPresent()) {
            throw new WeChatFault(Kind.NOT_SENT, WeChatFault.NONE);
        }
        try {
            T answer = onWorker(() -> attempt(purpose, call));
            closed(purpose, breaker);
            return answer;
        } catch (WeChatFault fault) {
            if (fault.isIllness()) {
                opened(purpose, breaker, fault);
            } else if (fault.kind() != Kind.NOT_SENT) {
                closed(purpose, breaker);
            }
            throw fault;
        }
    }

    private void opened(Purpose purpose, Breaker breaker, WeChatFault fault) {
        if (breaker.failed(clock.now())) {
            LOG.warn("WeChat does not answer to {} of {} (number {}); no calls for a while", purpose, appId, fault.number());
        }
    }

    private void closed(Purpose purpose, Breaker breaker) {
        if (breaker.succeeded()) {
            LOG.info("WeChat answers to {} of {} again", purpose, appId);
        }
    }

    private <T> T attempt(Purpose purpose, Line.Call<T> call) {
        if (!purpose.byToken) {
            return translated(() -> call.on(line));
        }
        var held = token.current();
        try {
            return translated(() -> line.with(held.text(), call));
        } catch (WeChatFault fault) {
            if (fault.kind() != Kind.TOKEN) {
                throw fault;
            }
            var other = token.afterRejection(held);
            return translated(() -> line.with(other.text(), call));
        }
    }

    /** Whatever hinders it, the call that needs the token was surely not made. */
    private Line.Fresh freshToken(boolean byForce) {
        try {
            return translated(() -> line.freshToken(byForce));
        } catch (WeChatFault fault) {
            if (fault.isIllness()) {
                throw new WeChatFault(Kind.BUSY, fault.number());
            }
            LOG.error("WeChat gives {} no access token (number {}); is its secret right, and this address allowed?", appId, fault.number());
            throw new WeChatFault(Kind.NOT_SENT, fault.number());
        }
    }

    private interface Asking<T> {
        T ask() throws WxErrorException, IOException;
    }

    private static <T> T translated(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (WxErrorException said) {
            throw WeChatFault.of(said.getError().getErrorCode());
        } catch (WeChatFault | Problem known) {
            throw known;
        } catch (IOException | RuntimeException nothingReadable) {
            boolean neverArrived = nothingReadable instanceof ConnectException || nothingReadable.getCause() instanceof ConnectException;
            throw new WeChatFault(neverArrived ? Kind.BUSY : Kind.UNKNOWN, WeChatFault.NONE);
        }
    }

    private <T> T onWorker(Callable<T> work) {
        try {
            var done = workers.submit(work);
            try {
                return done.get(limits.deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                // What runs ends by itself, its silences and waits being bounded: an interrupt while it speaks to the database would lose the connection.
                done.cancel(false);
                throw new WeChatFault(Kind.UNKNOWN, WeChatFault.NONE);
            }
        } catch (RejectedExecutionException allTaken) {
            throw new WeChatFault(Kind.NOT_SENT, WeChatFault.NONE);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WeChatFault(Kind.UNKNOWN, WeChatFault.NONE);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            line.close();
        } catch (IOException alreadyGone) {
            LOG.warn("connections to WeChat of {} did not close cleanly", appId);
        }
    }
}
