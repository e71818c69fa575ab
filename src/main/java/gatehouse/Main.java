package gatehouse;

import gatehouse.audit.AuditVerdict;
import gatehouse.kernel.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code java -jar gatehouse.jar}, or with one of the commands {@code verify-audit}, {@code backup FILE}, {@code restore FILE}; all settings
 * come from the environment.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** As in sysexits.h: wrong use, data that are not as they should be, something needed is not there, a fault of the program, the configuration. */
    private static final int USAGE = 64;
    private static final int DATA = 65;
    private static final int UNAVAILABLE = 69;
    private static final int SOFTWARE = 70;
    private static final int CONFIG = 78;

    /** Commands with the number of what follows them; none serves. */
    private static final String VERIFY_AUDIT = "verify-audit 0";
    private static final String BACKUP = "backup 1";
    private static final String RESTORE = "restore 1";
    private static final Set<String> COMMANDS = Set.of("", VERIFY_AUDIT, BACKUP, RESTORE);

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        String command = arguments.length == 0 ? "" : arguments[0] + " " + (arguments.length - 1);
        if (!COMMANDS.contains(command)) {
            end(USAGE, "Gatehouse takes no arguments but verify-audit, backup FILE or restore FILE; its settings are environment variables, explained in gatehouse.env.example.");
        }
        try {
            Config config = Config.read(System.getenv());
            Logs.setLevel(config.logLevel());
            Gatehouse gatehouse = new Gatehouse(config);
            switch (command) {
                case VERIFY_AUDIT -> verifyAudit(gatehouse);
                case BACKUP -> backup(gatehouse, Path.of(arguments[1]));
                case RESTORE -> restore(gatehouse, Path.of(arguments[1]));
                default -> LOG.debug("starting to serve");
            }
            Runtime.getRuntime().addShutdownHook(new Thread(gatehouse::close, "stop"));
            gatehouse.boot();
            System.out.println(Welcome.text(config, gatehouse.publicUrl(), gatehouse.hasDemonstration(), gatehouse.beginning()));
        } catch (ConfigFaults faults) {
            end(CONFIG, faults.getMessage());
        } catch (StartFailure failure) {
            LOG.debug("not started", failure);
            end(UNAVAILABLE, failure.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("not started", fault);
            end(SOFTWARE, "Gatehouse did not start because of a fault of its own (%s). The log line above has what its makers need.".formatted(fault));
        }
        new CountDownLatch(1).await();
    }

    private static void verifyAudit(Gatehouse gatehouse) {
        long began = System.nanoTime();
        List<AuditVerdict> verdicts = gatehouse.verifyAudit();
        System.out.print(AuditCommand.report(verdicts, (System.nanoTime() - began) / 1_000_000));
        System.exit(verdicts.stream().allMatch(AuditVerdict::intact) ? 0 : DATA);
    }

    private static void backup(Gatehouse gatehouse, Path file) {
        long began = System.nanoTime();
        System.out.print(BackupCommand.written(file, gatehouse.backup(file.toAbsolutePath()), (System.nanoTime() - began) / 1_000_000));
        System.exit(0);
    }

    private static void restore(Gatehouse gatehouse, Path file) {
        long began = System.nanoTime();
        Gatehouse.Restored restored = gatehouse.restore(file.toAbsolutePath());
        System.out.print(BackupCommand.restored(file, restored, (System.nanoTime() - began) / 1_000_000));
        System.exit(restored.chains().stream().allMatch(AuditVerdict::intact) ? 0 : DATA);
    }

    private static void end(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
