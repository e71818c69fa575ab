package gatehouse.demonstration;

import gatehouse.demonstration.History.Alert;
import gatehouse.demonstration.History.Replaced;
import gatehouse.demonstration.History.Report;
import gatehouse.demonstration.Neighbourhood.Household;
import gatehouse.demonstration.Neighbourhood.Resident;
import gatehouse.demonstration.Story.Course;
import gatehouse.demonstration.Story.Reading;
import gatehouse.health.Measurement;
import gatehouse.health.ReportStatus;
import gatehouse.health.ReportedAs;
import gatehouse.health.Round;
import gatehouse.health.Symptom;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Ids;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Invents how households reported, day by day: most soon after 9:00 and 15:00, some after the last reminder, some late, some not at
 * all. The whole of today is invented as well and then cut at now, so that the hour of the start changes nothing of what was before.
 */
final class HistoryMaker {
    static final int DAYS = 8;
    static final LocalTime CUT_OFF = LocalTime.of(16, 0);
    private static final LocalTime LAST_REMINDER = LocalTime.of(15, 45);
    private static final long SEED = 90_01_500;

    private static final int OPEN_TODAY_PERCENT = 25;
    private static final int LATE_DAY_PERCENT = 3;
    private static final int MORNING_FORGOTTEN_PERCENT = 3;
    private static final int AFTER_REMINDER_PERCENT = 7;
    private static final int BY_THEMSELVES_PERCENT = 30;
    private static final int ONE_LEFT_OUT_PERMILLE = 12;
    private static final int CORRECTED_PERMILLE = 3;
    private static final int NOTED_PERMILLE = 12;
    private static final int UNWELL_PERMILLE = 1;
    private static final List<String> NOTES = List.of("早饭后测的", "刚散步回来，休息后测的", "水银体温计", "额温枪", "一切正常", "在家办公，没有外出");
    private static final Measurement UNWELL = new Measurement(364, List.of(Symptom.OTHER), "轻微鼻塞，换季过敏");
    private static final String CORRECTED_NOTE = "刚才填错了，已更正";
    private static final String CONFIRMED_NOTE = "电话核实";

    private final LocalDate today;
    private final OffsetDateTime now;
    private final Random random = new Random(SEED);
    private final Map<UUID, Integer> usualTenths = new HashMap<>();
    private final Map<UUID, Integer> calls = new HashMap<>();
    private final List<List<Report>> reports = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();

    private HistoryMaker(OffsetDateTime now) {
        this.now = now;
        this.today = now.toLocalDate();
    }

    /** The last {@value #DAYS} days of everybody, up to now. */
    static History make(Neighbourhood neighbourhood, OffsetDateTime now) {
        var maker = new HistoryMaker(now);
        for (var compound : neighbourhood.compounds()) {
            compound.households().forEach(household -> maker.tell(household, compound.story()));
        }
        return maker.untilNow();
    }

    private void tell(Household household, Story story) {
        var days = new HouseholdDays(household, story, story.courseOf(household.label().toString()), usualDelay(household));
        household.members().forEach(each -> usualTenths.put(each.id(), usualTemperature()));
        for (int daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--) {
            tellDay(days, daysAgo);
        }
    }

    private void tellDay(HouseholdDays days, int daysAgo) {
        var day = dayOf(days, daysAgo);
        for (Round round : Round.values()) {
            boolean missing = random.nextInt(100) < days.household.missingPercent();
            var receivedAt = receivedAt(days, day, daysAgo, round);
            if (missing || day == Day.SILENT) {
                days.illness(daysAgo, round).ifPresent(reading -> reportIllness(days, daysAgo, reading));
            } else {
                reportAll(days, daysAgo, round, receivedAt);
            }
        }
    }

    /** @param delay the minutes that they usually take after the measuring time; on the phone, their place in the row */
    private record HouseholdDays(Household household, Story story, Optional<Course> course, Duration delay) {
        Optional<Reading> illness(int daysAgo, Round round) {
            return course.flatMap(each -> each.on(daysAgo, round));
        }

        List<Resident> reporters() {
            return household.members().stream().filter(each -> each.account().isPresent()).toList();
        }
    }

    private enum Day {
        USUAL, MORNING_FORGOTTEN, LATE, SILENT
    }

    private Day dayOf(HouseholdDays days, int daysAgo) {
        int drawn = random.nextInt(100);
        boolean leftOpen = random.nextInt(100) < OPEN_TODAY_PERCENT && days.course.isEmpty();
        var label = days.household.label().toString();
        if (days.story.isSilent(label) && daysAgo <= 1 || daysAgo == 0 && (leftOpen || days.story.isOpenToday(label))) {
            return Day.SILENT;
        }
        if (days.course.isPresent() || days.reporters().isEmpty() || days.story.families().containsKey(label)) {
            return Day.USUAL;
        }
        return drawn < LATE_DAY_PERCENT ? Day.LATE : drawn < LATE_DAY_PERCENT + MORNING_FORGOTTEN_PERCENT ? Day.MORNING_FORGOTTEN : Day.USUAL;
    }

