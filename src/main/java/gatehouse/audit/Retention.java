package gatehouse.audit;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Forgets what a compound keeps for so many days, against certificates in its audit: how many of what, from before which day. */
public final class Retention {
    /** As many as are forgotten under one certificate, so that a chain is locked for moments only. */
    static final int AT_ONCE = 2_000;

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog log;

    public Retention(Database database, BusinessClock clock, AuditLog log) {
        this.database = database;
        this.clock = clock;
        this.log = log;
    }

    /** Deletes or empties what is older than {@code before}, at most so many; answers how many, {@code atMost} where there may be more. */
    public interface Forgetting {
        int forget(Tx tx, UUID compound, OffsetDateTime before, int atMost);
    }

    /** {@code what} as the certificate names it; {@code keptDays} of a compound. Of several about the same things, those that hang on others come first. */
    public record Rule(String what, ToIntFunction<UUID> keptDays, Forgetting forgetting) {
    }

    /** Answers how many. */
    public int apply(List<Rule> rules) {
        int forgotten = 0;
        for (var compound : AuditStore.compounds(database)) {
            for (var rule : rules) {
                var before = clock.today().minusDays(rule.keptDays.applyAsInt(compound)).atStartOfDay(BusinessClock.ZONE).toOffsetDateTime();
                int more;
                do {
                    more = forget(compound, rule, before);
                    forgotten += more;
                } while (more >= AT_ONCE);
            }
        }
        return forgotten;
    }

    private int forget(UUID compound, Rule rule, OffsetDateTime before) {
        return database.transact(tx -> {
            int forgotten = rule.forgetting.forget(tx, compound, before, AT_ONCE);
            if (forgotten > 0) {
                log.append(tx, AuditEntry.of(compound, clock.now(), null, AuditAction.RETENTION_APPLIED, "compound", compound,
                        Map.of(rule.what, Integer.toString(forgotten), rule.what + "Before", before.toLocalDate().toString())));
            }
            return forgotten;
        });
    }
}
