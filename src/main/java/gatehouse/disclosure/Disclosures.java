package gatehouse.disclosure;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.audit.AuditLog;
import gatehouse.audit.Disclosure;
import gatehouse.http.Caller;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.registry.PersonalData;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Enters that something hidden of a resident was shown: counted, sealed in the audit, and for the resident to read. */
public final class Disclosures {
    private static final String VISIT = "visit";
    private static final List<Role> WHO_MEND = List.of(Role.REPAIRMAN, Role.DISPATCHER, Role.OFFICE);

    private final Policies policies;
    private final AuditLog log;
    private final PersonalData personalData;

    public Disclosures(Policies policies, AuditLog log, PersonalData personalData) {
        this.policies = policies;
        this.log = log;
        this.personalData = personalData;
    }

    /** Of whom, a resident or a visit, and the household that they belong to then, or visit; null for who comes for what all share. */
    public record Who(UUID compoundId, UUID personId, @Nullable UUID householdId) {
    }

    /** Why, and when; {@code mostAnHour}: of {@link #mostAnHour}. */
    public record Why(String reason, int mostAnHour, OffsetDateTime at) {
    }

    /** How many values the caller may be shown in an hour. Asked before the transaction: it may take a connection of its own. */
    public int mostAnHour(Caller caller) {
        return policies.of(caller.compoundId()).amount(PolicyName.DISCLOSURES_AN_HOUR);
    }

    /**
     * The office was told who is behind an anonymous complaint. Shows nothing by itself: the caller answers only after the commit. Locks the
     * audit's chain, so it comes last.
     */
    public void enterReporter(Tx tx, Caller caller, Who who, Why why) {
        enter(tx, caller, who, DisclosureField.REPORTER, why, Actor.of(caller, who.compoundId, List.of(Role.OFFICE)));
    }

    /**
     * The phone of a resident, to somebody who mends something for them: that of the roster, or else the one by which they log in; empty where
     * there is none, or they have moved out. Answered only after the commit. Locks the audit's chain, so it comes last.
     */
    public Optional<String> phone(Tx tx, Caller caller, Who who, Why why) {
        var sealed = DisclosureStore.phone(tx, who.compoundId, who.personId);
        sealed.ifPresent(there -> enter(tx, caller, who, DisclosureField.PHONE, why, Actor.of(caller, who.compoundId, WHO_MEND)));
        return sealed.map(there -> personalData.openPhone(there.sealed(), there.table(), there.row()));
    }

    void enter(Tx tx, Caller caller, Who who, DisclosureField field, Why why, Actor by) {
        enter(tx, disclosure(tx, caller, who, field, why, by), AuditAction.VALUE_DISCLOSED, "resident");
    }

    /** Of a visitor, who has no account: the office reads it in the audit. */
    void enterVisitor(Tx tx, Caller caller, Who who, DisclosureField field, Why why, Actor by) {
        enter(tx, disclosure(tx, caller, who, field, why, by), AuditAction.VISITOR_DISCLOSED, VISIT);
    }

    private Disclosure disclosure(Tx tx, Caller caller, Who who, DisclosureField field, Why why, Actor by) {
        if (!DisclosurePolicy.isReason(why.reason)) {
            throw Problem.badField("/reason", FieldFault.TOO_SHORT, DisclosurePolicy.SHORTEST_REASON);
        }
        count(tx, caller, why.at, why.mostAnHour);
        return log.disclosure(who.compoundId, Ids.next(), who.personId, who.householdId, field.name(), why.reason.strip(), why.at, by);
    }

    private static void count(Tx tx, Caller caller, OffsetDateTime now, int mostAnHour) {
        if (!DisclosureStore.count(tx, caller.compoundId(), caller.accountId(), now, now.minus(DisclosurePolicy.HOUR), mostAnHour)) {
            var began = DisclosureStore.hourBegan(tx, caller.compoundId(), caller.accountId());
            throw Problem.of(ProblemType.TOO_MANY_ATTEMPTS).with("retryAfter", DisclosurePolicy.retryAfterSeconds(began, now));
        }
    }

    private void enter(Tx tx, Disclosure disclosure, AuditAction action, String kind) {
        var entry = AuditEntry.of(disclosure.compoundId(), disclosure.at(), disclosure.by(), action, kind, disclosure.personId(),
                Map.of("field", disclosure.field()));
        DisclosureStore.insert(tx, disclosure, kind.equals(VISIT), log.append(tx, entry, disclosure));
    }
}