    private OffsetDateTime receivedAt(HouseholdDays days, Day day, int daysAgo, Round round) {
        var usual = usualTime(days, daysAgo, round);
        var jitter = Duration.ofMillis(random.nextInt(60_000));
        int minutesLate = random.nextInt(1, 240);
        return switch (day) {
            case USUAL, SILENT -> usual;
            case MORNING_FORGOTTEN -> at(daysAgo, measuringTime(Round.AFTERNOON)).plusMinutes(1 + minutesLate % 40).plus(jitter);
            case LATE -> at(daysAgo, CUT_OFF).plusMinutes(minutesLate).plus(jitter);
        };
    }

    /** Always before the cut-off. */
    private OffsetDateTime usualTime(HouseholdDays days, int daysAgo, Round round) {
        var measuredAt = at(daysAgo, measuringTime(round));
        var jitter = Duration.ofMillis(random.nextInt(60_000));
        boolean afterReminder = random.nextInt(100) < AFTER_REMINDER_PERCENT;
        int reminderMinutes = random.nextInt(13);
        double luck = -Math.log(1 - random.nextDouble());
        if (days.reporters().isEmpty()) {
            return measuredAt.plus(days.delay).plus(jitter);
        }
        if (afterReminder) {
            return at(daysAgo, LAST_REMINDER).plusMinutes(reminderMinutes).plus(jitter);
        }
        long mostMinutes = round == Round.MORNING ? 300 : 50;
        return measuredAt.plusSeconds(Math.min((long) (luck * days.delay.toSeconds()), mostMinutes * 60)).plus(jitter);
    }

    /** Who has no phone is called, one after the other. */
    private Duration usualDelay(Household household) {
        int minutes = random.nextInt(3, 22);
        if (household.members().stream().anyMatch(each -> each.account().isPresent())) {
            return Duration.ofMinutes(minutes);
        }
        return Duration.ofSeconds(180 + 90L * (calls.merge(household.phonedBy(), 1, Integer::sum) - 1));
    }

    private void reportAll(HouseholdDays days, int daysAgo, Round round, OffsetDateTime receivedAt) {
        var reporters = days.reporters();
        var main = reporters.isEmpty() ? Optional.<Resident>empty() : Optional.of(random.nextInt(100) < 75 ? reporters.getFirst() : reporters.getLast());
        var illness = days.illness(daysAgo, round);
        for (var member : days.household.members()) {
            boolean ill = illness.isPresent() && member == days.household.members().getFirst();
            boolean byThemselves = random.nextInt(100) < BY_THEMSELVES_PERCENT && member.account().isPresent();
            var own = byThemselves && main.isPresent() && main.get() != member ? receivedAt.plusSeconds(random.nextInt(20, 600)) : receivedAt;
            boolean leftOut = random.nextInt(1000) < ONE_LEFT_OUT_PERMILLE;
            var usual = usualMeasurement(member, round);
            if (ill) {
                reportIllness(days, daysAgo, illness.get());
            } else if (!leftOut) {
                var by = byThemselves ? Optional.of(member) : main;
                report(days.household, member, by, at(daysAgo, round), own, usual);
            }
        }
    }

    private record When(LocalDate date, Round round) {
    }

    private When at(int daysAgo, Round round) {
        return new When(today.minusDays(daysAgo), round);
    }

    private void report(Household household, Resident member, Optional<Resident> by, When when, OffsetDateTime receivedAt, Measurement measurement) {
        var reporter = by.flatMap(Resident::account).map(Neighbourhood.Account::id).orElse(household.phonedBy());
        var as = by.isEmpty() ? ReportedAs.STAFF : by.get() == member ? ReportedAs.SELF : ReportedAs.HOUSEHOLD_MEMBER;
        var report = new Report(member, when.date, when.round, 1, measurement, statusAt(when.date, receivedAt), reporter, as, receivedAt,
                Optional.empty());
        boolean slipped = random.nextInt(1000) < CORRECTED_PERMILLE && measurement.symptoms().isEmpty() || isTheStorysSlip(household, member, when);
        reports.add(slipped ? corrected(report, household) : List.of(report));
    }

    /** The child of the first household, yesterday morning: so that there is a correction to be looked at. */
    private boolean isTheStorysSlip(Household household, Resident member, When when) {
        return when.equals(at(1, Round.MORNING)) && member == household.members().getLast()
                && household.members().getFirst().person().phone().filter(DemonstrationLogin.FATHER.phoneNumber()::equals).isPresent();
    }

