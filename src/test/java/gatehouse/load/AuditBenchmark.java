package gatehouse.load;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditCheck;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditJobs;
import gatehouse.audit.AuditLog;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** How long it takes to append, to verify and to watch a chain of 100,000 entries. */
final class AuditBenchmark {
    private static final int ENTRIES = 100_000;
    private static final int IN_ONE_COMMIT = 1_000;
    private static final int OF_A_DAY = 200;

    private AuditBenchmark() {
    }

    static void run() throws Exception {
        var vertx = Vertx.vertx();
        var folder = Files.createTempDirectory(Path.of("target"), "audit-benchmark");
        try (var rows = TestDatabase.fresh(); var database = new Database(vertx, rows.postgresUrl().connectOptions(), 4)) {
            var log = TestKeys.audit();
            var clock = BusinessClock.system();
            var compound = new Given(rows).compound("阳光花园").id();
            var jobs = new AuditJobs(database, clock, log, folder, (where, number, fault, date) -> {
                throw new IllegalStateException(number + " " + fault);
            }, new AuditJobs.KeptDays(where -> 1_000, where -> 1_000));
            var check = new AuditCheck(database, log, folder);
            report("append", ENTRIES, () -> {
                for (int i = 0; i < ENTRIES / IN_ONE_COMMIT; i++) {
                    append(database, log, clock, compound, IN_ONE_COMMIT);
                }
            });
            report("first watch", ENTRIES, jobs::watch);
            for (int round = 0; round < 3; round++) {
                report("verify all", ENTRIES, () -> {
                    if (!check.everything().getFirst().intact()) {
                        throw new IllegalStateException("not sound");
                    }
                });
                append(database, log, clock, compound, OF_A_DAY);
                report("watch after a day of " + OF_A_DAY, OF_A_DAY, jobs::watch);
            }
        }
        Await.on(vertx.close());
    }

    private static void append(Database database, AuditLog log, BusinessClock clock, UUID compound, int entries) {
        database.transact(tx -> {
            for (int i = 0; i < entries; i++) {
                log.append(tx, AuditEntry.of(compound, clock.now(), new AuditEntry.Actor(compound, compound, Role.OFFICE), AuditAction.ALERT_CLOSED,
                        "resident", compound, Map.of("alert", compound.toString())));
            }
            return entries;
        });
    }

    private static void report(String what, int entries, Runnable work) {
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%-28s %8d entries %8.3f s %10.0f/s%n", what, entries, seconds, entries / seconds);
    }
}
