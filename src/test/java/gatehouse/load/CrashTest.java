package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.ShortLivedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes die while a compound is at work. What people were promised must be there, once. */
@Timeout(300)
@Order(1)
class CrashTest {
    private static final Town TOWN = new Town(1, 100, 2);
    private static final int KILLS = 4;
    /** Households of the crowd have lower numbers. */
    private static final int OTHERS = 60;

    @TempDir
    static Path folder;
    private static Product product;

    @BeforeAll
    static void openTheTown() throws Exception {
        product = Product.ofClasses(folder.resolve("data"));
        product.setJavaOptions(String.join(" ", ShortLivedJvm.OPTIONS));
        product.start();
        Crowd.settle(product, TOWN);
    }

    @AfterAll
    static void end() {
        product.close();
    }

    @Test
    void kill_ofProcessOrPostgresOrBothUnderLoad_losesNothingAcknowledgedAndDoublesNothing() throws Exception {
        try (var crowd = Crowd.at(product, product, TOWN)) {
            crowd.begin();
            var kills = new Kills(product, crowd);
            kills.kill(KILLS);
            var counts = kills.counts();
            System.out.printf("%d kills: %s, %d sent again%n", KILLS, counts, crowd.sentAgain());
            assertEquals(List.of(), Count.sum("all", counts).faults());
        }
    }

    @Test
    void terminate_underLoad_saysUnreadyFirstAnswersWhatWasSentAndLeavesNothingRunning() throws Exception {
        var count = Farewell.of(product, TOWN, OTHERS);
        System.out.println("terminated: " + count);
        assertEquals(List.of(), count.faults());
    }
}
