package gatehouse.audit;

import gatehouse.audit.HeadsFile.Noted;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the audit does by the clock: it watches the chains, and lets go what has been kept long enough. */
public final class AuditJobs {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.audit");

    private final BusinessClock clock;
    private final AuditActions actions;
    private final HeadsFile heads;
    private final AuditAlarm alarm;
    private final AuditRetention retention;
    private final AtomicInteger broken = new AtomicInteger();

    /** {@code keptDays}: for how many days a compound keeps the details of entries, and the reasons of disclosures. */
    public AuditJobs(Database database, BusinessClock clock, AuditLog log, Path dataDirectory, AuditAlarm alarm, KeptDays keptDays) {
        this.clock = clock;
        this.heads = new HeadsFile(dataDirectory.resolve(AuditActions.HEADS_FILE));
        this.actions = new AuditActions(database, log, dataDirectory);
        this.alarm = alarm;
        this.retention = new AuditRetention(database, log, keptDays);
    }

    public record KeptDays(ToIntFunction<UUID> ofDetails, ToIntFunction<UUID> ofReasons) {
    }

    /**
     * Verifies what each chain grew by since its head was last noted, and notes the heads of the sound ones outside the database: the
     * cost follows the day's entries. A broken chain keeps its old note, so that it is found again each night.
     */
    public void watch() {
        var now = clock.now();
        var today = now.atZoneSameInstant(BusinessClock.ZONE).toLocalDate();
        var sound = new ArrayList<Noted>();
        int found = 0;
        for (var verification : actions.verifyNew()) {
            var fault = verification.broken();
            if (fault != null) {
                found++;
                LOG.atError().addKeyValue("compound", verification.compound().id()).addKeyValue("number", fault.number())
                        .addKeyValue("fault", fault.fault()).log("the audit chain is BROKEN");
                alarm.broken(verification.compound().id(), fault.number(), fault.fault(), today);
            } else if (verification.moved()) {
                sound.add(new Noted(verification.compound().id(), verification.head(), now));
            }
        }
        heads.append(sound);
        sound.forEach(each -> LOG.atInfo().addKeyValue("head", each.json().encode()).log("audit head"));
        broken.set(found);
    }

    /** How many chains the last watch of this process found broken. */
    public int brokenChains() {
        return broken.get();
    }

    /** Blanks the words whose time is over, against certificates. */
    public void applyRetention() {
        retention.apply(clock.now());
    }
}
