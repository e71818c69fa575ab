package gatehouse.registry;

import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.registry.HouseholdMoves.Move;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looking things up in the registry, each within its caller's scope. */
final class RegistryActions {

    private final Database database;
    private final BusinessClock clock;
    private final PersonalData personalData;
    private final AuditLog audit;
    private final HouseholdMoves moves;

    RegistryActions(Database database, BusinessClock clock, PersonalData personalData, AuditLog audit, HouseholdMoves moves) {
        this.database = database;
        this.clock = clock;
        this.personalData = personalData;
        this.audit = audit;
        this.moves = moves;
    }

    /** Finds households as people name them: {@code 3号楼} is building 3, a whole ID number or phone finds its household. */
    Page<Household> find(Scope scope, Optional<String> building, Optional<String> unit, Optional<String> text, Page.Request page) {
        var search = new RegistryStore.Search(
                building.map(written -> HouseholdLabel.parseBuilding(written).toOptional().orElse(written)),
                unit.map(written -> HouseholdLabel.parseUnit(written).toOptional().orElse(written)),
                text.map(CellText::settle).filter(settled -> !settled.isEmpty()),
                text.map(CellText::tight).filter(tight -> tight.matches("[0-9]{4}")),
                text.flatMap(written -> PhoneNumber.parse(written).toOptional()).map(personalData::hashes).orElse(List.of()),
                text.flatMap(written -> IdNumber.parse(written, clock.today()).toOptional()).map(personalData::hashes).orElse(List.of()));
        return Page.cut(RegistryStore.households(database, scope, search, page.after(), page.rows()), page, Household::place);
    }

    Household household(Scope scope, UUID id) {
        return RegistryStore.household(database, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    /**
     * Somebody leaves the compound; neither their account nor a pass of theirs opens anything any more. Nobody leaves the register while an alert or an
     * observation about them is open. Done again it changes nothing.
     */
    void moveOut(Caller caller, Scope scope, UUID resident) {
        var now = clock.now();
        database.transact(tx -> {
            var leaving = RegistryStore.lockLeaving(tx, scope, resident).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (leaving.alreadyLeft()) {
                return resident;
            }
            if (leaving.underCare()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var move = new Move(resident, leaving.householdId(), null);
            tx.changes(leaving.compoundId());
            RegistryStore.moveOut(tx, leaving.compoundId(), resident, now);
            RegistryStore.leaveHomes(tx, leaving.compoundId(), List.of(move), now);
            var accounts = moves.moved(tx, leaving.compoundId(), List.of(move), caller, now);
            audit.append(tx, RegistryTrail.householdLeft(leaving.compoundId(), move, accounts.get(resident), caller, now));
            return resident;
        });
    }

    /** {@code compound}: only its buildings; one outside the scope has none. */
    Page<RegistryStore.Building> buildings(Scope scope, Optional<UUID> compound, Page.Request page) {
        var rows = RegistryStore.buildings(database, scope, compound.orElse(null), page.after(), page.rows());
        return Page.cut(rows, page, RegistryStore.Building::place);
    }
}
