package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Caller;
import gatehouse.http.Reply;
import gatehouse.identity.AccountActions.Hire;
import gatehouse.identity.IdentityStore.Listed;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Await;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.registry.RegistryDirectory;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountActionsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger(10_000);
    private static final Set<Role> STAFFING = Set.of(Role.OFFICE, Role.ADMIN);

    private TestDatabase database;
    private TestClock clock;
    private IdentityGiven given;
    private Given story;
    private Given.Compound garden;
    private Given.Compound laurel;
    private UUID gate;
    private Caller office;
    private Caller administrator;

    @BeforeEach
    void neighbourhood() {
        database = TestDatabase.fresh();
        clock = new TestClock("2026-11-22T09:30:00+08:00");
        given = new IdentityGiven(database, clock);
        story = new Given(database);
        garden = story.compound("阳光花园");
        laurel = new Given(database).compound("月桂苑");
        gate = garden.gate("东门");
        office = caller(hire(new RoleGrant(Role.OFFICE, Reach.COMPOUND, garden.id())));
        administrator = caller(hire(new RoleGrant(Role.ADMIN, Reach.EVERYTHING, garden.id())));
    }

    @AfterEach
    void close() {
        given.close();
        database.close();
    }

    private record Person(UUID id, String phone) {
    }

    private Person hire(RoleGrant... grants) {
        var phone = "138000" + NUMBER.incrementAndGet();
        return new Person(given.account(garden.id(), phone, grants), phone);
    }

    private Caller caller(Person person) {
        return Await.on(given.authenticator.callerOf(given.logIn(person.phone).accessToken()));
    }

    private RoleGrant guard() {
        return new RoleGrant(Role.GUARD, Reach.GATE, gate);
    }

    private static Scope scope(Caller caller) {
        return caller.scopeBy(STAFFING);
    }

    private Answer create(Caller by, RoleGrant... grants) {
        var hire = new Hire("新人", IdentityGiven.phone("137000" + NUMBER.incrementAndGet()), "correct horse", List.of(grants));
        return given.staffing.create(new Once<>(Optional.empty(), (Listed made) -> Reply.answer(201, made.id())), by, scope(by), hire);
    }

    private Listed setRoles(Caller by, UUID account, RoleGrant... grants) {
        return given.staffing.setRoles(by, scope(by), account, List.of(grants));
    }

    private static Problem refusal(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(Problem.class, work);
    }

    @Test
    void create_guardByTheOffice_worksAtOnceAtTheirGate() {
        create(office, guard());
        var caller = Await.on(given.authenticator.callerOf(given.logIn("137000" + NUMBER.get()).accessToken()));
        assertEquals(Set.of(gate), caller.grants().getFirst().gates());
        assertTrue(caller.scopeBy(Set.of(Role.GUARD)).seesWholeCompound(garden.id()));
    }

    @Test
    void create_byOfficeInAnotherCompoundOrAbove_isRefused() {
        var foreign = laurel.gate("南门");
        assertEquals("/grants/0/reachId", refusal(() -> create(office, new RoleGrant(Role.GUARD, Reach.GATE, foreign))).errors().getFirst().pointer());
        assertEquals(ProblemType.NOT_PERMITTED,
                refusal(() -> create(office, new RoleGrant(Role.OFFICE, Reach.COMPOUND, garden.id()))).type());
        assertEquals(ProblemType.NOT_PERMITTED,
                refusal(() -> create(office, new RoleGrant(Role.ADMIN, Reach.EVERYTHING, garden.id()))).type());
    }

    @Test
    void create_placesInTwoCompounds_isRefused() {
        var foreign = laurel.gate("南门");
        assertEquals("/grants/1/reachId",
                refusal(() -> create(administrator, guard(), new RoleGrant(Role.GUARD, Reach.GATE, foreign))).errors().getFirst().pointer());
    }

    @Test
    void create_wrongReach_namesTheRightOne() {
        var problem = refusal(() -> create(administrator, new RoleGrant(Role.GUARD, Reach.COMPOUND, garden.id())));
        assertEquals("/grants/0/reach", problem.errors().getFirst().pointer());
        assertEquals(List.of("GATE"), problem.errors().getFirst().arguments());
    }

    @Test
    void create_forACommunityOrSubdistrict_livesInOneOfItsCompounds() {
        create(administrator, new RoleGrant(Role.SUBDISTRICT, Reach.SUBDISTRICT, story.subdistrictId()));
        var caller = Await.on(given.authenticator.callerOf(given.logIn("137000" + NUMBER.get()).accessToken()));
        assertEquals(garden.id(), caller.compoundId());
        assertTrue(caller.scopeBy(Set.of(Role.SUBDISTRICT)).seesWholeCompound(garden.id()));
        assertEquals(false, caller.scopeBy(Set.of(Role.SUBDISTRICT)).seesWholeCompound(laurel.id()));
    }

    @Test
    void setRoles_actsAtOnce_alsoOnAnotherInstance() {
        var person = hire(guard());
        try (var other = new IdentityGiven(database, clock)) {
            var token = given.logIn(person.phone);
            Await.on(other.authenticator.callerOf(token.accessToken()));
            setRoles(office, person.id, new RoleGrant(Role.REPAIRMAN, Reach.COMPOUND, garden.id()));
            assertEquals(ProblemType.NOT_LOGGED_IN, refusal(() -> Await.on(other.authenticator.callerOf(token.accessToken()))).type());
            var refreshed = Await.on(other.authenticator.callerOf(other.refresh(token.refreshToken()).accessToken()));
            assertEquals(Set.of(Role.REPAIRMAN), refreshed.roles());
        }
    }

    @Test
    void disable_endsEverySessionAtOnce_alsoOnAnotherInstance() {
        var person = hire(guard());
        try (var other = new IdentityGiven(database, clock)) {
            var token = given.logIn(person.phone);
            Await.on(other.authenticator.callerOf(token.accessToken()));
            assertTrue(given.staffing.disable(office, scope(office), person.id).disabled());
            assertEquals(ProblemType.SESSION_ENDED, refusal(() -> Await.on(other.authenticator.callerOf(token.accessToken()))).type());
            assertEquals(ProblemType.SESSION_ENDED, refusal(() -> other.refresh(token.refreshToken())).type());
            assertEquals(ProblemType.WRONG_CREDENTIALS, refusal(() -> given.logIn(person.phone)).type());
        }
    }

    @Test
    void setRolesAndDisable_accountOfAnotherCompound_isNotFound() {
        var phone = "138000" + NUMBER.incrementAndGet();
        var foreign = given.account(laurel.id(), phone, new RoleGrant(Role.REPAIRMAN, Reach.COMPOUND, laurel.id()));
        assertEquals(ProblemType.NOT_FOUND, refusal(() -> setRoles(office, foreign, guard())).type());
        assertEquals(ProblemType.NOT_FOUND, refusal(() -> given.staffing.disable(office, scope(office), foreign)).type());
    }

    @Test
    void setRoles_lastAdministrator_stays() {
        var second = hire(new RoleGrant(Role.ADMIN, Reach.EVERYTHING, garden.id()));
        var secondCaller = caller(second);
        setRoles(administrator, second.id, guard());
        assertEquals(ProblemType.LAST_ADMINISTRATOR, refusal(() -> setRoles(secondCaller, administrator.accountId(), guard())).type());
    }

    @Test
    void setRoles_twoAdministratorsTakingEachOthersRole_oneStays() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            var second = caller(hire(new RoleGrant(Role.ADMIN, Reach.EVERYTHING, garden.id())));
            var third = caller(hire(new RoleGrant(Role.ADMIN, Reach.EVERYTHING, garden.id())));
            given.staffing.disable(second, scope(second), administrator.accountId());
            var turn = new AtomicInteger();
            var outcomes = Together.run(2, () -> turn.getAndIncrement() == 0 ? setRoles(second, third.accountId(), guard())
                    : setRoles(third, second.accountId(), guard()));
            assertEquals(1, outcomes.stream().filter(Listed.class::isInstance).count(), outcomes.toString());
            administrator = turnedOut(outcomes, second, third);
        }
    }

    /** Who of the two is still an administrator. */
    private static Caller turnedOut(List<Object> outcomes, Caller second, Caller third) {
        var lost = outcomes.stream().filter(Listed.class::isInstance).map(each -> ((Listed) each).id()).findFirst().orElseThrow();
        return lost.equals(second.accountId()) ? third : second;
    }

    @Test
    void list_byPages_showsEveryAccountOfTheScopeOnceEvenWhileOthersCome() {
        for (int i = 0; i < 7; i++) {
            hire(guard());
        }
        given.account(laurel.id(), "138000" + NUMBER.incrementAndGet(), new RoleGrant(Role.REPAIRMAN, Reach.COMPOUND, laurel.id()));
        var seen = new HashSet<UUID>();
        String after = null;
        do {
            var page = given.staffing.list(scope(office), Optional.empty(), Optional.of(Role.GUARD), new Page.Request(3, after));
            page.items().forEach(each -> assertTrue(seen.add(each.id())));
            after = page.next();
            if (seen.size() == 3) {
                hire(guard());
            }
        } while (after != null);
        assertEquals(8, seen.size());
    }

    @Test
    void list_byNameOrWholePhone_findsThem() {
        var person = hire(guard());
        var page = new Page.Request(10, null);
        assertEquals(List.of(person.id), given.staffing.list(scope(office), Optional.of(person.phone), Optional.empty(), page).items().stream().map(Listed::id).toList());
        assertEquals(List.of(person.id), given.staffing.list(scope(office), Optional.of("账号" + person.phone), Optional.empty(), page).items().stream().map(Listed::id).toList());
        assertEquals("东门", given.staffing.list(scope(office), Optional.of(person.phone), Optional.empty(), page).items().getFirst().grants().getFirst().reachName().orElseThrow());
        assertEquals(List.of(), given.staffing.list(scope(office), Optional.of("%"), Optional.empty(), page).items());
    }

    @Test
    void gridWorker_seesTheGridsBuildings_andANewOneOnceTheRegistrySaysSo() throws InterruptedException {
        var grid = garden.grid("一网格", "1", "2");
        var person = hire(new RoleGrant(Role.GRID_WORKER, Reach.GRID, grid));
        var token = given.logIn(person.phone).accessToken();
        var household = garden.household("4-1-101");
        assertEquals(false, seesAsGridWorker(token, household));
        assertTrue(seesAsGridWorker(token, garden.household("1-1-101")));
        given.database.transact(tx -> {
            tx.sql("update building set grid_id = $2 where id = $1").bind(household.buildingId()).bind(grid).update();
            RegistryDirectory.changed(tx, garden.id());
            return grid;
        });
        for (int i = 0; i < 100 && !seesAsGridWorker(token, household); i++) {
            Thread.sleep(20);
        }
        assertTrue(seesAsGridWorker(token, household));
    }

    private boolean seesAsGridWorker(String token, Given.Household household) {
        var caller = Await.on(given.authenticator.callerOf(token));
        return caller.scopeBy(Set.of(Role.GRID_WORKER)).sees(household.compoundId(), household.buildingId(), household.id());
    }
}
