package gatehouse.registry;

import gatehouse.kernel.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an import did, or would do.
 *
 * @param households how many the accepted lines name
 * @param residents how many the accepted lines name
 * @param rejectedLines how many lines were not taken; {@code rejected} names the first of them
 */
record RosterReport(int households, int residents, int created, int updated, int rejectedLines, List<RosterRejection> rejected) {

    /** A list for a person to work through; a file with more faults than this is better mended and sent again. */
    static final int REJECTIONS_NAMED_MAX = 1_000;

    static RosterReport of(RosterMatching.Outcome outcome, List<RosterRejection> ofHeading, List<RosterRejection> ofLines) {
        var all = new ArrayList<>(ofLines);
        all.addAll(outcome.rejected());
        all.sort(Comparator.comparingInt(RosterRejection::line));
        int rejectedLines = (int) all.stream().mapToInt(RosterRejection::line).distinct().count();
        all.addAll(0, ofHeading);
        var accepted = outcome.accepted();
        return new RosterReport(
                (int) accepted.stream().map(RosterMatching.Entry::household).distinct().count(), accepted.size(),
                outcome.created().size(), outcome.changed().size(), rejectedLines,
                List.copyOf(all.subList(0, Math.min(all.size(), REJECTIONS_NAMED_MAX))));
    }

    /** As the API shows it. */
    record Shown(String importId, int households, int residents, int created, int updated, int rejectedLines, List<ShownLine> rejected) {}

    record ShownLine(int line, String column, String reason) {}

    Shown show(Object importId, Language language) {
        return new Shown(importId.toString(), households, residents, created, updated, rejectedLines,
                rejected.stream().map(each -> new ShownLine(each.line(), each.column(), each.reason(language))).toList());
    }
}
