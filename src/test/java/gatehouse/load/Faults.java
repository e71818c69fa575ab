package gatehouse.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that may go wrong, done to the real product as a process of its own, and what it cost: one table. Arguments, parted by
 * commas: {@code full} for everything with 50 kills, {@code quick} for everything with few, a number for so many; and names of faults,
 * where not all of them are wanted. Ends with 1 where one does not hold.
 */
public final class Faults {
    private static final Path FOLDER = Path.of("target", "faults").toAbsolutePath();
    private static final int HOUSEHOLDS = 1_200;
    private static final int KILLS = 50;
    private static final int FEW_KILLS = 6;

    private interface Fault {
        List<Outcome> happen(Path folder) throws Exception;
    }

    private Faults() {
    }

    public static void main(String[] arguments) throws IOException {
        var names = Arrays.stream(arguments).flatMap(argument -> Arrays.stream(argument.split(","))).map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        boolean quick = names.remove("quick");
        names.remove("full");
        var number = names.stream().filter(name -> name.matches("[0-9]{1,4}")).findFirst();
        number.ifPresent(names::remove);
        var all = all(quick, number.map(Integer::parseInt).orElse(quick ? FEW_KILLS : KILLS));
        if (!all.keySet().containsAll(names)) {
            System.err.println("faults are: " + String.join(", ", all.keySet()));
            System.exit(64);
        }
        all.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
        var outcomes = new ArrayList<Outcome>();
        all.forEach((name, fault) -> outcomes.addAll(tried(name, fault)));
        delete(FOLDER);
        System.out.println("\n" + table(outcomes));
        System.exit(outcomes.stream().allMatch(Outcome::holds) ? 0 : 1);
    }

    private static Map<String, Fault> all(boolean quick, int kills) {
        var all = new LinkedHashMap<String, Fault>();
        all.put("kills", folder -> kills(folder, kills));
        all.put("commit", folder -> LinkFaults.cutDuringCommit(folder, quick ? 2 : 10));
        all.put("gone", LinkFaults::gone);
        all.put("silent", LinkFaults::silent);
        all.put("disk", DiskFaults::full);
        all.put("terminate", Faults::terminate);
        all.put("contention", Contention::everything);
        all.put("queues", QueueFaults::full);
        all.put("wechat", WeChatFaults::everything);
        all.put("time", TimeFaults::everything);
        return all;
    }

    private static List<Outcome> tried(String name, Fault fault) {
        var folder = FOLDER.resolve(name);
        long begin = System.nanoTime();
        List<Outcome> outcomes;
        try {
            delete(folder);
            outcomes = fault.happen(Files.createDirectories(folder));
        } catch (Exception | AssertionError broken) {
            broken.printStackTrace();
            outcomes = List.of(Outcome.of(name, "broke off: " + broken.getMessage(), List.of(broken.toString())));
        }
        outcomes.forEach(each -> System.out.println(each + each.count().faults().stream().map(fault1 -> "\n    " + fault1).collect(Collectors.joining())));
        System.out.printf("    (%s took %d s)%n", name, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        return outcomes;
    }

    private static List<Outcome> kills(Path folder, int times) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS)) {
            return kills(stage, times);
        }
    }

    private static List<Outcome> kills(Stage stage, int times) throws Exception {
        try (var crowd = stage.crowd()) {
            crowd.begin();
            var kills = new Kills(stage.product(), crowd);
            kills.kill(times);
            var outcomes = new ArrayList<Outcome>();
            for (var victim : Kills.Victim.values()) {
                var recoveries = kills.recoveries(victim);
                if (recoveries.isEmpty()) {
                    continue;
                }
                outcomes.add(new Outcome("kill -9 of " + victim.words, "%d times under load; recovery: the longest, median %.1f s%s".formatted(recoveries.size(),
                        recoveries.get(recoveries.size() / 2).toMillis() / 1e3, kills.startsInVain() == 0 ? "" : "; starts in vain: " + kills.startsInVain()), new Count("", 0, 0, 0, 0, List.of()), recoveries.getLast()));
            }
            for (var count : kills.counts()) {
                if (count.sent() > 0 || !count.faults().isEmpty()) {
                    outcomes.add(Outcome.of("the same %d kills".formatted(times), "%s: %,d sent".formatted(count.work(), count.sent()), count));
                }
            }
            return outcomes;
        }
    }

    private static List<Outcome> terminate(Path folder) throws Exception {
        try (var stage = Stage.open(folder, 100)) {
            return List.of(Outcome.of("SIGTERM under load", "unready first, every request answered, stopped cleanly, ended by the signal",
                    Farewell.of(stage.product(), stage.town(), 0)));
        }
    }

    private static String table(List<Outcome> outcomes) {
        return Outcome.heading() + "\n" + outcomes.stream().map(Outcome::toString).collect(Collectors.joining("\n"));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
