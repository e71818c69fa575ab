package gatehouse;

import gatehouse.audit.AuditVerdict;
import gatehouse.kernel.StartFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar gatehouse.jar}, or {@code java -jar gatehouse.jar verify-audit}; all settings come from the environment. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** As in sysexits.h: wrong use, data that are not as they should be, something needed is not there, a fault of the program, the configuration. */
    private static final int USAGE = 64;
    private static final int DATA = 65;
    private static final int UNAVAILABLE = 69;
    private static final int SOFTWARE = 70;
    private static final int CONFIG = 78;

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        boolean verifies = arguments.length == 1 && arguments[0].equals(AuditCommand.NAME);
        if (arguments.length > 0 && !verifies) {
            end(USAGE, "Gatehouse takes no arguments but verify-audit; its settings are environment variables, explained in gatehouse.env.example.");
        }
        try {
            Config config = Config.read(System.getenv());
            Logs.setLevel(config.logLevel());
            Gatehouse gatehouse = new Gatehouse(config);
            if (verifies) {
                verifyAudit(gatehouse);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(gatehouse::close, "stop"));
            gatehouse.boot();
            System.out.println(Welcome.text(config, gatehouse.hasDemonstration(), gatehouse.beginning()));
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

    private static void end(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
