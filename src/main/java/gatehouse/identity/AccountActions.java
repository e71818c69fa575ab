package gatehouse.identity;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.identity.IdentityPolicy.Actor;
import gatehouse.identity.IdentityPolicy.Decision;
import gatehouse.identity.IdentityPolicy.Placed;
import gatehouse.identity.IdentityStore.Filter;
import gatehouse.identity.IdentityStore.Key;
import gatehouse.identity.IdentityStore.Listed;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the community office and the administrator do with other people's accounts. */
final class AccountActions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;
    private final IdentityStore store;
    private final SessionStore sessions;
    private final ResetStore resets = new ResetStore();
    private final Accounts accounts;
    private final AuditLog audit;

    AccountActions(Database database, BusinessClock clock, KeyRing keys, PersonalData personalData, IdentityStore store,
                   SessionStore sessions, Accounts accounts, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.personalData = personalData;
        this.store = store;
        this.sessions = sessions;
        this.accounts = accounts;
        this.audit = audit;
    }

    /** {@code query}: part of a name, or a whole phone number. */
    Page<Listed> list(Scope scope, Optional<String> query, Optional<Role> role, Page.Request page) {
        var phone = query.flatMap(text -> PhoneNumber.parse(text).toOptional());
        var filter = new Filter(phone.isPresent() ? null : query.orElse(null), phone.map(personalData::hashes).orElse(null), role.orElse(null));
        var rows = store.list(database, scope.wholeCompounds(), filter, after(page), page);
        return Page.cut(rows, page, last -> last.compoundId() + "/" + last.id());
    }

    private static @Nullable Key after(Page.Request page) {
        if (page.after() == null) {
            return null;
        }
        var parts = page.after().split("/", -1);
        try {
            return new Key(UUID.fromString(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException foreign) {
            throw Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor");
        }
    }

    /** A member of staff to come. */
    record Hire(String name, PhoneNumber phone, String password, List<RoleGrant> grants) {
        @Override
        public String toString() {
            return "Hire[grants=" + grants + "]";
        }
    }

    Answer create(Once<Listed> once, Caller caller, Scope scope, Hire hire) {
        IdentityActions.requireStrong(hire.password, hire.phone.reveal(), "/password");
        var passwordHash = accounts.hashPassword(hire.password);
        var now = clock.now();
        return database.transact(withKeyedHash(once), tx -> {
            var placed = place(tx, hire.grants, scope.wholeCompounds(), caller.compoundId());
            require(IdentityPolicy.mayCreate(actor(caller), placed));
            var home = home(placed);
            requireInside(placed, home);
            var id = Ids.next();
            accounts.open(tx, id, new NewAccount(home, hire.name.strip(), hire.phone, passwordHash, Optional.empty(), hire.grants, false),
                    Optional.of(caller.accountId()), now);
            audit.append(tx, IdentityTrail.created(home, id, hire.grants, caller, now));
            return store.listed(tx, new UUID[] {home}, id).orElseThrow();
        });
    }

    /** Gives an account exactly these roles. Its tokens with the old ones are refused from the commit on. */
    Listed setRoles(Caller caller, Scope scope, UUID account, List<RoleGrant> grants) {
        var now = clock.now();
        return database.transact(tx -> {
            int otherAdministrators = othersThan(tx, caller, account);
            var target = locked(tx, scope, account);
            requireSomebodys(target);
            var wanted = place(tx, grants, scope.wholeCompounds(), target.compoundId());
            require(IdentityPolicy.maySetRoles(actor(caller), account, placed(target), wanted, otherAdministrators));
            requireInside(wanted, target.compoundId());
            var key = new Key(target.compoundId(), account);
            var present = target.grants().stream().map(Profile.NamedGrant::grant).collect(Collectors.toSet());
            var taken = present.stream().filter(each -> !grants.contains(each)).toList();
            var given = grants.stream().filter(each -> !present.contains(each)).toList();
            store.take(tx, key, taken);
            store.give(tx, key, given, caller.accountId(), now);
            store.raiseVersion(tx, key);
            if (!taken.isEmpty() || !given.isEmpty()) {
                audit.append(tx, IdentityTrail.rolesChanged(target.compoundId(), account, taken, given, caller, now));
            }
            return store.listed(tx, scope.wholeCompounds(), account).orElseThrow();
        });
    }

    /** Shuts an account; its sessions end with the commit. Done again it changes nothing. */
    Listed disable(Caller caller, Scope scope, UUID account) {
        var now = clock.now();
        return database.transact(tx -> {
            int otherAdministrators = othersThan(tx, caller, account);
            var target = locked(tx, scope, account);
            require(IdentityPolicy.mayDisable(actor(caller), account, placed(target), otherAdministrators));
            store.disable(tx, new Key(target.compoundId(), account), now);
            sessions.endAll(tx, target.compoundId(), account, now);
            if (!target.disabled()) {
                audit.append(tx, IdentityTrail.account(AuditAction.ACCOUNT_DISABLED, target.compoundId(), account, caller, now));
            }
            return store.listed(tx, scope.wholeCompounds(), account).orElseThrow();
        });
    }

    /** Opens an account that was shut; its owner logs in anew. Done again it changes nothing. */
    Listed enable(Caller caller, Scope scope, UUID account) {
        var now = clock.now();
        return database.transact(tx -> {
            var target = locked(tx, scope, account);
            require(IdentityPolicy.mayEnable(actor(caller), account, placed(target)));
            if (target.disabled()) {
                store.enable(tx, new Key(target.compoundId(), account));
                audit.append(tx, IdentityTrail.account(AuditAction.ACCOUNT_ENABLED, target.compoundId(), account, caller, now));
            }
            return store.listed(tx, scope.wholeCompounds(), account).orElseThrow();
        });
    }

    /** A reset without its code, as the table of idempotency keys may hold it: the code is computed from it and the ring's key. */
    record Reset(UUID id, String keyId, OffsetDateTime expiresAt) {
        ResetCode code(KeyRing keys) {
            return ResetCode.of(keys, keyId, id).orElseThrow(() -> Problem.of(ProblemType.RESET_NOT_USABLE));
        }
    }

    ResetCode code(Reset reset) {
        return reset.code(keys);
    }

    /** Ends an account's sessions and password, and gives a code by which its owner sets a new one. */
    Answer resetPassword(Once<Reset> once, Caller caller, Scope scope, UUID account) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var target = locked(tx, scope, account);
            requireSomebodys(target);
            require(IdentityPolicy.mayResetPassword(actor(caller), account, placed(target)));
            if (target.disabled()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var reset = new Reset(Ids.next(), keys.currentId(), now.plus(ResetPolicy.GOOD_FOR));
            resets.issue(tx, new Key(target.compoundId(), account), new ResetStore.Issue(reset.id, reset.code(keys).hash(keys, account), now,
                    caller.accountId(), reset.expiresAt));
            // Who lost the password may have lost the phone with it. Sessions come last: none is opened any more by what ended before.
            new WeChatStore().unbind(tx, new Key(target.compoundId(), account));
            sessions.endAll(tx, target.compoundId(), account, now);
            audit.append(tx, IdentityTrail.account(AuditAction.PASSWORD_RESET, target.compoundId(), account, caller, now));
            return reset;
        });
    }

    /** Administrators are locked before anything else, always in the same order; others cannot change them and need no lock. */
    private int othersThan(Tx tx, Caller caller, UUID account) {
        return caller.is(Role.ADMIN) ? store.lockOtherAdministrators(tx, account) : 0;
    }

    private Listed locked(Tx tx, Scope scope, UUID account) {
        if (!store.lock(tx, scope.wholeCompounds(), account)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return store.listed(tx, scope.wholeCompounds(), account).orElseThrow();
    }

    /** Nobody can log in to an account whose phone opens another one. */
    private static void requireSomebodys(Listed account) {
        if (account.isNobodys()) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
    }

    private static Actor actor(Caller caller) {
        return new Actor(caller.accountId(), caller.is(Role.ADMIN),
                Set.copyOf(Arrays.asList(caller.scopeBy(Set.of(Role.OFFICE)).wholeCompounds())));
    }

    /** What an account holds, placed: within a compound at home, a compound at itself. */
    private static List<Placed> placed(Listed account) {
        return account.grants().stream().map(Profile.NamedGrant::grant)
                .map(grant -> new Placed(grant, grant.reach() == Reach.COMPOUND ? grant.reachId() : account.compoundId())).toList();
    }

    private List<Placed> place(Tx tx, List<RoleGrant> grants, UUID[] compounds, UUID preferred) {
        var placed = new ArrayList<Placed>();
        for (int i = 0; i < grants.size(); i++) {
            var grant = grants.get(i);
            var pointer = "/grants/" + i + "/reachId";
            placed.add(new Placed(grant, store.compoundOf(tx, grant.reach(), grant.reachId(), compounds, preferred)
                    .orElseThrow(() -> Problem.badField(pointer, FieldFault.UNKNOWN_PLACE))));
        }
        return placed;
    }

    /** Where a household, gate or grid is; else the compound of the first grant. */
    private static UUID home(List<Placed> placed) {
        return placed.stream().filter(each -> each.grant().reach().isInsideCompound()).findFirst().orElse(placed.getFirst()).compoundId();
    }

    private static void requireInside(List<Placed> placed, UUID home) {
        for (int i = 0; i < placed.size(); i++) {
            if (placed.get(i).grant().reach().isInsideCompound() && !placed.get(i).compoundId().equals(home)) {
                throw Problem.badField("/grants/" + i + "/reachId", FieldFault.UNKNOWN_PLACE);
            }
        }
    }

    private static void require(Decision decision) {
        switch (decision) {
            case Decision.Permitted() -> { }
            case Decision.NotPermitted() -> throw Problem.of(ProblemType.NOT_PERMITTED);
            case Decision.LastAdministrator() -> throw Problem.of(ProblemType.LAST_ADMINISTRATOR);
            case Decision.WrongReach(var index, var right) -> throw Problem.badField("/grants/" + index + "/reach", FieldFault.WRONG_REACH,
                    right.stream().map(Reach::name).collect(Collectors.joining(", ")));
            case Decision.ByInvitation(var index) -> throw Problem.badField("/grants/" + index + "/role", FieldFault.BY_INVITATION);
        }
    }

    /** The request holds a password, so the table of keys gets a hash of it that cannot be tried out. */
    private Once<Listed> withKeyedHash(Once<Listed> once) {
        return new Once<>(once.key().map(key -> new IdempotencyKey(key.compoundId(), key.accountId(), key.key(),
                keys.searchHash(KeyPurpose.REQUEST_SEARCH, HexFormat.of().formatHex(key.requestHash())))), once.renderer());
    }
}
