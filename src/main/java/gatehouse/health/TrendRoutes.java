package gatehouse.health;

import gatehouse.health.TrendActions.Completion;
import gatehouse.health.TrendActions.Temperatures;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.monitor.MonitorRoutes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the live picture's curves. */
public final class TrendRoutes {
    private final TrendActions actions;
    private final BusinessClock clock;

    public TrendRoutes(TrendActions actions, BusinessClock clock) {
        this.actions = actions;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("getCompletion", MonitorRoutes.WATCHERS, this::completion),
                Endpoint.of("getTemperatures", MonitorRoutes.WATCHERS, this::temperatures));
    }

    /** {@code until}: the end of the quarter of an hour. */
    record QuarterBody(OffsetDateTime until, int morning, int afternoon) {
    }

    record CompletionOfCompound(UUID id, String name, int expected, List<QuarterBody> quarters) {
    }

    record CompletionBody(LocalDate date, List<CompletionOfCompound> compounds) {
    }

    record DayBody(LocalDate date, int residents, @Nullable BigDecimal median, @Nullable BigDecimal highest, int fevers) {
    }

    record TemperaturesOfCompound(UUID id, String name, BigDecimal feverAbove, List<DayBody> days) {
    }

    record TemperaturesBody(LocalDate from, LocalDate to, List<TemperaturesOfCompound> compounds) {
    }

    private Reply completion(Request request) {
        var date = MonitorRoutes.day(request, clock);
        return Reply.ok(new CompletionBody(date, actions.completion(request.scope(), date).stream().map(each -> body(date, each)).toList()));
    }

    private static CompletionOfCompound body(LocalDate date, Completion completion) {
        var midnight = date.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime();
        var compound = completion.compound();
        return new CompletionOfCompound(compound.compoundId(), compound.compound(), compound.residents(), completion.soFar().stream()
                .map(each -> new QuarterBody(midnight.plusMinutes(15L * (each.quarter() + 1)), each.morning(), each.afternoon())).toList());
    }

    private Reply temperatures(Request request) {
        var days = actions.days(request.queryDate("from"), request.queryDate("to"));
        return Reply.ok(new TemperaturesBody(days.from(), days.to(),
                actions.temperatures(request.scope(), days).stream().map(TrendRoutes::body).toList()));
    }

    private static TemperaturesOfCompound body(Temperatures temperatures) {
        var compound = temperatures.compound();
        return new TemperaturesOfCompound(compound.compoundId(), compound.compound(), celsius(temperatures.feverAboveTenths()),
                temperatures.days().stream().map(day -> new DayBody(day.date(), day.spread().residents(), celsius(day.spread().medianTenths()),
                        celsius(day.spread().highestTenths()), day.fevers())).toList());
    }

    private static @Nullable BigDecimal celsius(OptionalInt tenths) {
        return tenths.isPresent() ? celsius(tenths.getAsInt()) : null;
    }

    private static BigDecimal celsius(int tenths) {
        return BigDecimal.valueOf(tenths, 1);
    }
}
