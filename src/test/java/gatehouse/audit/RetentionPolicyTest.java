package gatehouse.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.audit.RetentionPolicy.Certificate;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final OffsetDateTime JUST_BEFORE = OffsetDateTime.parse("2026-11-21T23:59:59.999999+08:00");
    private static final OffsetDateTime MIDNIGHT = OffsetDateTime.parse("2026-11-22T00:00:00+08:00");
    private static final Certificate CERTIFICATE = new Certificate(3, DAY, 2, DAY);

    @Test
    void keptFrom_isSoManyDaysAgo() {
        assertEquals(LocalDate.of(2025, 11, 22), RetentionPolicy.keptFrom(DAY, 365));
        assertTrue(RetentionPolicy.midnight(DAY).isEqual(MIDNIGHT));
    }

    @Test
    void certificate_isReadAsItWasWritten_andCertifiesNothingWhenItCannotBeRead() {
        assertEquals(CERTIFICATE, Certificate.of(CERTIFICATE.details()));
        assertEquals(Certificate.OF_NOTHING, Certificate.of(Map.of()));
        assertEquals(Certificate.OF_NOTHING, Certificate.of(Map.of("entries", "3", "entriesBefore", "soon", "reasons", "2", "reasonsBefore", "2026-11-22")));
    }

    @Test
    void fits_onlySoMany_andNoYounger() {
        assertTrue(RetentionPolicy.fits(CERTIFICATE, 3, JUST_BEFORE, 2, JUST_BEFORE));
        assertFalse(RetentionPolicy.fits(CERTIFICATE, 4, JUST_BEFORE, 2, JUST_BEFORE));
        assertFalse(RetentionPolicy.fits(CERTIFICATE, 3, JUST_BEFORE, 1, JUST_BEFORE));
        assertFalse(RetentionPolicy.fits(CERTIFICATE, 3, MIDNIGHT, 2, JUST_BEFORE));
        assertFalse(RetentionPolicy.fits(CERTIFICATE, 3, JUST_BEFORE, 2, MIDNIGHT));
        assertTrue(RetentionPolicy.fits(new Certificate(0, DAY, 0, DAY), 0, null, 0, null));
    }
}