    /** Mistyped at first; now and then staff asks by phone after that. */
    private List<Report> corrected(Report right, Household household) {
        int tenths = right.measurement().temperatureTenths();
        int wrong = tenths - random.nextInt(6, 13);
        var versions = new ArrayList<Report>();
        versions.add(version(right, 1, new Measurement(wrong, List.of(), null), right.reportedBy(), right.reportedAs(), right.receivedAt()));
        var second = right.receivedAt().plusSeconds(random.nextInt(40, 1_500));
        versions.add(version(right, 2, new Measurement(tenths, List.of(), CORRECTED_NOTE), right.reportedBy(), right.reportedAs(), second));
        if (random.nextInt(100) < 15) {
            versions.add(version(right, 3, new Measurement(tenths, List.of(), CONFIRMED_NOTE), household.phonedBy(), ReportedAs.STAFF,
                    second.plusMinutes(random.nextInt(20, 120))));
        }
        return versions;
    }

    private static Report version(Report of, int number, Measurement measurement, UUID by, ReportedAs as, OffsetDateTime receivedAt) {
        return new Report(of.resident(), of.date(), of.round(), number, measurement, of.status(), by, as, receivedAt, Optional.empty());
    }

    /** An illness is reported soon after the measuring time, whatever the household does else. */
    private void reportIllness(HouseholdDays days, int daysAgo, Reading reading) {
        var member = days.household.members().getFirst();
        var when = at(daysAgo, reading.round());
        var receivedAt = at(daysAgo, measuringTime(reading.round())).plusSeconds(130 + (long) daysAgo * 17);
        boolean alerting = reading.isAlerting();
        if (alerting && alerts.stream().noneMatch(alert -> alert.resident() == member)) {
            alerts.add(new Alert(member, Ids.next(), receivedAt, days.course.orElseThrow().closing().map(closing -> at(closing.daysAgo(), closing.at()))));
        }
        var by = days.reporters().stream().findFirst();
        var alertId = alerting ? Optional.of(alerts.getLast().id()) : Optional.<UUID>empty();
        reports.add(List.of(new Report(member, when.date, when.round, 1, reading.measurement(), ReportStatus.ON_TIME,
                by.flatMap(Resident::account).map(Neighbourhood.Account::id).orElse(days.household.phonedBy()),
                by.isEmpty() ? ReportedAs.STAFF : by.get() == member ? ReportedAs.SELF : ReportedAs.HOUSEHOLD_MEMBER, receivedAt, alertId)));
    }

    /** 36.2–36.8, around which somebody's temperature moves. */
    private int usualTemperature() {
        return Math.clamp(Math.round(365 + random.nextGaussian() * 1.4), 362, 368);
    }

    private Measurement usualMeasurement(Resident member, Round round) {
        int warmer = round == Round.AFTERNOON ? 1 : 0;
        int tenths = Math.clamp(Math.round(usualTenths.get(member.id()) + warmer + random.nextGaussian() * 0.9), 361, 369);
        int noteworthy = random.nextInt(1000);
        var note = NOTES.get(random.nextInt(NOTES.size()));
        if (noteworthy < UNWELL_PERMILLE) {
            return UNWELL;
        }
        return new Measurement(tenths, List.of(), noteworthy < UNWELL_PERMILLE + NOTED_PERMILLE ? note : null);
    }

    private History untilNow() {
        var current = new ArrayList<Report>();
        var replaced = new ArrayList<Replaced>();
        for (var versions : reports) {
            var known = versions.stream().filter(each -> !each.receivedAt().isAfter(now)).toList();
            for (int i = 0; i + 1 < known.size(); i++) {
                replaced.add(new Replaced(known.get(i), known.get(i + 1).receivedAt()));
            }
            if (!known.isEmpty()) {
                current.add(known.getLast());
            }
        }
        current.sort(Comparator.comparing(Report::receivedAt));
        return new History(current, replaced, alerts.stream().filter(alert -> !alert.openedAt().isAfter(now)).toList());
    }

    private static ReportStatus statusAt(LocalDate date, OffsetDateTime receivedAt) {
        return receivedAt.toLocalDateTime().isBefore(date.atTime(CUT_OFF)) ? ReportStatus.ON_TIME : ReportStatus.LATE;
    }

    private static LocalTime measuringTime(Round round) {
        return switch (round) {
            case MORNING -> LocalTime.of(9, 0);
            case AFTERNOON -> LocalTime.of(15, 0);
        };
    }

    private OffsetDateTime at(int daysAgo, LocalTime time) {
        return today.minusDays(daysAgo).atTime(time).atZone(BusinessClock.ZONE).toOffsetDateTime();
    }
}
