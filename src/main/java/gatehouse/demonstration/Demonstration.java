package gatehouse.demonstration;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PolicyName;
import gatehouse.registry.RegistryDirectory;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes the demonstration data, and knows whether a database holds them. */
public final class Demonstration {
    /** Of everybody in {@link DemonstrationLogin}. */
    public static final String PASSWORD = "gatehouse-demo";

    private final Database database;
    private final BusinessClock clock;
    private final DemonstrationStore store;
    private final UnaryOperator<String> hashPassword;

    /** @param hashPassword as the feature of identity hashes passwords; asked at most once */
    public Demonstration(Database database, BusinessClock clock, PersonalData personalData, UnaryOperator<String> hashPassword) {
        this.database = database;
        this.clock = clock;
        this.store = new DemonstrationStore(personalData);
        this.hashPassword = hashPassword;
    }

    /**
     * Makes the data where there is no compound at all; else does nothing. One transaction, and one process of several.
     *
     * @return true where it made them
     */
    public boolean makeWhereEmpty() {
        if (DemonstrationStore.hasCompound(database)) {
            return false;
        }
        var now = clock.now();
        var neighbourhood = NeighbourhoodMaker.make(now.toLocalDate());
        var history = HistoryMaker.make(neighbourhood, now);
        var passwordHash = hashPassword.apply(PASSWORD);
        return database.transact(tx -> {
            DemonstrationStore.lock(tx);
            if (DemonstrationStore.hasCompound(tx)) {
                return false;
            }
            store.insert(tx, neighbourhood, passwordHash);
            store.insert(tx, history);
            DemonstrationStore.insertAtGates(tx, neighbourhood, now);
            DemonstrationStore.insertKnocks(tx, neighbourhood, now);
            TicketTaleStore.insert(tx, neighbourhood.compounds().getFirst().id(), TicketTales.told(now.toLocalDate()));
            neighbourhood.compounds().forEach(compound -> RegistryDirectory.changed(tx, compound.id()));
            history.alerts().stream().filter(alert -> alert.closedAt().isEmpty()).forEach(alert -> tellOffice(tx, alert));
            return true;
        });
    }

    /** As the office was told when the alert was opened. */
    private static void tellOffice(Tx tx, History.Alert alert) {
        Outbox.put(tx, alert.openedAt(), List.of(Message.of(alert.resident().compoundId(), "alert-opened/" + alert.id(),
                MessageTemplate.ALERT_OPENED, new Recipient.HoldersOfCompound(Role.OFFICE),
                PolicyName.ALERT_ACKNOWLEDGE_WITHIN.standard()).about(alert.id())));
    }

    /** Whether accounts of the demonstration are in the database, whoever made them and when. */
    public boolean isPresent() {
        return DemonstrationStore.hasAccounts(database);
    }
}
