package gatehouse.sms;

import java.time.Duration;
import java.time.OffsetDateTime;

/** When a message comes down from WeChat to SMS: pure functions. */
final class LadderPolicy {
    /** WeChat has this long; a reminder of 15:45 must be there well before 16:00. */
    static final Duration WECHAT_HAS = Duration.ofMinutes(3);
    /** Whoever was not reminded by then finds it in the inbox, and the grid worker at the door. */
    static final Duration TOO_OLD = Duration.ofHours(2);
    static final int MOST_DOUBTS = 2;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

    private LadderPolicy() {
    }

    /**
     * What is known of a message that waits.
     *
     * @param toldOtherwise read in the inbox, or reached through WeChat
     * @param declined      that person wants no SMS: the ladder goes on at the door
     * @param doubts        sends of which nobody knows, the coming one included
     */
    record Facts(boolean toldOtherwise, boolean declined, boolean weChatUnderway, int doubts, OffsetDateTime createdAt) {
    }

    /** What to do with it now. */
    sealed interface Step {
        /** {@code again}: it was perhaps sent before. */
        record Send(boolean again) implements Step {
        }

        record LookAgain(Duration after) implements Step {
        }

        record GiveUp(SmsFate fate) implements Step {
        }
    }

    static Step next(Facts facts, OffsetDateTime now) {
        if (facts.toldOtherwise) {
            return new Step.GiveUp(SmsFate.UNNEEDED);
        }
        if (facts.declined) {
            return new Step.GiveUp(SmsFate.DECLINED);
        }
        if (facts.doubts > MOST_DOUBTS) {
            return new Step.GiveUp(SmsFate.UNCERTAIN);
        }
        if (facts.createdAt.plus(TOO_OLD).isBefore(now)) {
            return new Step.GiveUp(facts.doubts > 1 ? SmsFate.UNCERTAIN : SmsFate.TOO_OLD);
        }
        if (facts.weChatUnderway && now.isBefore(facts.createdAt.plus(WECHAT_HAS))) {
            return new Step.LookAgain(LOOK_AGAIN);
        }
        return new Step.Send(facts.doubts == MOST_DOUBTS);
    }

    /** When the provider is asked what became of it, after so many times; longer each time. */
    static Duration askAgainAfter(int asks) {
        return Duration.ofSeconds(30L << asks);
    }

    /** After that many it will not say any more. */
    static final int MOST_ASKS = 5;
}
