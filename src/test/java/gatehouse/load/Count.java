package gatehouse.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was promised beside what is kept, of one kind of work.
 *
 * @param sent         different things asked for
 * @param acknowledged of them, those that were answered as done
 * @param lost         acknowledged and not kept, or kept otherwise than as it was acknowledged
 * @param doubled      kept twice, or without anybody's asking
 * @param faults       these and all else that is not as it should be, as sentences
 */
record Count(String work, long sent, long acknowledged, long lost, long doubled, List<String> faults) {
    static final int MOST_TOLD = 10;

    Count {
        faults = faults.stream().limit(MOST_TOLD).toList();
    }

    static Count sum(String work, List<Count> counts) {
        return new Count(work, counts.stream().mapToLong(Count::sent).sum(), counts.stream().mapToLong(Count::acknowledged).sum(),
                counts.stream().mapToLong(Count::lost).sum(), counts.stream().mapToLong(Count::doubled).sum(),
                counts.stream().flatMap(each -> each.faults.stream().map(fault -> each.work + ": " + fault)).toList());
    }

    Count with(List<String> more) {
        return new Count(work, sent, acknowledged, lost, doubled, Stream.concat(faults.stream(), more.stream()).toList());
    }

    @Override
    public String toString() {
        return "%s %,d of %,d".formatted(work, acknowledged, sent);
    }
}
