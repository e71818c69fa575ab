package gatehouse.simulation;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a ticket is due, counted minute by minute from what the domain says; shares nothing with the product, neither its code nor its list of
 * holidays. Minutes are counted from the first of the calendar.
 */
final class MinuteBook {
    private static final int DAY = 1_440;
    private static final int SERVICE_BEGINS = 7 * 60;
    private static final int SERVICE_ENDS = 22 * 60;
    private static final int NEVER = Integer.MAX_VALUE;

    /** As the notice of 4 November 2025 has them. */
    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2026, 9, 25), LocalDate.of(2026, 9, 26), LocalDate.of(2026, 9, 27),
            LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 2), LocalDate.of(2026, 10, 3), LocalDate.of(2026, 10, 4), LocalDate.of(2026, 10, 5),
            LocalDate.of(2026, 10, 6), LocalDate.of(2026, 10, 7));
    private static final Set<LocalDate> WORKED = Set.of(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 10));

    /** Which minutes count. */
    static final class Calendar {
        private final LocalDate first;
        private final boolean[] worked;
        /** The one rule that the month changes. */
        int doorsDays = 2;

        Calendar(LocalDate first, int days) {
            this.first = first;
            this.worked = new boolean[days];
            for (int i = 0; i < days; i++) {
                var day = first.plusDays(i);
                boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
                worked[i] = WORKED.contains(day) || !weekend && !HOLIDAYS.contains(day);
            }
        }

        void close(LocalDate day) {
            worked[Math.toIntExact(day.toEpochDay() - first.toEpochDay())] = false;
        }

        private boolean counts(int minute, Clock clock) {
            int ofDay = minute % DAY;
            boolean service = ofDay >= SERVICE_BEGINS && ofDay < SERVICE_ENDS;
            return switch (clock) {
                case ROUND -> true;
                case SERVICE -> service;
                case WORK -> service && worked[minute / DAY];
            };
        }
    }

    private enum Clock { ROUND, SERVICE, WORK }

    /** Either so many minutes, or until the service of so many further days is over. */
    private record Promise(Clock clock, int minutes, int days) {
    }

    /** A time in which nothing counts. */
    private record Rest(int from, int to) {
    }

    record Expected(@Nullable Integer onSiteDue, int doneDue, @Nullable Integer lateSince, @Nullable String lateWith) {
    }

    private final Calendar calendar;
    private final String level;
    private final List<Rest> rests = new ArrayList<>();
    private int start;
    private boolean open = true;
    private boolean resting;
    private int restingSince;
    private boolean arrived;
    private @Nullable Integer onSiteDue;
    private int doneDue;
    private @Nullable Integer lateSince;
    private @Nullable String lateWith;

    MinuteBook(Calendar calendar, String level, int start) {
        this.calendar = calendar;
        this.level = level;
        this.start = start;
        recount();
    }

    Expected expected() {
        return new Expected(onSiteDue, doneDue, lateSince, lateWith);
    }

    /** The rules have changed; what is done stays as it was promised. */
    void recount() {
        if (open) {
            onSiteDue = level.equals("EMERGENCY") || level.equals("NEIGHBOUR_COMPLAINT") ? due(new Promise(Clock.ROUND, 15, 0)) : null;
            doneDue = due(promise());
        }
    }

    private Promise promise() {
        return switch (level) {
            case "EMERGENCY" -> new Promise(Clock.ROUND, 24 * 60, 0);
            case "SMALL_REPAIR" -> new Promise(Clock.SERVICE, 0, 0);
            case "PUBLIC_LIGHTING" -> new Promise(Clock.SERVICE, 0, 2);
            case "PUBLIC_DOORS" -> new Promise(Clock.WORK, 0, calendar.doorsDays);
            case "PUBLIC_PARTS" -> new Promise(Clock.WORK, 0, 3);
            case "OTHER_REPAIR", "SUGGESTION" -> new Promise(Clock.WORK, 0, 7);
            case "OTHER_DEPARTMENT" -> new Promise(Clock.WORK, 0, 2);
            case "NEIGHBOUR_COMPLAINT", "OTHER_COMPLAINT" -> new Promise(Clock.SERVICE, 8 * 60, 0);
            case "ENQUIRY" -> new Promise(Clock.SERVICE, 30, 0);
            default -> throw new IllegalArgumentException(level);
        };
    }

    /** Walks until as many counted minutes have gone by, outside of rests, as there are in the promise without any rest. */
    private int due(Promise promise) {
        int left = promise.minutes > 0 ? promise.minutes : minutesUntil(promise);
        int minute = start;
        while (left > 0) {
            if (calendar.counts(minute, promise.clock) && !rests(minute)) {
                left--;
            }
            minute++;
        }
        return minute;
    }

    /** How many minutes count from the start until the service of its last day is over. */
    private int minutesUntil(Promise promise) {
        int day = start % DAY >= SERVICE_ENDS ? start / DAY + 1 : start / DAY;
        for (int further = promise.days; further > 0; ) {
            day++;
            if (promise.clock != Clock.WORK || calendar.worked[day]) {
                further--;
            }
        }
        int counted = 0;
        for (int minute = start; minute < day * DAY + SERVICE_ENDS; minute++) {
            counted += calendar.counts(minute, promise.clock) ? 1 : 0;
        }
        return counted;
    }

    private boolean rests(int minute) {
        for (var rest : rests) {
            if (minute >= rest.from && minute < rest.to) {
                return true;
            }
        }
        return false;
    }

    /** Somebody looks at the clock: what is past its promise now is late, since the first of them. */
    void look(int now) {
        if (!open || resting || lateSince != null) {
            return;
        }
        int onSite = onSiteDue == null || arrived ? NEVER : onSiteDue;
        if (now > Math.min(onSite, doneDue)) {
            lateSince = Math.min(onSite, doneDue);
            lateWith = onSite <= doneDue ? "ON_SITE" : "DONE";
        }
    }

    void arrive() {
        arrived = true;
    }

    void pause(int now) {
        resting = true;
        restingSince = now;
    }

    void resume(int now) {
        resting = false;
        rests.add(new Rest(restingSince, now));
        recount();
    }

    void finish() {
        open = false;
    }

    void reopen(int now) {
        open = true;
        arrived = false;
        rests.clear();
        start = now;
        recount();
    }
}
