package gatehouse;

import gatehouse.kernel.StartFailure;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar gatehouse.jar}; all settings come from the environment. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** As in sysexits.h: wrong use, something needed is not there, a fault of the program, the configuration. */
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;
    private static final int SOFTWARE = 70;
    private static final int CONFIG = 78;

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0) {
            end(USAGE, "Gatehouse takes no arguments; its settings are environment variables, explained in gatehouse.env.example.");
        }
        try {
            Config config = Config.read(System.getenv());
            Logs.setLevel(config.logLevel());
            Gatehouse gatehouse = new Gatehouse(config);
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

    private static void end(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
