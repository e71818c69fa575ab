package gatehouse;

import gatehouse.audit.AuditVerdict;
import java.util.List;
import java.util.Locale;

/** {@code java -jar gatehouse.jar verify-audit}: what it prints. */
final class AuditCommand {
    private AuditCommand() {
    }

    static String report(List<AuditVerdict> verdicts, long millis) {
        var text = new StringBuilder();
        long entries = 0;
        for (var each : verdicts) {
            entries += each.entries();
            text.append(each.intact() ? "sound   " : "BROKEN  ").append(each.compound()).append(": ").append(each.entries()).append(" entries, head ")
                    .append(each.head()).append(each.intact() ? "" : "; entry " + each.brokenAt() + " " + each.fault()).append('\n');
        }
        long broken = verdicts.stream().filter(each -> !each.intact()).count();
        return text.append(String.format(Locale.ROOT, "%d chains, %d entries in %.1f s; broken: %d%n", verdicts.size(), entries, millis / 1_000.0, broken))
                .toString();
    }
}
