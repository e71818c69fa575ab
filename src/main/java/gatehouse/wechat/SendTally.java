package gatehouse.wechat;

import gatehouse.wechat.MessageStore.Fate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How messages through WeChat ended in this process, for the operator's metrics. */
final class SendTally {
    private final Map<Fate, LongAdder> ends = Arrays.stream(Fate.values()).filter(state -> state != Fate.WAITING)
            .collect(Collectors.toUnmodifiableMap(state -> state, state -> new LongAdder()));
    private final LongAdder repeats = new LongAdder();

    void settled(Fate state) {
        ends.get(state).increment();
    }

    /** Sent a second time, perhaps. */
    void repeated() {
        repeats.increment();
    }

    long repeats() {
        return repeats.sum();
    }

    long of(Fate state) {
        return ends.get(state).sum();
    }

    void tell(BiConsumer<String, Supplier<Number>> meter) {
        ends.forEach((state, count) -> meter.accept(state.name().toLowerCase(Locale.ROOT), count::sum));
        meter.accept("repeated", repeats::sum);
    }
}
