package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.Year;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which days a compound works: as published, and as its office says. */
final class CalendarActions {
    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;
    private final PublishedDays published;

    CalendarActions(Database database, BusinessClock clock, AuditLog audit, PublishedDays published) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.published = published;
    }

    /** A day that is not as its weekday; {@code own}: the office says so. */
    record Day(LocalDate date, boolean worked, @Nullable String name, boolean own) {
    }

    /** @param listed the State Council's list of that year is known; else only weekends are, and what the office entered */
    record YearView(int year, boolean listed, List<Day> days) {
    }

    YearView year(Scope scope, UUID compound, Year year) {
        demandWhole(scope, compound);
        var days = new TreeMap<LocalDate, Day>();
        published.days().forEach((day, worked) -> days.put(day, new Day(day, worked, null, false)));
        CalendarStore.entries(database, compound).forEach(each -> days.put(each.day(), new Day(each.day(), each.worked(), each.name(), true)));
        return new YearView(year.getValue(), published.years().contains(year.getValue()),
                days.values().stream().filter(day -> day.date.getYear() == year.getValue()).toList());
    }

    /** Deadlines follow within a minute. */
    YearView set(Caller caller, Scope scope, UUID compound, LocalDate day, boolean worked, String name) {
        return change(caller, scope, compound, day, Map.of("date", day.toString(), "worked", Boolean.toString(worked)),
                tx -> CalendarStore.set(tx, compound, new CalendarStore.Entry(day, worked, name.strip()), clock.now(), caller.accountId()));
    }

    /** The day is again as it was published; {@code NOT_FOUND} where the office had said nothing of it. */
    YearView remove(Caller caller, Scope scope, UUID compound, LocalDate day) {
        return change(caller, scope, compound, day, Map.of("date", day.toString()), tx -> {
            if (!CalendarStore.remove(tx, compound, day)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
        });
    }

    private YearView change(Caller caller, Scope scope, UUID compound, LocalDate day, Map<String, String> details, Consumer<Tx> body) {
        demandWhole(scope, compound);
        database.transact(tx -> {
            body.accept(tx);
            audit.append(tx, AuditEntry.of(compound, clock.now(), Actor.of(caller, compound, List.of(Role.OFFICE)), AuditAction.WORKING_DAY_SET, "compound",
                    compound, new HashMap<>(details)));
            return compound;
        });
        return year(scope, compound, Year.of(day.getYear()));
    }

    private static void demandWhole(Scope scope, UUID compound) {
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
    }
}
