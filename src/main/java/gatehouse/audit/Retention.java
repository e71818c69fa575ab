package gatehouse.audit;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
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
        private Forgotten forget(Tx tx, UUID compound, LocalDate before, int atMost) {
            int forgotten = forgetting.forget(tx, compound, before.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime(), atMost);
            return new Forgotten(forgotten, Map.of(what, Integer.toString(forgotten), what + "Before", before.toString()));
        }
    }

    /** What was forgotten together: how many, as many as were allowed where there may be more, and what their certificate says. */
    public record Forgotten(int count, Map<String, String> certificate) {
    }

    /** Forgets things from before that day of which something stays, or more than one table knows; at most so many. */
    public interface Certified {
        Forgotten forget(Tx tx, UUID compound, LocalDate before, int atMost);
    }

    /** Answers how many. */
    public int apply(List<Rule> rules) {
        int forgotten = 0;
        for (var compound : AuditStore.compounds(database)) {
            for (var rule : rules) {
                forgotten += forget(compound, clock.today().minusDays(rule.keptDays.applyAsInt(compound)), AT_ONCE, rule::forget);
            }
        }
        return forgotten;
    }

    /**
     * The same in those compounds, of things that forget themselves in a way of their own; answers how many.
     *
     * @param keptFrom the first day of which a compound still keeps them
     * @param atOnce   as many as go under one certificate
     */
    public int apply(List<UUID> compounds, Function<UUID, LocalDate> keptFrom, int atOnce, Certified things) {
        int forgotten = 0;
        for (var compound : compounds) {
            forgotten += forget(compound, keptFrom.apply(compound), atOnce, things);
        }
        return forgotten;
    }

    private int forget(UUID compound, LocalDate before, int atOnce, Certified things) {
        int forgotten = 0;
        int more;
        do {
            more = forgetSome(compound, before, atOnce, things);
            forgotten += more;
        } while (more >= atOnce);
        return forgotten;
    }

    private int forgetSome(UUID compound, LocalDate before, int atOnce, Certified things) {
        return database.transact(tx -> {
            var forgotten = things.forget(tx, compound, before, atOnce);
            if (forgotten.count > 0) {
                log.append(tx, AuditEntry.of(compound, clock.now(), null, AuditAction.RETENTION_APPLIED, "compound", compound, forgotten.certificate));
            }
            return forgotten.count;
        });
    }
}
