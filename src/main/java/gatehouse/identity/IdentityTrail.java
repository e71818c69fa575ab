package gatehouse.identity;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What this feature enters in the audit: in the chain of the account's home compound. */
final class IdentityTrail {
    private static final List<Role> WHO_STAFF = List.of(Role.OFFICE, Role.ADMIN);

    private IdentityTrail() {
    }

    static AuditEntry created(UUID home, UUID account, Collection<RoleGrant> given, Caller caller, OffsetDateTime now) {
        return entry(AuditAction.ACCOUNT_CREATED, home, account, Map.of("given", words(given)), caller, now);
    }

    static AuditEntry rolesChanged(UUID home, UUID account, Collection<RoleGrant> taken, Collection<RoleGrant> given, Caller caller,
                                   OffsetDateTime now) {
        var details = new TreeMap<String, String>();
        if (!taken.isEmpty()) {
            details.put("taken", words(taken));
        }
        if (!given.isEmpty()) {
            details.put("given", words(given));
        }
        return entry(AuditAction.ROLES_CHANGED, home, account, details, caller, now);
    }

    /** Somebody of the staff used an invitation of the household that they live in. */
    static AuditEntry cameHome(Profile before, RoleGrant given, OffsetDateTime now) {
        var home = before.compound().id();
        var by = new Actor(home, before.id(), before.roles().iterator().next());
        return AuditEntry.of(home, now, by, AuditAction.ROLES_CHANGED, "account", before.id(), Map.of("given", words(List.of(given))));
    }

    static AuditEntry account(AuditAction action, UUID home, UUID account, Caller caller, OffsetDateTime now) {
        return entry(action, home, account, Map.of(), caller, now);
    }

    private static AuditEntry entry(AuditAction action, UUID home, UUID account, Map<String, String> details, Caller caller, OffsetDateTime now) {
        return AuditEntry.of(home, now, Actor.of(caller, home, WHO_STAFF), action, "account", account, details);
    }

    /** Roles with the places where they hold: {@code GUARD GATE <id>}. */
    private static String words(Collection<RoleGrant> grants) {
        return grants.stream().map(each -> each.role() + " " + each.reach() + " " + each.reachId()).sorted().collect(Collectors.joining(", "));
    }
}
