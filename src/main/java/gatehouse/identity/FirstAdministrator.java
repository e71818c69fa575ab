package gatehouse.identity;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.registry.FirstCompound;
import gatehouse.registry.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** The account that an installation begins with, named by the operator: it makes all others, and the places they work in. */
public final class FirstAdministrator {
    private final Database database;
    private final BusinessClock clock;
    private final Accounts accounts;

    FirstAdministrator(Database database, BusinessClock clock, Accounts accounts) {
        this.database = database;
        this.clock = clock;
        this.accounts = accounts;
    }

    /** Who shall be it, and the compound that it begins in. */
    public record Wanted(PhoneNumber phone, String password, FirstCompound.Names place) {
        @Override
        public String toString() {
            return "Wanted[phone=" + phone + ", place=" + place + "]";
        }
    }

    /** True as long as there is no compound, hence no account: nobody can log in. */
    public boolean isMissing() {
        return FirstCompound.isMissing(database);
    }

    /**
     * Makes the compound and the account where there is no compound; else does nothing. One transaction, and one process of several.
     *
     * @param name what the account is called
     * @return true where it made them
     */
    public boolean makeWhereMissing(Wanted wanted, String name) {
        if (!isMissing()) {
            return false;
        }
        var passwordHash = accounts.hashPassword(wanted.password);
        var now = clock.now();
        return database.transact(tx -> {
            var compound = FirstCompound.make(tx, wanted.place, now);
            compound.ifPresent(home -> accounts.open(tx, new NewAccount(home, name, wanted.phone, passwordHash, Optional.empty(),
                    List.of(new RoleGrant(Role.ADMIN, Reach.EVERYTHING, home)), false), now));
            return compound.isPresent();
        });
    }
}
