package gatehouse.identity;

import gatehouse.identity.IdentityStore.Key;
import gatehouse.identity.IdentityStore.LoginHash;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Opens accounts, without asking who wants it: for the demonstration data and for this package's own actions. */
public final class Accounts {
    static final String TABLE = "account";

    private final IdentityStore store;
    private final PersonalData personalData;
    private final Passwords passwords;
    private final WeChatStore weChat = new WeChatStore();

    Accounts(IdentityStore store, PersonalData personalData, Passwords passwords) {
        this.store = store;
        this.personalData = personalData;
        this.passwords = passwords;
    }

    /** Whether a password is too weak for an account of that phone: short, common, or the phone itself. */
    public static boolean isWeakPassword(String password, PhoneNumber phone) {
        return PasswordPolicy.isWeak(password, phone.reveal());
    }

    /** Argon2id, some 30 ms; not for an event loop. Accounts of the demonstration may share one. */
    public String hashPassword(String password) {
        return passwords.hash(password);
    }

    /**
     * The account's id. {@link ProblemType#PHONE_TAKEN} where the phone has one that still opens something; that transaction must then be
     * rolled back. From an account without any role its phone is taken away.
     */
    public UUID open(Tx tx, NewAccount account, OffsetDateTime now) {
        var id = Ids.next();
        open(tx, id, account, Optional.empty(), now);
        return id;
    }

    void open(Tx tx, UUID id, NewAccount account, Optional<UUID> by, OffsetDateTime now) {
        var phoneHash = personalData.hashes(tx, account.compoundId()).of(account.phone());
        store.lockOfPhone(tx, personalData.hashes(account.phone())).filter(held -> !store.hasGrants(tx, held)).ifPresent(held -> letGo(tx, held));
        store.insert(tx, id, account, phoneHash, personalData.seal(account.phone(), TABLE, id), now);
        var everywhere = personalData.hashesAboveCompounds(tx).stream().map(key -> new LoginHash(key.key().id(), key.of(account.phone()))).toList();
        if (!store.takePhone(tx, everywhere, account.compoundId(), id)) {
            throw Problem.of(ProblemType.PHONE_TAKEN);
        }
        store.give(tx, new Key(account.compoundId(), id), account.grants(), by.orElse(null), now);
    }

    /** Whoever moved away, or whose last role was taken, begins anew elsewhere; the old account stays as who did what it did. */
    private void letGo(Tx tx, Key held) {
        store.releasePhone(tx, held);
        weChat.unbind(tx, held);
    }
}
