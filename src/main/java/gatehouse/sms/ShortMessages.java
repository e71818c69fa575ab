package gatehouse.sms;

import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.notify.Channel;
import gatehouse.registry.PersonalData;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The feature put together; without an account with a provider there is no such rung, and the ladder goes on at the door. */
public final class ShortMessages implements AutoCloseable {
    private record Line(HttpSmsProvider provider, SmsPump pump) {
    }

    private final Database database;
    private final SmsStore store = new SmsStore();
    private final SmsTally tally = new SmsTally();
    private final Optional<Line> line;
    private final SmsRoutes routes;

    public ShortMessages(Database database, BusinessClock clock, PersonalData personalData, Optional<SmsAccount> account) {
        this.database = database;
        this.routes = new SmsRoutes(database, clock, account.isPresent());
        this.line = account.map(each -> {
            var provider = new HttpSmsProvider(each, clock, HttpSmsProvider.Limits.DEFAULT);
            return new Line(provider, new SmsPump(new SmsPump.Ground(database, clock, personalData), provider, SmsPump.Limits.DEFAULT, tally));
        });
    }

    public List<Endpoint> endpoints() {
        return routes.endpoints();
    }

    /** Where the outbox puts what may go out by SMS; after WeChat's. */
    public List<Channel> channels() {
        return line.isPresent() ? List.of(new SmsChannel(database, store)) : List.of();
    }

    /** From now on what waits is sent. */
    public void startSending(Notifications notifications) {
        line.ifPresent(each -> {
            notifications.on(SmsStore.CHANNEL, payload -> each.pump.wake());
            each.pump.start();
        });
    }

    /** How messages ended in this process, by the ends of the table and {@code repeated}. */
    public void meter(BiConsumer<String, Supplier<Number>> meter) {
        tally.tell(meter);
    }

    /** Forgets what was sent long ago. */
    public int sweep() {
        return database.transact(store::sweep);
    }

    @Override
    public void close() {
        line.ifPresent(each -> {
            each.pump.close();
            each.provider.close();
        });
    }
}
