package gatehouse.sms;

import gatehouse.kernel.Database;
import gatehouse.kernel.Language;
import gatehouse.notify.Channel;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Medium;
import gatehouse.notify.LadderStore;
import gatehouse.sms.SmsStore.Wanted;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes a row for whoever may have to be sent an SMS; whether they are is decided when WeChat had its time. See {@link SmsPump}. */
final class SmsChannel implements Channel {
    /** What cannot wait until somebody looks into the portal, and no more: each costs money. */
    static final Set<MessageTemplate> REMINDERS = EnumSet.of(MessageTemplate.ROUND_MISSING, MessageTemplate.OBSERVATION_DAY,
            MessageTemplate.OBSERVATION_DAY_MORE, MessageTemplate.OUTING_OVERDUE);

    private final Database database;
    private final SmsStore store;

    SmsChannel(Database database, SmsStore store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        var wanted = deliveries.stream().filter(each -> REMINDERS.contains(each.template())).flatMap(each -> each.addressees().stream()
                .map(person -> new Wanted(person, each.id(), each.template().name(), each.argumentsChinese(), words(each), each.createdAt()))).toList();
        if (!wanted.isEmpty()) {
            database.transact(tx -> {
                var added = store.add(tx, wanted);
                LadderStore.set(tx, Medium.SMS, Medium.Standing.UNDERWAY, added);
                return added;
            });
        }
    }

    /** In Chinese, as it shows on a lock screen. */
    static String words(Delivery message) {
        return message.title(Language.CHINESE) + "：" + message.text(Language.CHINESE);
    }
}
