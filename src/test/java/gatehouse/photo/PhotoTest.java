package gatehouse.photo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PhotoTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 4);
    private static final TestClock CLOCK = new TestClock("2026-11-22T09:00:00+08:00");
    private static final PhotoActions PHOTOS = new PhotoActions(DATABASE, CLOCK.business(), TestKeys.ring());
    private static final UUID COMPOUND = Ids.next();
    private static final UUID OTHER_COMPOUND = Ids.next();
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @BeforeAll
    static void makeCompounds() {
        var community = Ids.next();
        var subdistrict = Ids.next();
        DATABASE.transact(tx -> {
            tx.sql("insert into subdistrict (id, name) values ($1, '甲街道')").bind(subdistrict).update();
            tx.sql("insert into community (id, subdistrict_id, name) values ($1, $2, '甲社区')").bind(community).bind(subdistrict).update();
            for (var compound : List.of(COMPOUND, OTHER_COMPOUND)) {
                tx.sql("insert into compound (id, community_id, name, created_at) values ($1, $2, $3, now())").bind(compound).bind(community).bind(compound.toString()).update();
            }
            return 0;
        });
    }

    @AfterAll
    static void stop() {
        PHOTOS.close();
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private static Problem refused(byte[] sent) {
        return assertThrows(Problem.class, () -> PHOTOS.clean(sent));
    }

    private static void assertFault(FieldFault fault, byte[] sent) {
        var problem = refused(sent);
        assertEquals(ProblemType.BAD_INPUT, problem.type());
        assertEquals("/photo", problem.errors().getFirst().pointer());
        assertEquals(fault, problem.errors().getFirst().fault());
    }

    private static void assertIs(Color expected, int rgb) {
        var seen = new Color(rgb);
        int distance = Math.abs(expected.getRed() - seen.getRed()) + Math.abs(expected.getGreen() - seen.getGreen()) + Math.abs(expected.getBlue() - seen.getBlue());
        assertTrue(distance < 60, () -> expected + " was " + seen);
    }

    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void largePicture_isDrawnSmaller_withAThumbnail() {
        var photo = PHOTOS.clean(TestPictures.jpeg(4000, 3000));
        var full = TestPictures.image(photo.full);
        assertEquals("1600x1200", full.getWidth() + "x" + full.getHeight());
        assertEquals("1600x1200", photo.widthPixels + "x" + photo.heightPixels);
        var thumbnail = TestPictures.image(photo.thumbnail);
        assertEquals("320x240", thumbnail.getWidth() + "x" + thumbnail.getHeight());
        assertIs(Color.RED, thumbnail.getRGB(10, 120));
        assertIs(Color.BLUE, thumbnail.getRGB(310, 120));
    }

    @Test
    void smallPicture_isNotBlownUp() {
        var photo = PHOTOS.clean(TestPictures.file("png", TestPictures.redAndBlue(30, 20)));
        assertEquals("30x20", photo.widthPixels + "x" + photo.heightPixels);
        assertIs(Color.RED, TestPictures.image(photo.full).getRGB(5, 10));
    }

    @Test
    void narrowPicture_keepsOnePixel() {
        var photo = PHOTOS.clean(TestPictures.flatPng(20_000, 1));
        assertEquals("1600x1", photo.widthPixels + "x" + photo.heightPixels);
    }

    @Test
    void webp_ofBothKinds_isDrawn_andWhatIsTransparentIsWhite() {
        var lossless = TestPictures.image(PHOTOS.clean(TestPictures.WEBP_LOSSLESS).full);
        assertEquals("48x32", lossless.getWidth() + "x" + lossless.getHeight());
        assertIs(Color.RED, lossless.getRGB(5, 16));
        assertIs(Color.BLUE, lossless.getRGB(42, 16));
        var transparent = TestPictures.image(PHOTOS.clean(TestPictures.WEBP_TRANSPARENT).full);
        assertIs(Color.RED, transparent.getRGB(5, 16));
        assertIs(Color.WHITE, transparent.getRGB(42, 16));
    }

    @Test
    void progressiveJpeg_isDrawn() {
        assertIs(Color.BLUE, TestPictures.image(PHOTOS.clean(TestPictures.progressiveJpeg(400, 300)).full).getRGB(390, 150));
    }

    /** The stored left half is red: where it is once the picture is upright. */
    @ParameterizedTest
    @CsvSource({"1, 80x60, 10, 30", "2, 80x60, 70, 30", "3, 80x60, 70, 30", "4, 80x60, 10, 30", "5, 60x80, 30, 10", "6, 60x80, 30, 10",
        "7, 60x80, 30, 70", "8, 60x80, 30, 70", "9, 80x60, 10, 30"})
    void orientation_isApplied_andThenForgotten(int orientation, String size, int redX, int redY) {
        var photo = PHOTOS.clean(TestPictures.withExif(TestPictures.jpeg(80, 60), orientation));
        var image = TestPictures.image(photo.full);
        assertEquals(size, image.getWidth() + "x" + image.getHeight());
        assertIs(Color.RED, image.getRGB(redX, redY));
        assertIs(Color.BLUE, image.getRGB(image.getWidth() - 1 - redX, image.getHeight() - 1 - redY));
        assertFalse(holds(photo.full, "Exif"));
    }

    @Test
    void place_device_comment_andWhatFollowsTheEnd_areGone() {
        var comment = TestPictures.withSegment(TestPictures.withExif(TestPictures.jpeg(200, 100), 1), 0xFE, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        var polyglot = TestPictures.joined(comment, "<html><script>alert(2)</script>PK\3\4".getBytes(StandardCharsets.UTF_8));
        assertTrue(holds(polyglot, TestPictures.SECRET));
        var photo = PHOTOS.clean(polyglot);
        for (var made : List.of(photo.full, photo.thumbnail)) {
            for (var gone : List.of("GPS", "Canon", "Exif", "<script", "<html", "PK\3\4", "ICC_PROFILE", "http")) {
                assertFalse(holds(made, gone), gone);
            }
            assertEquals((byte) 0xD9, made[made.length - 1]);
        }
        var png = TestPictures.joined(TestPictures.flatPng(10, 10));
        var texted = TestPictures.png(10, 10, TestPictures.chunk("tEXt", ("Comment\0" + TestPictures.SECRET).getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(png, 33, png.length - 12));
        assertFalse(holds(PHOTOS.clean(texted).full, "GPS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a\1\0\1\0\0\0\0;", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?><svg/>", "%PDF-1.7", "BM", "II*\0", "MZ",
        "<html>\u00ff\u00d8\u00ff", "RIFF\4\0\0\0WAVE", "RIFF", ""})
    void whatIsNoPictureOfTheThreeKinds_isRefusedByItsContent(String file) {
        assertEquals(ProblemType.WRONG_MEDIA_TYPE, refused(file.getBytes(StandardCharsets.ISO_8859_1)).type());
    }

    @Test
    void truncatedPicture_isBroken_whereverItEnds() {
        for (var whole : List.of(TestPictures.jpeg(64, 48), TestPictures.withExif(TestPictures.jpeg(64, 48), 6), TestPictures.file("png", TestPictures.redAndBlue(64, 48)),
                TestPictures.WEBP_LOSSLESS, TestPictures.WEBP_TRANSPARENT)) {
            for (int length = 12; length < whole.length - 1; length += 7) {
                assertFault(FieldFault.BROKEN_PICTURE, Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void anySpoiltByte_isDrawnOrRefused_neverAFault() {
        var random = new java.util.Random(7);
        for (var whole : List.of(TestPictures.withExif(TestPictures.jpeg(64, 48), 6), TestPictures.progressiveJpeg(64, 48),
                TestPictures.file("png", TestPictures.redAndBlue(64, 48)), TestPictures.WEBP_LOSSLESS, TestPictures.WEBP_TRANSPARENT)) {
            for (int i = 0; i < 150; i++) {
                var spoilt = whole.clone();
                for (int times = 1 + random.nextInt(3); times > 0; times--) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
                }
                try {
                    assertTrue(PHOTOS.clean(spoilt).full.length > 0);
                } catch (Problem said) {
                    assertTrue(said.type() == ProblemType.BAD_INPUT || said.type() == ProblemType.WRONG_MEDIA_TYPE, said.getMessage());
                }
            }
        }
    }

    @Test
    void bomb_isRefusedByItsHead() {
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.flatPng(60_000, 40_000));
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.png(Integer.MAX_VALUE, Integer.MAX_VALUE, TestPictures.chunk("IDAT", new byte[9])));
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.flatPng(20_001, 1));
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.flatPng(1, 20_001));
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.jpegClaiming(TestPictures.jpeg(64, 48), 65_535, 65_535));
        assertFault(FieldFault.TOO_MANY_PIXELS, TestPictures.jpegClaiming(TestPictures.progressiveJpeg(64, 48), 5_000, 5_000));
    }

    @Test
    void webp_whosePartsTellDifferentSizes_isBroken() {
        var spread = TestPictures.WEBP_LOSSLESS.clone();
        int chunk = new String(spread, StandardCharsets.ISO_8859_1).indexOf("VP8L");
        ByteBuffer.wrap(spread).putInt(chunk + 9, 0xFFFFFF0F);
        assertFault(FieldFault.BROKEN_PICTURE, spread);
        var moving = TestPictures.WEBP_LOSSLESS.clone();
        moving[20] |= 2;
        assertFault(FieldFault.BROKEN_PICTURE, moving);
    }

    @Test
    void jpeg_ofThousandsOfScans_isRefused() {
        var jpeg = TestPictures.progressiveJpeg(64, 48);
        int scan = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00da");
        var one = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        var parts = new byte[40][];
        Arrays.fill(parts, one);
        assertFault(FieldFault.BROKEN_PICTURE, TestPictures.joined(Arrays.copyOf(jpeg, scan), TestPictures.joined(parts), new byte[] {(byte) 0xFF, (byte) 0xD9}));
    }

    @Test
    void textChunkThatUnpacksToGigabytes_isNotUnpacked() {
        var flat = TestPictures.flatPng(16, 16);
        var packed = TestPictures.flatPng(60_000, 60_000);
        var bomb = TestPictures.chunk("zTXt", TestPictures.joined("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1), Arrays.copyOfRange(packed, 41, packed.length - 16)));
        assertEquals(16, PHOTOS.clean(TestPictures.png(16, 16, bomb, Arrays.copyOfRange(flat, 33, flat.length - 12))).widthPixels);
    }

    @Test
    void file_ofMoreThanTenMegabytes_isTooLarge() {
        var jpeg = TestPictures.jpeg(64, 48);
        assertEquals(64, PHOTOS.clean(Arrays.copyOf(jpeg, PhotoActions.MOST_BYTES)).widthPixels);
        assertEquals(ProblemType.TOO_LARGE, refused(Arrays.copyOf(jpeg, PhotoActions.MOST_BYTES + 1)).type());
    }

    @Test
    void manyAtOnce_areAllDrawnOrToldToComeAgain() throws Exception {
        var jpeg = TestPictures.jpeg(1200, 900);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(java.util.Collections.nCopies(80, (Callable<Boolean>) () -> {
                try {
                    return PHOTOS.clean(jpeg).widthPixels == 1200;
                } catch (Problem full) {
                    assertEquals(ProblemType.OVERLOADED, full.type());
                    assertTrue(full.extensions().containsKey("retryAfter"));
                    return false;
                }
            }));
            int drawn = 0;
            for (var each : all) {
                drawn += each.get() ? 1 : 0;
            }
            assertTrue(drawn >= 32, "only " + drawn);
        }
    }

    @Test
    void keptPicture_isShownFromItsCompoundOnly_asNothingButAPicture() {
        var photo = PHOTOS.clean(TestPictures.jpeg(640, 480));
        var id = DATABASE.transact(tx -> PHOTOS.keep(tx, COMPOUND, photo, TODAY));
        var reply = PHOTOS.show(COMPOUND, id, PhotoSize.FULL);
        assertArrayEquals(photo.full, reply.body().getBytes());
        assertEquals("image/jpeg", reply.headers().get("Content-Type"));
        assertEquals("private, no-store", reply.headers().get("Cache-Control"));
        assertEquals("inline; filename=\"photo.jpg\"", reply.headers().get("Content-Disposition"));
        assertArrayEquals(photo.thumbnail, PHOTOS.show(COMPOUND, id, PhotoSize.THUMBNAIL).body().getBytes());
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class, () -> PHOTOS.show(OTHER_COMPOUND, id, PhotoSize.FULL)).type());
        var row = DATABASE.sql("select full_sealed, thumbnail_sealed from photo where id = $1").bind(id).only(found -> found);
        assertFalse(holds(row.getBuffer(0).getBytes(), "JFIF") || holds(row.getBuffer(1).getBytes(), "JFIF"));
    }

    @Test
    void pictureCopiedToAnotherRow_cannotBeOpened() {
        var photo = PHOTOS.clean(TestPictures.jpeg(64, 48));
        var id = DATABASE.transact(tx -> PHOTOS.keep(tx, COMPOUND, photo, TODAY));
        DATABASE.transact(tx -> tx.sql("insert into photo select $1, id, kept_at, kept_until_date, width_pixels, height_pixels, full_sealed, thumbnail_sealed "
                + "from photo where id = $2").bind(OTHER_COMPOUND).bind(id).update());
        assertThrows(IllegalStateException.class, () -> PHOTOS.show(OTHER_COMPOUND, id, PhotoSize.FULL));
    }

    @Test
    void sweep_takesWhatIsNoLongerNeeded_andOnlyThat() {
        var photo = PHOTOS.clean(TestPictures.jpeg(64, 48));
        var due = DATABASE.transact(tx -> PHOTOS.keep(tx, COMPOUND, photo, TODAY.plusDays(1)));
        var needed = DATABASE.transact(tx -> PHOTOS.keep(tx, COMPOUND, photo, TODAY.plusDays(1)));
        var jobs = new PhotoJobs(DATABASE, CLOCK.business());
        CLOCK.move(Duration.ofDays(1));
        jobs.sweep();
        assertEquals(200, PHOTOS.show(COMPOUND, due, PhotoSize.FULL).status());
        DATABASE.transact(tx -> {
            PHOTOS.keepUntil(tx, COMPOUND, List.of(needed), TODAY.plusDays(2));
            return 0;
        });
        CLOCK.move(Duration.ofDays(1));
        jobs.sweep();
        CLOCK.set("2026-11-22T09:00:00+08:00");
        assertThrows(Problem.class, () -> PHOTOS.show(COMPOUND, due, PhotoSize.FULL));
        assertEquals(200, PHOTOS.show(COMPOUND, needed, PhotoSize.FULL).status());
        int forgotten = DATABASE.transact(tx -> PHOTOS.forget(tx, COMPOUND, List.of(needed)));
        assertEquals(1, forgotten);
        assertThrows(Problem.class, () -> PHOTOS.show(COMPOUND, needed, PhotoSize.FULL));
    }
}
