package gatehouse.wechat;

import gatehouse.kernel.Database;
import gatehouse.notify.Channel;
import gatehouse.notify.Medium;
import gatehouse.notify.LadderStore;
import gatehouse.wechat.MessageStore.Wanted;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands the outbox's messages on to whoever consented to have them through WeChat. Only rows are written here: a WeChat that hangs keeps no
 * message from the inbox. See {@link SendPump}.
 */
final class SubscribeChannel implements Channel {
    private final Database database;
    private final MessageStore store;
    private final List<SubscribeTemplate> templates;

    SubscribeChannel(Database database, MessageStore store, List<SubscribeTemplate> templates) {
        this.database = database;
        this.store = store;
        this.templates = templates;
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        var wanted = new ArrayList<Wanted>();
        for (var delivery : deliveries) {
            var lead = Lead.of(delivery);
            var kind = SubscribeKind.of(delivery.template());
            for (var template : templates.stream().filter(each -> each.kind() == kind).toList()) {
                var words = template.words(delivery);
                delivery.addressees().forEach(person -> wanted.add(new Wanted(person, delivery.id(), template, words, lead, delivery.createdAt())));
            }
        }
        if (!wanted.isEmpty()) {
            database.transact(tx -> {
                var added = store.add(tx, wanted);
                LadderStore.set(tx, Medium.WECHAT, Medium.Standing.UNDERWAY, added);
                return added;
            });
        }
    }
}
