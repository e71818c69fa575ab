package gatehouse.load;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.KeyRing;
import gatehouse.outing.Forger;
import gatehouse.outing.PressedCodes;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How long the verification of a pass code computes, and how many of a million changed codes are taken. Thousands of codes, each of
 * another pass, so that nothing of one helps the next; every answer is used, so that none is left out.
 */
final class CodeTimes {
    private static final int CODES = 20_000;
    private static final int READS_WARM = 400_000;
    private static final int READS = 1_000_000;
    private static final int SIGNATURES_WARM = 5_000;
    private static final int SIGNATURES = 10_000;
    private static final int MUTATIONS = 1_000_000;
    private static final int SIGNED_MUTATIONS = 10_000;
    private static final int PARTS = 20;

    private final OffsetDateTime now = BusinessClock.system().now();
    private final PressedCodes press;
    private final String[] codes;

    CodeTimes() {
        var master = new byte[32];
        new Random(7).nextBytes(master);
        press = new PressedCodes(new KeyRing(new LinkedHashMap<>(Map.of("benchmark", master))));
        codes = pressed(press, CODES, now);
    }

    /** Codes of the passes with the numbers from 0 on, as they are shown at that moment. */
    static String[] pressed(PressedCodes press, int codes, OffsetDateTime at) {
        return IntStream.range(0, codes).parallel().mapToObj(number -> press.shown(number, at)).toArray(String[]::new);
    }

    /** What came of it, as text. Fails where a changed code was taken. */
    String measured() {
        return """

                Verification of a pass code without I/O, %,d codes, one thread:     mean       p50       p99
                  server's seal (PassCodes.read)                %s
                  Ed25519 by the public key alone (JDK)         %s
                %s""".formatted(CODES, times(READS_WARM, READS, code -> press.isShown(code, now)),
                times(SIGNATURES_WARM, SIGNATURES, press::isSigned), forged());
    }

    private interface Verifier {
        boolean verify(String code);
    }

    private String times(int warm, int measured, Verifier verifier) {
        if (taken(warm, verifier) != warm) {
            throw new IllegalStateException("a good code was not taken");
        }
        long began = System.nanoTime();
        long taken = taken(measured, verifier);
        double mean = (System.nanoTime() - began) / (double) measured;
        // Apart from the mean: looking at the clock costs a part of what a seal costs.
        var each = new Histogram(10_000_000_000L, 3);
        for (int i = 0; i < measured / 4; i++) {
            long start = System.nanoTime();
            taken += verifier.verify(codes[i % CODES]) ? 1 : 0;
            each.recordValue(System.nanoTime() - start);
        }
        if (taken != measured + measured / 4) {
            throw new IllegalStateException("a good code was not taken");
        }
        return String.format(Locale.ROOT, "%8.2f µs %7.2f µs %7.2f µs", mean / 1e3, each.getValueAtPercentile(50) / 1e3, each.getValueAtPercentile(99) / 1e3);
    }

    private long taken(int times, Verifier verifier) {
        long taken = 0;
        for (int i = 0; i < times; i++) {
            taken += verifier.verify(codes[i % CODES]) ? 1 : 0;
        }
        return taken;
    }

    private String forged() {
        var sealed = forged(MUTATIONS, code -> code, code -> press.isOurs(code, now));
        var signed = forged(SIGNED_MUTATIONS, PressedCodes::signedPart, press::isSigned);
        return "Changed codes: %s by the server, %s by signature alone.".formatted(sealed, signed);
    }

    /** {@code judgedBy}: what of a code the verifier looks at; where that is as good as before, nothing was changed. */
    private String forged(int wanted, Function<String, Object> judgedBy, Verifier verifier) {
        var unchanged = Arrays.stream(codes).map(judgedBy).collect(Collectors.toSet());
        var tried = new AtomicLong();
        var taken = new AtomicLong();
        IntStream.range(0, PARTS).parallel().forEach(part -> {
            var random = new SplittableRandom(part);
            for (int left = wanted / PARTS; left > 0; ) {
                var changed = Forger.mutated(random, codes[random.nextInt(CODES)], codes);
                if (!unchanged.contains(judgedBy.apply(changed))) {
                    left--;
                    tried.incrementAndGet();
                    taken.addAndGet(verifier.verify(changed) ? 1 : 0);
                }
            }
        });
        if (taken.get() > 0) {
            throw new IllegalStateException("%d of %d changed codes were taken".formatted(taken.get(), tried.get()));
        }
        return "%,d tried, %d taken".formatted(tried.get(), taken.get());
    }
}
