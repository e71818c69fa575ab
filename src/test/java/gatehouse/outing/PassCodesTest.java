package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import gatehouse.kernel.KeyRing;
import gatehouse.outing.PassCodes.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PassCodesTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final long NUMBER = 0x1234_5678_9abc_def0L;
    private static final PassCodes CODES = new PassCodes(ring("a"));
    private static final int MUTATIONS = 1_000_000;

    private static KeyRing ring(String... ids) {
        var masters = new LinkedHashMap<String, byte[]>();
        for (var id : ids) {
            var master = new byte[32];
            new Random(id.hashCode()).nextBytes(master);
            masters.put(id, master);
        }
        return new KeyRing(masters);
    }

    @Test
    void pairOfASeed_isThatOfRfc8032() {
        var pair = CodeKey.pair(HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        var encoded = pair.getPublic().getEncoded();
        assertEquals("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length));
    }

    @Test
    void code_isReadInItsOwnStep_andOneBesideIt_soThatAPictureIsDeadWithinAMinute() {
        var code = CODES.shown(NUMBER, NOW);
        assertEquals(PassCodes.LENGTH, code.length());
        assertEquals(new Reading.Shown(NUMBER), CODES.read(code, NOW));
        assertEquals(new Reading.Shown(NUMBER), CODES.read(code, NOW.minusNanos(1)), "a gate's clock may be behind");
        assertEquals(new Reading.Shown(NUMBER), CODES.read(code, NOW.plusSeconds(60).minusNanos(1)));
        assertEquals(new Reading.Stale(NUMBER), CODES.read(code, NOW.plusSeconds(60)));
        assertEquals(new Reading.Stale(NUMBER), CODES.read(code, NOW.minusSeconds(30).minusNanos(1)));
        assertEquals(NOW.plusSeconds(30), PassCodes.changesAt(NOW));
        assertEquals(NOW.plusSeconds(30), PassCodes.changesAt(NOW.plusNanos(29_999_999_999L)));
        assertEquals(code, CODES.shown(NUMBER, NOW.plusSeconds(29)));
        assertNotEquals(code, CODES.shown(NUMBER, NOW.plusSeconds(30)));
    }

    @Test
    void steps_wrapAfterFifteenYears() {
        var wrap = OffsetDateTime.parse("2026-01-01T00:00:00+08:00").plusSeconds((1L << 24) * 30);
        assertEquals(new Reading.Shown(NUMBER), CODES.read(CODES.shown(NUMBER, wrap.minusSeconds(1)), wrap));
        assertEquals(new Reading.Shown(NUMBER), CODES.read(CODES.shown(NUMBER, wrap), wrap.minusSeconds(1)));
    }

    @Test
    void card_isGoodAtAnyTime_andSaysWhichPrintingItIs() {
        assertEquals(new Reading.Printed(NUMBER, 3), CODES.read(CODES.printed(NUMBER, 3), NOW.plusYears(1)));
    }

    @Test
    void gateWithoutTheRing_verifiesTheSignature() throws Exception {
        var code = Base32.decode(CODES.shown(NUMBER, NOW), 84);
        var key = CODES.verificationKeys().stream().filter(each -> each.hint() == (code[0] & 31)).findFirst().orElseThrow();
        assertTrue(isSigned(key, code));
        code[11] ^= 1;
        assertFalse(isSigned(key, code));
    }

    private static boolean isSigned(PassCodes.VerificationKey key, byte[] code) throws Exception {
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(key.key());
        signature.update(PassCodes.withContext(Arrays.copyOf(code, 12)));
        return signature.verify(Arrays.copyOfRange(code, 12, 76));
    }

    @Test
    void keyThatWasReplaced_isReadUntilItLeavesTheRing() {
        var code = CODES.shown(NUMBER, NOW);
        assertEquals(new Reading.Shown(NUMBER), new PassCodes(ring("b", "a")).read(code, NOW));
        assertEquals(new Reading.Forged(), new PassCodes(ring("b")).read(code, NOW));
        assertEquals(new Reading.Forged(), CODES.read(new PassCodes(ring("b", "a")).shown(NUMBER, NOW), NOW));
    }

    @Test
    void typedDigits_areThoseOfThePassAndOfTheMinute() {
        var digits = CODES.typed(NUMBER, NOW);
        assertTrue(digits.matches("[0-9]{8}"));
        assertTrue(CODES.isTyped(digits, NUMBER, NOW.plusSeconds(59)));
        assertFalse(CODES.isTyped(digits, NUMBER, NOW.plusSeconds(60)));
        assertFalse(CODES.isTyped(digits, NUMBER + 1, NOW));
        assertTrue(new PassCodes(ring("b", "a")).isTyped(digits, NUMBER, NOW));
    }

    /** A million of them, of screens and of cards, each a letter, a bit, a part, a length away from a good one. */
    @Test
    void codeThatWasChanged_isNeverTaken() {
        var good = new String[] {CODES.shown(NUMBER, NOW), CODES.shown(-1, NOW), CODES.printed(NUMBER, 1), CODES.printed(7, 2)};
        var taken = new AtomicLong();
        var tried = new AtomicLong();
        IntStream.range(0, 16).parallel().forEach(part -> {
            var random = new SplittableRandom(part);
            for (int i = 0; i < MUTATIONS / 16; i++) {
                var from = good[random.nextInt(good.length)];
                var changed = Forger.mutated(random, from, good);
                if (Arrays.asList(good).contains(changed)) {
                    continue;
                }
                tried.incrementAndGet();
                if (!(CODES.read(changed, NOW) instanceof Reading.Forged)) {
                    taken.incrementAndGet();
                }
            }
        });
        assertEquals(0, taken.get());
        assertTrue(tried.get() > MUTATIONS * 9 / 10, "tried " + tried);
    }

    @Test
    void base32_isThatOfRfc4648_withOneSpellingForEachText() {
        assertEquals("MZXW6YTBOI", Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("foobar", new String(Base32.decode("MZXW6YTBOI", 6), StandardCharsets.US_ASCII));
        assertEquals(null, Base32.decode("MZXW6YTBOJ", 6), "a bit is left over");
        assertEquals(null, Base32.decode("mzxw6ytboi", 6));
        assertEquals(null, Base32.decode("MZXW6YTBO\u4e00", 6));
    }

    @Test
    void codes_areDifferentForEveryPassAndStep() {
        assertEquals(50, LongStream.range(0, 50).mapToObj(number -> CODES.shown(number, NOW)).distinct().count());
    }

    @Test
    void picture_isReadByAnotherProgram() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/zbarimg"))) {
            var missing = "SKIPPED: reading QR pictures needs zbarimg (apt-get install zbar-tools)";
            System.err.println(missing);
            if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
                fail(missing);
            }
            abort(missing);
        }
        var file = Files.createTempFile("pass", ".png");
        try (var pictures = new PassPictures()) {
            for (int size : new int[] {100, 200, 480, 1200}) {
                Files.write(file, pictures.png(CODES.shown(NUMBER, NOW), size));
                var reader = new ProcessBuilder("/usr/bin/zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.toString()).start();
                assertEquals(CODES.shown(NUMBER, NOW), new String(reader.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip(), size + " px");
                assertEquals(0, reader.waitFor());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void mutation_isSeenWhereThereIsNone() {
        assertInstanceOf(Reading.Shown.class, CODES.read(CODES.shown(NUMBER, NOW), NOW), "else the million above would prove nothing");
    }
}
