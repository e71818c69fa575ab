package gatehouse.registry;

import java.util.List;

/** Both in the order of the file. A line with any rejection is not accepted. */
record RosterJudgement(List<RosterLine> accepted, List<RosterRejection> rejected) {}
