package gatehouse.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** SIGKILL under load, again and again: of the process, of its PostgreSQL, of both. */
final class Kills {
    /** What is killed. */
    enum Victim {
        PROCESS("the process"), POSTGRES("PostgreSQL"), BOTH("both");

        final String words;

        Victim(String words) {
            this.words = words;
        }
    }

    /** Answers of each kind that must come after a kill until it counts as survived; the next comes in the midst of it. */
    private static final int ENOUGH = 8;

    private static final int MOST_STARTS = 3;

    private int startsInVain;
    private final Product product;
    private final Crowd crowd;
    private final Map<Victim, List<Duration>> recoveries = new EnumMap<>(Victim.class);

    Kills(Product product, Crowd crowd) {
        this.product = product;
        this.crowd = crowd;
    }

    /** So many of them, in turn; the crowd is at work before and after each. */
    void kill(int times) throws InterruptedException {
        crowd.awaitMore(ENOUGH);
        for (int number = 0; number < times; number++) {
            var victim = Victim.values()[number % Victim.values().length];
            long begin = System.nanoTime();
            switch (victim) {
                case PROCESS -> product.kill();
                case POSTGRES -> product.killPostgres();
                case BOTH -> {
                    product.killPostgres();
                    product.kill();
                }
            }
            if (victim != Victim.POSTGRES) {
                startPatiently();
            }
            crowd.awaitMore(ENOUGH);
            recoveries.computeIfAbsent(victim, first -> new ArrayList<>()).add(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** As a supervisor does it: on a machine that is busy a start may find its database too slow, end, and be made again. */
    private void startPatiently() {
        for (int attempt = 1; ; attempt++) {
            try {
                product.start();
                return;
            } catch (IllegalStateException notReady) {
                if (attempt == MOST_STARTS || product.isAlive()) {
                    throw notReady;
                }
                startsInVain++;
            }
        }
    }

    int startsInVain() {
        return startsInVain;
    }

    /** From each kill until everybody's work had gone on for a while, by what was killed; the longest last. */
    List<Duration> recoveries(Victim victim) {
        return recoveries.getOrDefault(victim, List.of()).stream().sorted().toList();
    }

    List<Count> counts() throws InterruptedException, SQLException {
        return crowd.finish(product);
    }
}
