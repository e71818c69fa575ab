package gatehouse.sms;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How short messages ended in this process, for the operator's metrics. */
final class SmsTally {
    private final Map<SmsFate, LongAdder> ends = Arrays.stream(SmsFate.values()).filter(SmsFate::isEnd)
            .collect(Collectors.toUnmodifiableMap(fate -> fate, fate -> new LongAdder()));
    private final LongAdder repeats = new LongAdder();

    void settled(SmsFate fate) {
        ends.get(fate).increment();
    }

    /** Sent a second time, perhaps. */
    void repeated() {
        repeats.increment();
    }

    long repeats() {
        return repeats.sum();
    }

    void tell(BiConsumer<String, Supplier<Number>> meter) {
        ends.forEach((fate, count) -> meter.accept(fate.name().toLowerCase(Locale.ROOT), count::sum));
        meter.accept("repeated", repeats::sum);
    }
}
