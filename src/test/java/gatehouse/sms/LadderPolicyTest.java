package gatehouse.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.notify.Channel.Delivery;
import gatehouse.sms.LadderPolicy.Facts;
import gatehouse.sms.LadderPolicy.Step;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LadderPolicyTest {
    private static final OffsetDateTime WRITTEN = OffsetDateTime.parse("2026-11-22T15:45:00+08:00");
    private static final String CODE_POINTS_OF_ONE_SMS = "70, the signature and its brackets among them";

    private static Step next(boolean told, boolean weChat, int doubts, Duration later) {
        return LadderPolicy.next(new Facts(told, false, weChat, doubts, WRITTEN), WRITTEN.plus(later));
    }

    @Test
    void whoIsTold_isNotToldAgain_whateverIsUnderway() {
        assertEquals(new Step.GiveUp(SmsFate.UNNEEDED), next(true, true, 1, Duration.ZERO));
        assertEquals(new Step.GiveUp(SmsFate.UNNEEDED), next(true, false, 2, Duration.ofHours(3)));
    }

    @Test
    void weChat_hasThreeMinutes_andWhereItIsNotTriedNone() {
        assertTrue(next(false, true, 1, LadderPolicy.WECHAT_HAS.minusNanos(1)) instanceof Step.LookAgain);
        assertEquals(new Step.Send(false), next(false, true, 1, LadderPolicy.WECHAT_HAS));
        assertEquals(new Step.Send(false), next(false, false, 1, Duration.ZERO));
    }

    @Test
    void whoWantsNoSms_isSentNone_whateverElseIsSo() {
        for (int doubts = 1; doubts <= 3; doubts++) {
            assertEquals(new Step.GiveUp(SmsFate.DECLINED), LadderPolicy.next(new Facts(false, true, doubts == 2, doubts, WRITTEN), WRITTEN.plusHours(doubts)));
        }
    }

    @Test
    void secondSend_isTheLast() {
        assertEquals(new Step.Send(true), next(false, false, 2, Duration.ofMinutes(5)));
        assertEquals(new Step.GiveUp(SmsFate.UNCERTAIN), next(false, false, 3, Duration.ofMinutes(5)));
    }

    @Test
    void afterTwoHours_nobodyIsReminded() {
        assertEquals(new Step.Send(false), next(false, false, 1, LadderPolicy.TOO_OLD));
        assertEquals(new Step.GiveUp(SmsFate.TOO_OLD), next(false, false, 1, LadderPolicy.TOO_OLD.plusNanos(1)));
        assertEquals(new Step.GiveUp(SmsFate.UNCERTAIN), next(false, false, 2, LadderPolicy.TOO_OLD.plusNanos(1)), "it may have been sent once");
    }

    @Test
    void words_fitIntoOneSms_andNameNoIllness() {
        for (var template : SmsChannel.REMINDERS) {
            var words = SmsChannel.words(new Delivery(UUID.randomUUID(), template, List.of("9:00 / 15:00", "16:00", "12"), List.of(), Optional.empty(), WRITTEN, List.of()));
            assertTrue(words.length() + 2 + 10 <= 70, () -> words + " is longer than " + CODE_POINTS_OF_ONE_SMS);
            for (var telling : List.of("发热", "体温", "核酸", "隔离", "观察", "密接", "疫", "阳", "症")) {
                assertFalse(words.contains(telling), words);
            }
        }
    }
}
