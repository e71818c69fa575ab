package gatehouse.sms;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whoever sends short messages. Calls wait for the answer and never throw for what the provider does or does not do. */
public interface SmsProvider {
    /**
     * @param deliveryId the same however often it is sent
     * @param phone      eleven digits
     * @param template   the message's kind, {@code ROUND_MISSING}, with its arguments, for providers that know texts by templates of theirs
     * @param text       what is to be read, without the signature in front
     */
    record Sms(UUID deliveryId, String phone, String template, List<String> arguments, String text) {
        @Override
        public String toString() {
            return "Sms[" + deliveryId + ", " + template + "]";
        }
    }

    /** What became of a request to send. {@code code} is the provider's word or number, free of personal data. */
    sealed interface Answer {
        /** It is the provider's now; the same where it had this delivery id before. */
        record Accepted() implements Answer {
        }

        /** It will be the same the next time. */
        record Refused(String code) implements Answer {
        }

        /** Surely not sent: busy, out of quota, not reached; when to come again, where it says so. */
        record NotNow(Optional<Duration> pause, String code) implements Answer {
        }

        /** Surely not sent, and none will be before somebody looks at the settings: the key or the address is wrong. */
        record Denied(String code) implements Answer {
        }

        /** Nobody knows: no answer in time, or an unreadable one. */
        record Silent() implements Answer {
        }
    }

    /** What the provider says became of a message; UNKNOWN also where it does not say. */
    enum Receipt { PENDING, DELIVERED, UNDELIVERED, UNKNOWN }

    Answer send(Sms sms);

    Receipt receipt(UUID deliveryId);
}
