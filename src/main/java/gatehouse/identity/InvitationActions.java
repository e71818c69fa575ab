package gatehouse.identity;

import gatehouse.audit.AuditLog;
import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.identity.Guesses.Tally;
import gatehouse.identity.InvitationStore.Invitation;
import gatehouse.identity.InvitationStore.Use;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.ResidentAccounts;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Invitation codes of households: made for a door card, used up by an activation. */
final class InvitationActions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final Policies policies;
    private final InvitationStore store;
    private final IdentityStore accountStore;
    private final Accounts accounts;
    private final ResidentAccounts residents;
    private final Guesses guesses;
    private final Sessions sessions;
    private final WeChatActions weChat;
    private final IdentityActions actions;
    private final AuditLog audit;

    /** What stands on the same ground within this package. */
    record Neighbours(IdentityActions actions, IdentityStore accountStore, Accounts accounts, Guesses guesses, Sessions sessions, WeChatActions weChat) {
    }

    InvitationActions(Identity.Ground ground, InvitationStore store, ResidentAccounts residents, Neighbours neighbours) {
        this.database = ground.database();
        this.clock = ground.clock();
        this.keys = ground.keys();
        this.policies = ground.policies();
        this.audit = ground.audit();
        this.store = store;
        this.residents = residents;
        this.actions = neighbours.actions;
        this.accountStore = neighbours.accountStore;
        this.accounts = neighbours.accounts;
        this.guesses = neighbours.guesses;
        this.sessions = neighbours.sessions;
        this.weChat = neighbours.weChat;
    }

    /**
     * An invitation without its code, as the table of idempotency keys may hold it: the code is computed from it and the ring's
     * key, so a repeated request shows the same code although no table holds one.
     */
    record Issued(UUID id, String keyId, OffsetDateTime expiresAt) {
        InvitationCode code(KeyRing keys) {
            return InvitationCode.of(keys, keyId, id).orElseThrow(() -> Problem.of(ProblemType.INVITATION_NOT_USABLE));
        }
    }

    /** Who wants to come in: with a password, or through WeChat with the token of a login there, or with both. */
    record Activation(String name, PhoneNumber phone, Optional<String> password, Optional<String> bindingToken) {
        @Override
        public String toString() {
            return "Activation[…]";
        }
    }

    /** An account that was made, or found again by its idempotency key. */
    record Activated(SignedIn signedIn, boolean replayed) {
    }

    InvitationCode code(Issued issued) {
        return issued.code(keys);
    }

    /** A new code for a household within the scope; the one before is void. */
    Answer invite(Once<Issued> once, Scope scope, UUID household, UUID account) {
        var compound = store.compoundOf(database, scope, household).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        int days = policies.of(compound).amount(PolicyName.INVITATION_VALID_FOR);
        var now = clock.now();
        return database.transact(once, tx -> {
            var issued = new Issued(Ids.next(), keys.currentId(), now.plusDays(days));
            store.voidUnused(tx, compound, household, now);
            store.insert(tx, new Invitation(compound, issued.id), household, issued.code(keys).hash(keys), account, now, issued.expiresAt);
            return issued;
        });
    }

    /**
     * Makes an account, or gives the household to the account by which somebody works in the compound already and whose password they
     * know; logs in. Of any number of requests with the same code one succeeds, and its repetitions by key.
     */
    Activated activate(String code, Activation wanted, Optional<IdempotencyKey> request, SourceAddress source) {
        wanted.password.ifPresent(password -> IdentityActions.requireStrong(password, wanted.phone.reveal(), "/password"));
        var invitation = find(code, source);
        var worker = wanted.password.flatMap(password -> actions.ownStaffAccount(invitation.compoundId(), wanted.phone, password, source));
        var passwordHash = wanted.password.filter(password -> worker.isEmpty()).map(accounts::hashPassword);
        var now = clock.now();
        return database.transact(tx -> {
            residents.holdRoster(tx, invitation.compoundId());
            var use = new Use(worker.map(known -> known.account().id()).orElseGet(Ids::next), request.map(IdempotencyKey::key),
                    request.map(this::keyedHash), now);
            var activated = store.use(tx, invitation, use)
                    .map(household -> new Activated(worker.map(known -> comeHome(tx, known, household, wanted, now))
                            .orElseGet(() -> make(tx, invitation.compoundId(), household, wanted, passwordHash, use, now)), false))
                    .orElseGet(() -> new Activated(again(tx, invitation, use), true));
            guesses.remember(tx, invitation.compoundId(), activated.signedIn.account().id(), source, now);
            return activated;
        });
    }

    /** Somebody who works here lives here from now on as well. */
    private SignedIn comeHome(Tx tx, IdentityActions.Proven worker, UUID household, Activation wanted, OffsetDateTime now) {
        var account = worker.account();
        var grant = new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household);
        var before = Optional.of(account).filter(key -> accountStore.lockWithPassword(tx, key, worker.passwordHash()))
                .flatMap(key -> accountStore.profile(tx, key.compoundId(), key.id()))
                .filter(profile -> !profile.grants().isEmpty() && !profile.roles().contains(Role.RESIDENT))
                .orElseThrow(() -> Problem.of(ProblemType.PHONE_TAKEN));
        var resident = join(tx, account.compoundId(), household, wanted, account.id(), now);
        accountStore.setResidentOfStaff(tx, account, resident.id());
        accountStore.give(tx, account, List.of(grant), account.id(), now);
        audit.append(tx, IdentityTrail.cameHome(before, grant, now));
        wanted.bindingToken.ifPresent(token -> weChat.bind(tx, token, account, now));
        return sessions.open(tx, accountStore.profile(tx, account.compoundId(), account.id()).orElseThrow(), now);
    }

    private ResidentAccounts.Resident join(Tx tx, UUID compound, UUID household, Activation wanted, UUID account, OffsetDateTime now) {
        return residents.join(tx, new ResidentAccounts.Newcomer(compound, household, wanted.name, wanted.phone, account), now)
                .orElseThrow(() -> Problem.of(ProblemType.RESIDENT_HAS_ACCOUNT));
    }

    private SignedIn make(Tx tx, UUID compound, UUID household, Activation wanted, Optional<String> passwordHash, Use use, OffsetDateTime now) {
        var grant = new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household);
        accounts.open(tx, use.accountId(), new NewAccount(compound, wanted.name.strip(), wanted.phone, passwordHash.orElse(null), Optional.empty(),
                List.of(grant), false), Optional.empty(), now);
        var resident = join(tx, compound, household, wanted, use.accountId(), now);
        accountStore.setResident(tx, compound, use.accountId(), resident.id(), resident.name());
        wanted.bindingToken.ifPresent(token -> weChat.bind(tx, token, new IdentityStore.Key(compound, use.accountId()), now));
        return sessions.open(tx, accountStore.profile(tx, compound, use.accountId()).orElseThrow(), now);
    }

    /** The repetition of the request that used the code up finds its account again; anything else finds a used code. */
    private SignedIn again(Tx tx, Invitation invitation, Use now) {
        var used = store.useOf(tx, invitation).filter(use -> use.key().isPresent() && use.key().equals(now.key()))
                .orElseThrow(() -> Problem.of(ProblemType.INVITATION_NOT_USABLE));
        if (!Arrays.equals(used.requestHash().orElseThrow(), now.requestHash().orElseThrow())) {
            throw Problem.of(ProblemType.KEY_REUSED);
        }
        return accountStore.profile(tx, invitation.compoundId(), used.accountId()).filter(each -> !each.disabled())
                .map(account -> sessions.open(tx, account, now.usedAt()))
                .orElseThrow(() -> Problem.of(ProblemType.INVITATION_NOT_USABLE));
    }

    /** The request holds a password, so what is kept of it must not be open to guessing. */
    private byte[] keyedHash(IdempotencyKey request) {
        return keys.searchHash(KeyPurpose.REQUEST_SEARCH, HexFormat.of().formatHex(request.requestHash()));
    }

    /** The code of an invitation, where it can still be used; {@code NOT_FOUND} where there is none. Wrong ones are counted as if they were typed. */
    Optional<InvitationCode> openCode(String text, SourceAddress source) {
        var invitation = search(text, source).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return InvitationCode.read(text).filter(code -> store.isOpen(database, invitation, clock.now()));
    }

    private Invitation find(String text, SourceAddress source) {
        return search(text, source).orElseThrow(() -> Problem.of(ProblemType.INVITATION_NOT_USABLE));
    }

    private Optional<Invitation> search(String text, SourceAddress source) {
        var tally = new Tally(Subject.INVITATION_SOURCE, guesses.hashOf(source));
        var now = clock.now();
        return database.transact(tx -> {
            // Looked up first, which costs a hash: neighbours behind one address come in whatever one of them types.
            var invitation = InvitationCode.read(text).flatMap(code -> store.find(tx, code.hash(keys)));
            if (invitation.isEmpty()) {
                guesses.attempt(tx, List.of(tally), now);
            }
            return invitation;
        });
    }

    static PhoneNumber phone(String written) {
        return PhoneNumber.parse(written).toOptional().orElseThrow(() -> Problem.badField("/phone", FieldFault.NOT_A_PHONE));
    }
}
