package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.support.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private final RegistryGiven given = new RegistryGiven();

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void change_keepsWhatDiffersFromTheDefault_andItsHistory() {
        change(0, Map.of("feverAbove", 37.5, "reportCutOffAt", "16:30"));
        var policy = change(1, Map.of("feverAbove", 37.3));
        assertEquals(2, policy.values().version());
        assertEquals(Map.of(PolicyName.REPORT_CUT_OFF_AT, 990), policy.values().changed());
        assertEquals(policy, given.policies.read(given.office(), given.compound));
        var history = given.policies.history(given.office(), given.compound, new Page.Request(1, null));
        assertEquals(Map.of("name", "feverAbove", "before", 37.5, "after", 37.3), history.items().getFirst().changes().getJsonObject(0).getMap());
        assertEquals(1, given.policies.history(given.office(), given.compound, new Page.Request(1, history.next())).items().getFirst().version());
        assertEquals(ProblemType.BAD_INPUT, assertThrows(Problem.class,
                () -> given.policies.history(given.office(), given.compound, new Page.Request(1, "x"))).type());
    }

    @Test
    void change_ofNothing_isNoNewVersion() {
        assertEquals(0, change(0, Map.of("feverAbove", 37.3)).values().version());
        assertEquals("0", given.value("select count(*) from policy_history"));
    }

    @Test
    void change_withAStaleVersion_isRefused_alsoWhereNothingWasEverChanged() {
        assertEquals(ProblemType.STALE_VERSION, assertThrows(Problem.class, () -> change(1, Map.of("feverAbove", 37.5))).type());
        change(0, Map.of("feverAbove", 37.5));
        assertEquals(ProblemType.STALE_VERSION, assertThrows(Problem.class, () -> change(0, Map.of("feverAbove", 37.6))).type());
    }

    @Test
    void change_ofOneVersionByManyAtOnce_isDoneOnce() throws Exception {
        for (int version = 0; version < 3; version++) {
            int read = version;
            var work = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 10; i++) {
                double value = 36.5 + (read * 10 + i) % 13 / 10.0 + (read % 2 == 0 ? 0 : 0.5);
                work.add(() -> {
                    try {
                        return change(read, Map.of("feverAbove", Math.round(value * 10) / 10.0)).values().version() == read + 1;
                    } catch (Problem stale) {
                        assertEquals(ProblemType.STALE_VERSION, stale.type());
                        return false;
                    }
                });
            }
            int done = 0;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> each : threads.invokeAll(work)) {
                    done += each.get() ? 1 : 0;
                }
            }
            assertEquals(1, done, "version " + read);
        }
        assertEquals("3", given.value("select count(*) from policy_history"));
    }

    @Test
    void change_ofUnknownOrImpossibleValues_namesThem() {
        var problem = assertThrows(Problem.class, () -> change(0, Map.of("fever/Above", 1, "passValidFor", 25, "morningRoundAt", "9")));
        assertEquals(List.of("/values/fever~1Above", "/values/morningRoundAt", "/values/passValidFor"),
                problem.errors().stream().map(Problem.FieldError::pointer).sorted().toList());
    }

    @Test
    void change_outsideTheScope_isNotFound_andTheOthersKeepTheirs() {
        UUID other = given.compound("月桂苑");
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class,
                () -> given.policies.change(TestKeys.audit(), given.caller(), given.office(), other, 0, Map.of("feverAbove", 37.5))).type());
        var gridWorker = Scope.ofBuildings(given.compound, List.of(other));
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class,
                () -> given.policies.change(TestKeys.audit(), given.caller(), gridWorker, given.compound, 0, Map.of("feverAbove", 37.5))).type());
        change(0, Map.of("feverAbove", 37.5));
        assertEquals(373, given.policies.of(other).amount(PolicyName.FEVER_ABOVE));
    }

    @Test
    void of_afterAChangeByAnotherInstance_isTheNewValueSoon() throws Exception {
        try (var line = new Notifications(given.vertx, given.rows.postgresUrl().connectOptions().getFirst())) {
            line.connect();
            var elsewhere = new Policies(given.database, given.database, given.clock, line);
            assertEquals(373, elsewhere.of(given.compound).amount(PolicyName.FEVER_ABOVE));
            Thread.sleep(200);
            change(0, Map.of("feverAbove", 37.5));
            assertEquals(375, given.policies.of(given.compound).amount(PolicyName.FEVER_ABOVE));
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (elsewhere.of(given.compound).amount(PolicyName.FEVER_ABOVE) != 375) {
                assertTrue(System.nanoTime() < deadline, "still the old value");
                Thread.sleep(10);
            }
        }
    }

    @Test
    void of_whileEveryConnectionIsInATransaction_isReadByOneOfItsOwn() throws Exception {
        int size = 16;
        var inside = new CountDownLatch(size);
        try (var reads = new Database(given.vertx, given.rows.postgresUrl().connectOptions(), 1)) {
            var cold = new Policies(given.database, reads, given.clock, given.notifications);
            Callable<Integer> booking = () -> given.database.transact(tx -> {
                inside.countDown();
                try {
                    assertTrue(inside.await(10, TimeUnit.SECONDS), "the pool is smaller than " + size);
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
                return cold.of(given.compound).amount(PolicyName.FEVER_ABOVE);
            });
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Integer> each : threads.invokeAll(Collections.nCopies(size, booking), 8, TimeUnit.SECONDS)) {
                    assertEquals(373, each.get());
                }
            }
        }
    }

    private Policies.Policy change(int version, Map<String, Object> values) {
        return given.policies.change(TestKeys.audit(), given.caller(), given.office(), given.compound, version, values);
    }
}
