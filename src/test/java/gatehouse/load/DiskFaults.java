package gatehouse.load;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The disk of the data folder is full, and has room again. */
final class DiskFaults {
    private static final int HOUSEHOLDS = 300;
    private static final int ENOUGH = 8;
    private static final Duration FULL = Duration.ofSeconds(10);
    private static final Duration RECOVERY_GOAL = Duration.ofSeconds(10);
    private static final long MOST_LINES = 120;
    private static final String SIZE = "700m";

    private DiskFaults() {
    }

    static List<Outcome> full(Path folder) throws Exception {
        Files.createDirectories(folder);
        return mounted(folder) ? onSmallDisk(folder) : byTrigger(folder);
    }

    /** A disk of memory, where root may mount one. */
    private static boolean mounted(Path folder) throws IOException, InterruptedException {
        return "root".equals(System.getProperty("user.name")) && run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString()) == 0;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private static List<Outcome> onSmallDisk(Path folder) throws Exception {
        try (var stage = Stage.open(folder.resolve("stage"), HOUSEHOLDS); var crowd = stage.crowd()) {
            crowd.begin();
            crowd.awaitMore(ENOUGH);
            long linesBefore = lines(stage);
            var ballast = folder.resolve("ballast");
            long filled = fillFor(ballast, FULL);
            long lines = lines(stage) - linesBefore;
            long freed = System.nanoTime();
            Files.delete(ballast);
            crowd.awaitMore(ENOUGH);
            var faults = new ArrayList<String>();
            var recovered = judged(faults, freed);
            if (lines > MOST_LINES) {
                faults.add("%d lines in the log".formatted(lines));
            }
            return List.of(new Outcome("disk full", "data folder on a tmpfs of %s, filled by %d MB for %d s under load, %d lines of log; then emptied".formatted(
                    SIZE, filled >> 20, FULL.toSeconds(), lines), Count.sum("all", crowd.finish(stage.product())).with(faults), recovered));
        } finally {
            run("umount", folder.toString());
        }
    }

    private static Duration judged(List<String> faults, long freed) {
        var recovered = Duration.ofNanos(System.nanoTime() - freed);
        if (recovered.compareTo(RECOVERY_GOAL) > 0) {
            faults.add("work went on after " + recovered);
        }
        return recovered;
    }

    /** Takes what is free, and what becomes free meanwhile; answers the bytes. */
    private static long fillFor(Path ballast, Duration duration) throws IOException, InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        long written = 0;
        var block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (System.nanoTime() < end) {
                try {
                    out.write(block);
                    written += block.length;
                } catch (IOException full) {
                    // as it should be
                    Thread.sleep(5);
                }
            }
        }
        return written;
    }

    private static long lines(Stage stage) throws IOException {
        try (var lines = Files.lines(stage.product().output())) {
            return lines.count();
        }
    }

    /** Where nothing may be mounted, the tables say that there is no room. */
    private static List<Outcome> byTrigger(Path folder) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS); var crowd = stage.crowd(); Connection superuser = stage.product().connectAsSuperuser();
             var statement = superuser.createStatement()) {
            crowd.begin();
            crowd.awaitMore(ENOUGH);
            statement.execute("create function no_room() returns trigger language plpgsql as 'begin raise exception ''no room'' using errcode = ''53100''; end'");
            var tables = List.of("health_report", "health_report_version", "outing_pass", "gate_scan", "parcel", "ticket");
            for (var table : tables) {
                statement.execute("create trigger no_room before insert on %s for each statement execute function no_room()".formatted(table));
            }
            Thread.sleep(FULL);
            long freed = System.nanoTime();
            for (var table : tables) {
                statement.execute("drop trigger no_room on " + table);
            }
            crowd.awaitMore(ENOUGH);
            var faults = new ArrayList<String>();
            var recovered = judged(faults, freed);
            return List.of(new Outcome("disk full", "nothing may be mounted here: every table says 53100 (disk full) for %d s under load".formatted(FULL.toSeconds()),
                    Count.sum("all", crowd.finish(stage.product())).with(faults), recovered));
        }
    }
}
