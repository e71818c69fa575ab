package gatehouse.disclosure;

import gatehouse.audit.AuditEntry;
import gatehouse.disclosure.DisclosurePolicy.Decision;
import gatehouse.disclosure.DisclosureStore.Hidden;
import gatehouse.disclosure.DisclosureStore.HiddenVisitor;
import gatehouse.disclosure.DisclosureStore.Seen;
import gatehouse.disclosure.Disclosures.Why;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.TimePlace;
import gatehouse.registry.PersonalData;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows hidden values, for a reason that the resident can read. */
final class DisclosureActions {
    private final Database database;
    private final BusinessClock clock;
    private final PersonalData personalData;
    private final Disclosures disclosures;

    DisclosureActions(Database database, BusinessClock clock, PersonalData personalData, Disclosures disclosures) {
        this.database = database;
        this.clock = clock;
        this.personalData = personalData;
        this.disclosures = disclosures;
    }

    /** Which value of whom, and why. */
    record Wish(UUID residentId, DisclosureField field, String reason) {
    }

    /** The value, which is answered only once what was asked and why is committed. */
    String disclose(Caller caller, Wish wish) {
        var why = new Why(wish.reason(), disclosures.mostAnHour(caller), clock.now());
        return database.transact(tx -> {
            var hidden = DisclosureStore.find(tx, caller.scopeBy(DisclosurePolicy.rolesFor(wish.field())), wish.residentId());
            var by = judge(caller, DisclosurePolicy.rolesFor(wish.field()), hidden.map(found -> rolesThatReach(caller, found)).orElse(EnumSet.noneOf(Role.class)));
            var value = hidden.flatMap(found -> open(found, wish.field())).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var found = hidden.orElseThrow();
            disclosures.enter(tx, caller, new Disclosures.Who(found.compoundId(), found.residentId(), found.householdId()), wish.field(), why,
                    new AuditEntry.Actor(caller.compoundId(), caller.accountId(), by));
            return value;
        });
    }

    private static Role judge(Caller caller, Set<Role> may, Set<Role> reaching) {
        return switch (DisclosurePolicy.judge(may, caller.roles(), reaching)) {
            case Decision.Shown shown -> shown.by();
            case Decision.NotYours notYours -> throw Problem.of(ProblemType.NOT_PERMITTED);
            case Decision.NotSeen notSeen -> throw Problem.of(ProblemType.NOT_FOUND);
        };
    }

    private static Set<Role> rolesThatReach(Caller caller, Hidden hidden) {
        return DisclosurePolicy.reaching(rolesBySpace(caller, hidden.compoundId(), hidden.buildingId(), hidden.householdId()), hidden.healthCase());
    }

    /** Without a household, of what all share: the roles that hold the whole compound. */
    private static Set<Role> rolesBySpace(Caller caller, UUID compound, @Nullable UUID building, @Nullable UUID household) {
        var roles = EnumSet.noneOf(Role.class);
        caller.grants().stream().filter(grant -> building == null || household == null ? grant.scope().seesWholeCompound(compound)
                : grant.scope().sees(compound, building, household)).forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    /** The same of a visitor, who has no account: the office reads in the audit who was shown what and why. */
    String discloseVisitor(Caller caller, UUID visit, VisitorField field, String reason) {
        var why = new Why(reason, disclosures.mostAnHour(caller), clock.now());
        return database.transact(tx -> {
            var may = DisclosurePolicy.rolesForVisitor(field);
            var hidden = DisclosureStore.findVisitor(tx, caller.scopeBy(may), visit, why.at().toLocalDate());
            var by = judge(caller, may, hidden.map(found -> DisclosurePolicy.reachingVisitor(
                    rolesBySpace(caller, found.compoundId(), found.buildingId(), found.householdId()), found.atGate())).orElse(EnumSet.noneOf(Role.class)));
            var value = hidden.flatMap(found -> open(found, field)).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var found = hidden.orElseThrow();
            disclosures.enterVisitor(tx, caller, new Disclosures.Who(found.compoundId(), found.visitId(), found.householdId()), field.asEntered(), why,
                    new AuditEntry.Actor(caller.compoundId(), caller.accountId(), by));
            return value;
        });
    }

    private Optional<String> open(HiddenVisitor hidden, VisitorField field) {
        return switch (field) {
            case PHONE -> hidden.phoneSealed().map(sealed -> personalData.openPhone(sealed, "visit", hidden.visitId()));
            case ID_NUMBER -> hidden.idNumberSealed().map(sealed -> personalData.openIdNumber(sealed, "visit", hidden.visitId()));
        };
    }

    private Optional<String> open(Hidden hidden, DisclosureField field) {
        return switch (field) {
            case NAME -> Optional.of(hidden.name());
            case PHONE -> hidden.phoneSealed().map(sealed -> personalData.openPhone(sealed, "resident", hidden.residentId()));
            case REPORTER, HEALTH -> Optional.empty();
            case ID_NUMBER -> hidden.idNumberSealed().map(sealed -> personalData.openIdNumber(sealed, "resident", hidden.residentId()));
        };
    }

    /** Newest first. */
    Page<Seen> ofHousehold(Scope household, Page.Request page) {
        var after = TimePlace.of(page.after());
        return Page.cut(DisclosureStore.ofHousehold(database, household, page, after), page, seen -> new TimePlace(seen.at(), seen.id()).text());
    }
}
