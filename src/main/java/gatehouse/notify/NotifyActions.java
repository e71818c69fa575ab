package gatehouse.notify;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.ParkedStore.Parked;
import gatehouse.notify.ParkedStore.Settled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading one's inbox, and what staff do with messages that could not be delivered. */
public final class NotifyActions {
    private static final List<Role> WHO_SETTLE = List.of(Role.OFFICE, Role.ADMIN);

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;

    public NotifyActions(Database database, BusinessClock clock, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
    }

    /** A page of an inbox with the number of all unread messages in it. */
    record Inbox(Page<Notification> page, int unread) {
    }

    Inbox inbox(Addressee owner, boolean unreadOnly, Page.Request request, @Nullable UUID before) {
        // of one moment, else a message that comes in between is counted and not there
        return database.readOnce(tx -> {
            var rows = NotifyStore.inbox(tx, owner, unreadOnly, before, request.rows());
            return new Inbox(Page.cut(rows, request, each -> each.id().toString()), NotifyStore.unread(tx, owner));
        });
    }

    /** Marks all up to that message, which was the newest that its reader saw; answers how many are unread then. */
    int markAllRead(Addressee owner, UUID upTo) {
        var now = clock.now();
        return database.transact(tx -> {
            NotifyStore.markAllRead(tx, owner, upTo, now);
            return NotifyStore.unread(tx, owner);
        });
    }

    /** @throws Problem NOT_FOUND where this inbox has no such message */
    Notification markRead(Addressee owner, UUID id) {
        var now = clock.now();
        return database.transact(tx -> NotifyStore.markRead(tx, owner, id, now))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    /** What could not be delivered, newest first. */
    Page<Parked> parked(Scope scope, Page.Request request, @Nullable UUID before) {
        return Page.cut(ParkedStore.list(database, scope, request, before), request, each -> each.id().toString());
    }

    void retry(Caller caller, Scope scope, UUID id) {
        database.transact(tx -> audit.append(tx, settled(AuditAction.MESSAGE_RETRIED, ParkedStore.retry(tx, scope, id), caller, id)));
    }

    void drop(Caller caller, Scope scope, UUID id) {
        database.transact(tx -> audit.append(tx, settled(AuditAction.MESSAGE_DROPPED, ParkedStore.drop(tx, scope, id), caller, id)));
    }

    /** Says which message it was by its id and kind; to whom it went is not said. */
    private AuditEntry settled(AuditAction action, Optional<Settled> message, Caller caller, UUID id) {
        var found = message.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return AuditEntry.of(found.compoundId(), clock.now(), Actor.of(caller, found.compoundId(), WHO_SETTLE), action, "message", id,
                Map.of("template", found.template()));
    }
}
