package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Json;
import gatehouse.http.Reply;
import gatehouse.identity.InvitationActions.Activated;
import gatehouse.identity.InvitationActions.Activation;
import gatehouse.identity.InvitationActions.Issued;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final SourceAddress SOURCE = SourceAddress.of("10.0.0.1");
    private static final AtomicInteger NUMBER = new AtomicInteger(10_000);
    private static final UUID OFFICER = new UUID(5, 5);
    private static TestClock clock;
    private static IdentityGiven given;
    private static Given.Compound compound;

    private Given.Household household;
    private Scope scope;

    @BeforeAll
    static void open() {
        clock = new TestClock("2026-11-22T09:30:00+08:00");
        given = new IdentityGiven(DATABASE, clock);
        compound = new Given(DATABASE).compound("阳光花园");
    }

    @AfterAll
    static void close() {
        given.close();
    }

    @BeforeEach
    void aHousehold() {
        household = compound.household("3-2-" + NUMBER.incrementAndGet());
        scope = Scope.ofCompounds(List.of(compound.id()));
        clock.move(Duration.ofHours(1));
    }

    private static Once<Issued> once(Optional<IdempotencyKey> key) {
        return new Once<>(key, issued -> Reply.answer(201, issued));
    }

    private String invite() {
        var answer = given.invitations.invite(once(Optional.empty()), scope, household.id(), OFFICER);
        return given.invitations.code(Json.readOwn(answer.json(), Issued.class)).printed();
    }

    private static Activation activation(String name) {
        return new Activation(name, IdentityGiven.phone("137000" + NUMBER.incrementAndGet()), Optional.of(IdentityGiven.PASSWORD), Optional.empty());
    }

    private static Activated activate(String code, Activation activation) {
        return given.invitations.activate(code, activation, Optional.empty(), SOURCE);
    }

    private static Optional<IdempotencyKey> key(UUID key, int body) {
        return Optional.of(new IdempotencyKey(new UUID(0, 0), new UUID(0, 0), key, new byte[] {(byte) body}));
    }

    private static ProblemType refused(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(Problem.class, work).type();
    }

    private static long count(String sql) {
        try (var connection = DATABASE.connect(); var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void activate_byTheNameOnTheList_becomesThatResident() {
        var resident = household.resident("欧阳 小明");
        var account = activate(invite(), activation(" 欧阳小明")).signedIn().account();
        assertEquals(resident, account.resident().orElseThrow().id());
        assertEquals("欧阳 小明", account.name());
        assertEquals(household.id(), account.household().orElseThrow().id());
        assertEquals(List.of(new RoleGrant(gatehouse.kernel.Role.RESIDENT, Reach.HOUSEHOLD, household.id())), account.plainGrants());
    }

    @Test
    void activate_byANewName_addsSomebodyToTheHousehold() {
        household.resident("王小明");
        var account = activate(invite(), activation("李阿姨")).signedIn().account();
        assertEquals(2, count("select count(*) from resident where household_id = '" + household.id() + "'"));
        assertEquals(1, count("select count(*) from resident where relation = 'OTHER' and name = '李阿姨' and id = '"
                + account.resident().orElseThrow().id() + "' and account_id = '" + account.id() + "' and phone_hash is not null"));
    }

    @Test
    void activate_asAMemberWhoHasAnAccount_isRefusedAndLeavesTheCodeGood() {
        household.resident("王小明");
        activate(invite(), activation("王小明"));
        var code = invite();
        assertEquals(ProblemType.RESIDENT_HAS_ACCOUNT, refused(() -> activate(code, activation("王小明"))));
        activate(code, activation("王小明的妈妈"));
    }

    @Test
    void activate_withATakenPhone_isRefusedAndLeavesTheCodeGood() {
        var first = activation("王小明");
        activate(invite(), first);
        var code = invite();
        assertEquals(ProblemType.PHONE_TAKEN, refused(() -> activate(code, new Activation("李阿姨", first.phone(), Optional.of("another horse"), Optional.empty()))));
        activate(code, activation("李阿姨"));
    }

    private Activation ofWorker(String password) {
        var phone = "136000" + NUMBER.incrementAndGet();
        given.account(compound.id(), phone, new RoleGrant(gatehouse.kernel.Role.DISPATCHER, Reach.COMPOUND, compound.id()));
        return new Activation("王小明", IdentityGiven.phone(phone), Optional.of(password), Optional.empty());
    }

    @Test
    void activate_bySomebodyWhoWorksHere_opensTheHouseholdToTheirAccountToo() {
        var resident = household.resident("王小明");
        var worker = ofWorker(IdentityGiven.PASSWORD);
        var before = given.logIn(worker.phone().reveal());
        var code = invite();
        var key = UUID.randomUUID();
        var account = given.invitations.activate(code, worker, key(key, 1), SOURCE).signedIn().account();
        assertEquals(before.account().id(), account.id());
        assertEquals(before.account().name(), account.name(), "known by it at work");
        assertEquals(java.util.Set.of(gatehouse.kernel.Role.DISPATCHER, gatehouse.kernel.Role.RESIDENT), account.roles());
        assertEquals(resident, account.resident().orElseThrow().id());
        assertEquals(household.id(), account.household().orElseThrow().id());
        assertEquals(1, count("select count(*) from resident where id = '" + resident + "' and account_id = '" + account.id() + "'"));
        assertEquals(1, count("select count(*) from audit_entry where action = 'ROLES_CHANGED' and subject_id = '" + account.id() + "'"));
        assertEquals(account.id(), given.invitations.activate(code, worker, key(key, 1), SOURCE).signedIn().account().id(), "a lost reply");
        assertEquals(account.id(), given.logIn(worker.phone().reveal()).account().id());
        var second = invite();
        assertEquals(ProblemType.PHONE_TAKEN, refused(() -> activate(second, worker)), "nobody lives twice");
    }

    @Test
    void activate_withAWorkersPhoneAndAnotherPassword_isRefusedSlowedAndLeavesTheCodeGood() {
        var stranger = ofWorker("another horse");
        var code = invite();
        for (int i = 0; i < 5; i++) {
            assertEquals(ProblemType.PHONE_TAKEN, refused(() -> activate(code, stranger)));
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refused(() -> activate(code, stranger)));
        assertEquals(0, count("select count(*) from role_grant where reach_id = '" + household.id() + "'"));
        activate(code, activation("李阿姨"));
    }

    @Test
    void activate_withThePhoneOfAWorkerElsewhere_isRefused() {
        var elsewhere = new Given(DATABASE).compound("月桂苑");
        var phone = "136000" + NUMBER.incrementAndGet();
        given.account(elsewhere.id(), phone, new RoleGrant(gatehouse.kernel.Role.DISPATCHER, Reach.COMPOUND, elsewhere.id()));
        var code = invite();
        assertEquals(ProblemType.PHONE_TAKEN, refused(() -> activate(code,
                new Activation("王小明", IdentityGiven.phone(phone), Optional.of(IdentityGiven.PASSWORD), Optional.empty()))));
    }

    @Test
    void activate_whileARosterIsImported_saysToComeBack_andLeavesTheCodeGood() throws SQLException {
        var code = invite();
        try (var importing = DATABASE.connect()) {
            importing.setAutoCommit(false);
            importing.createStatement().execute("select pg_advisory_xact_lock(hashtextextended('roster/" + compound.id() + "', 0))");
            var problem = assertThrows(Problem.class, () -> activate(code, activation("王小明")));
            assertEquals(ProblemType.OVERLOADED, problem.type());
            assertEquals(5, problem.extensions().get("retryAfter"));
            importing.rollback();
        }
        activate(code, activation("王小明"));
    }

    @Test
    void activate_weakPassword_namesTheFieldAndLeavesTheCodeGood() {
        var code = invite();
        var phone = IdentityGiven.phone("13699990001");
        var problem = assertThrows(Problem.class, () -> activate(code, new Activation("王小明", phone, Optional.of("12345678"), Optional.empty())));
        assertEquals("/password", problem.errors().getFirst().pointer());
        activate(code, new Activation("王小明", phone, Optional.of("correct horse"), Optional.empty()));
    }

    @Test
    void activate_usedExpiredVoidedOrUnknownCode_isTheSameProblem() {
        var used = invite();
        activate(used, activation("王小明"));
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> activate(used, activation("李阿姨"))));
        var voided = invite();
        var expired = invite();
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> activate(voided, activation("李阿姨"))));
        clock.move(Duration.ofDays(30));
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> activate(expired, activation("李阿姨"))));
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> activate("0000-0000-0000", activation("李阿姨"))));
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> activate("nonsense", activation("李阿姨"))));
    }

    @Test
    void activate_onTheLastDay_stillWorks() {
        var code = invite();
        clock.move(Duration.ofDays(30).minusMillis(1));
        activate(code, activation("王小明"));
    }

    @Test
    void activate_fiftyAtOnceWithOneCode_makesOneAccount() throws InterruptedException {
        var code = invite();
        var outcomes = Together.run(50, () -> activate(code, activation("某人" + NUMBER.incrementAndGet())));
        assertEquals(1, outcomes.stream().filter(Activated.class::isInstance).count(), outcomes.toString());
        assertEquals(49, outcomes.stream().filter(each -> each instanceof Problem it && it.type() == ProblemType.INVITATION_NOT_USABLE).count());
        assertEquals(1, count("select count(*) from role_grant where reach_id = '" + household.id() + "'"));
        assertEquals(1, count("select count(*) from resident where household_id = '" + household.id() + "'"));
    }

    @Test
    void activate_fiftyAtOnceWithOneKey_allGetTheOneAccount() throws InterruptedException {
        var code = invite();
        var activation = activation("王小明");
        var key = key(UUID.randomUUID(), 1);
        var outcomes = Together.run(50, () -> given.invitations.activate(code, activation, key, SOURCE));
        assertEquals(1, outcomes.stream().map(each -> ((Activated) each).signedIn().account().id()).distinct().count());
        assertEquals(1, outcomes.stream().filter(each -> !((Activated) each).replayed()).count());
    }

    @Test
    void activate_repeatedWithItsKey_logsInAgainAndWithAnotherBodyIsRefused() {
        var code = invite();
        var activation = activation("王小明");
        var key = UUID.randomUUID();
        var first = given.invitations.activate(code, activation, key(key, 1), SOURCE);
        clock.move(Duration.ofHours(24));
        var again = given.invitations.activate(code, activation, key(key, 1), SOURCE);
        assertEquals(first.signedIn().account().id(), again.signedIn().account().id());
        assertTrue(again.replayed());
        assertEquals(ProblemType.KEY_REUSED, refused(() -> given.invitations.activate(code, activation("李阿姨"), key(key, 2), SOURCE)));
        assertEquals(ProblemType.INVITATION_NOT_USABLE, refused(() -> given.invitations.activate(code, activation, key(UUID.randomUUID(), 1), SOURCE)));
    }

    @Test
    void activate_hundredWrongCodesFromOneAddress_thenWrongOnesWait_andTheRightOneDoesNot() {
        var crowd = SourceAddress.of("203.0.113.77");
        var code = invite();
        for (int i = 0; i < 100; i++) {
            int guess = i;
            assertEquals(ProblemType.INVITATION_NOT_USABLE,
                    refused(() -> given.invitations.activate("0000-0000-%04d".formatted(guess), activation("某人"), Optional.empty(), crowd)));
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refused(() -> given.invitations.activate("0000-0000-0100", activation("某人"), Optional.empty(), crowd)));
        var neighbour = activation("王小明");
        given.invitations.activate(code, neighbour, Optional.empty(), crowd);
        given.actions.logIn(neighbour.phone().reveal(), IdentityGiven.PASSWORD, crowd);
    }

    @Test
    void invite_householdOutsideTheScope_isNotFound() {
        var other = new Given(DATABASE).compound("月桂苑").household("1-1-101");
        assertEquals(ProblemType.NOT_FOUND, refused(() -> given.invitations.invite(once(Optional.empty()), scope, other.id(), OFFICER)));
        assertEquals(ProblemType.NOT_FOUND, refused(() -> given.invitations.invite(once(Optional.empty()),
                Scope.ofBuildings(compound.id(), List.of(UUID.randomUUID())), household.id(), OFFICER)));
        given.invitations.invite(once(Optional.empty()), Scope.ofBuildings(compound.id(), List.of(household.buildingId())), household.id(), OFFICER);
    }

    @Test
    void invite_repeatedWithItsKey_showsTheSameCodeAndNoTableHoldsIt() {
        var key = Optional.of(new IdempotencyKey(compound.id(), OFFICER, UUID.randomUUID(), new byte[] {1}));
        var first = given.invitations.invite(once(key), scope, household.id(), OFFICER);
        var again = given.invitations.invite(once(key), scope, household.id(), OFFICER);
        assertTrue(again.replayed());
        var code = given.invitations.code(Json.readOwn(again.json(), Issued.class));
        assertEquals(given.invitations.code(Json.readOwn(first.json(), Issued.class)), code);
        assertFalse(first.json().contains(code.characters()) || first.json().contains(code.printed()), first.json());
        assertEquals(0, count("select count(*) from idempotency_key where answer like '%" + code.printed() + "%'"));
        activate(code.printed(), activation("王小明"));
    }

    @Test
    void invite_tenAtOnceForOneHousehold_leavesOneGoodCode() throws InterruptedException {
        Together.run(10, this::invite);
        assertEquals(1, count("select count(*) from invitation where revoked_at is null and household_id = '" + household.id() + "'"));
    }
}
