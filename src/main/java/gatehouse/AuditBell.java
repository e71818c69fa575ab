package gatehouse;

import gatehouse.audit.AuditAlarm;
import gatehouse.audit.AuditFault;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Tells the office and the administrators that an audit chain is broken; once a day each. */
record AuditBell(Database database, BusinessClock clock) implements AuditAlarm {
    private static final List<Role> WHO_MUST_KNOW = List.of(Role.OFFICE, Role.ADMIN);

    @Override
    public void broken(UUID compound, long number, AuditFault fault, LocalDate date) {
        var now = clock.now();
        var messages = WHO_MUST_KNOW.stream().map(role -> Message.of(compound, "audit-broken/%s/%s/%s".formatted(compound, date, role),
                MessageTemplate.AUDIT_BROKEN, new Recipient.HoldersOfCompound(role), number)).toList();
        database.transact(tx -> {
            Outbox.put(tx, now, messages);
            return messages.size();
        });
    }
}
