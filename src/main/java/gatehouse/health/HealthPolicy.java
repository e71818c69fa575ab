package gatehouse.health;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of reporting, as pure functions of facts and now. */
final class HealthPolicy {
    private HealthPolicy() {
    }

    /** Somebody wants to report: what, for which resident and round, and who they are. */
    record Wish(RoundKey key, Measurement measurement, UUID reportedBy, ReportedAs reportedAs) {
    }

    /** What is known of the resident: the current report of that round, and an open alert, if there are such. */
    record Facts(UUID compoundId, @Nullable HealthReport current, @Nullable UUID openAlertId) {
    }

    /** A report with a fever or symptom opens an alert, or joins the one that is open. */
    enum AlertEffect {
        NONE, OPENS, JOINS
    }

    /** What becomes of a wish. */
    sealed interface Verdict {
        /** To be stored, with what it means for the alert that it names. */
        record Accepted(HealthReport report, AlertEffect effect) implements Verdict {
            boolean opensAlert() {
                return effect == AlertEffect.OPENS;
            }
        }

        /** Word for word what is stored already, by the same person: nothing to do. */
        record Unchanged(HealthReport report) implements Verdict {
        }

        record NotYetOpen(Round round, OffsetDateTime opensAt) implements Verdict {
        }

        record InFuture() implements Verdict {
        }

        record TooOld(int correctionDays) implements Verdict {
        }

        /** No living person's reading by the compound's policy; it would be right between these. */
        record Implausible(int minTenths, int maxTenths) implements Verdict {
        }

        /** Symptom OTHER says nothing without words. */
        record NoteMissing() implements Verdict {
        }
    }

    /** The round that "now" belongs to: the last one whose measuring time has come; before the first, the morning's. */
    static Round roundOf(OffsetDateTime now, HealthRules rules) {
        return now.toLocalTime().isBefore(rules.afternoonAt()) ? Round.MORNING : Round.AFTERNOON;
    }

    static ReportStatus statusOf(LocalDate date, OffsetDateTime receivedAt, HealthRules rules) {
        return receivedAt.toLocalDateTime().isBefore(date.atTime(rules.cutOffAt())) ? ReportStatus.ON_TIME : ReportStatus.LATE;
    }

    static boolean needsAlert(Measurement measurement, HealthRules rules) {
        return measurement.temperatureTenths() > rules.feverAboveTenths() || measurement.symptoms().stream().anyMatch(Symptom::isListed);
    }

    /** Judges a wish; {@code newAlertId} is asked where an alert has to be opened. */
    static Verdict judge(Wish wish, Facts facts, HealthRules rules, OffsetDateTime now, Supplier<UUID> newAlertId) {
        var key = wish.key();
        var today = now.toLocalDate();
        if (key.date().isAfter(today)) {
            return new Verdict.InFuture();
        }
        var opensAt = key.date().atTime(rules.opensAt(key.round())).atZone(now.getOffset()).toOffsetDateTime();
        if (now.isBefore(opensAt)) {
            return new Verdict.NotYetOpen(key.round(), opensAt);
        }
        if (key.date().isBefore(today.minusDays(rules.correctionDays()))) {
            return new Verdict.TooOld(rules.correctionDays());
        }
        int tenths = wish.measurement().temperatureTenths();
        if (tenths < rules.plausibleMinTenths() || tenths > rules.plausibleMaxTenths()) {
            return new Verdict.Implausible(rules.plausibleMinTenths(), rules.plausibleMaxTenths());
        }
        if (wish.measurement().symptoms().contains(Symptom.OTHER) && wish.measurement().note() == null) {
            return new Verdict.NoteMissing();
        }
        return accept(wish, facts, rules, now, newAlertId);
    }

    private static Verdict accept(Wish wish, Facts facts, HealthRules rules, OffsetDateTime now, Supplier<UUID> newAlertId) {
        var current = facts.current();
        if (current != null && current.measurement().equals(wish.measurement()) && current.reportedBy().equals(wish.reportedBy())) {
            return new Verdict.Unchanged(current);
        }
        boolean alerting = needsAlert(wish.measurement(), rules);
        var effect = !alerting ? AlertEffect.NONE : facts.openAlertId() == null ? AlertEffect.OPENS : AlertEffect.JOINS;
        var alertId = switch (effect) {
            case OPENS -> newAlertId.get();
            case JOINS -> facts.openAlertId();
            // A correction does not undo that an alert was opened by the report it corrects.
            case NONE -> current == null ? null : current.alertId();
        };
        // A report that was on time stays so when it is corrected after the cut-off.
        var status = current == null ? statusOf(wish.key().date(), now, rules) : current.status();
        int version = current == null ? 1 : current.version() + 1;
        return new Verdict.Accepted(new HealthReport(facts.compoundId(), wish.key(), wish.measurement(), status, wish.reportedBy(),
                wish.reportedAs(), now, version, alertId), effect);
    }

    /** Whether a round of {@code date} can be reported yet, is open, or is past its cut-off. */
    static RoundState stateOf(LocalDate date, Round round, HealthRules rules, OffsetDateTime now) {
        var time = now.toLocalDateTime();
        if (time.isBefore(date.atTime(rules.opensAt(round)))) {
            return RoundState.NOT_YET;
        }
        return time.isBefore(date.atTime(rules.cutOffAt())) ? RoundState.OPEN : RoundState.CLOSED;
    }

    /**
     * How many rounds in a row are missing, up to and with {@code until}, which has no report: counted from the last report before
     * it, or from the resident's first day where there is none.
     */
    static int missedRounds(RoundKey until, @Nullable RoundKey lastReport, LocalDate firstDay) {
        long beforeFirst = firstDay.toEpochDay() * 2 - 1;
        long last = lastReport == null ? beforeFirst : Math.max(beforeFirst, position(lastReport));
        return (int) Math.max(1, position(until) - last);
    }

    private static long position(RoundKey key) {
        return key.date().toEpochDay() * 2 + key.round().ordinal();
    }
}
