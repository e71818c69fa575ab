package gatehouse.monitor;

import static gatehouse.kernel.Role.ADMIN;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.http.Sse;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Changes;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executor;

/** The routes of the monitor. */
public final class MonitorRoutes implements AutoCloseable {
    /** Who watches numbers. */
    public static final Allow WATCHERS = Allow.only(GRID_WORKER, OFFICE, HEALTH_CENTRE, SUBDISTRICT, ADMIN);

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private final BusinessClock clock;
    private final MonitorPicture picture;
    private final MonitorFeed feed;

    /** {@code sources}: the features that have figures. */
    public MonitorRoutes(Database database, BusinessClock clock, Changes changes, Executor virtualThreads, List<FigureSource> sources) {
        this.clock = clock;
        this.picture = new MonitorPicture(database, sources);
        this.feed = new MonitorFeed(picture, clock, changes, virtualThreads);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("getMonitor", WATCHERS, this::figures),
                Endpoint.streaming("streamMonitor", WATCHERS, this::stream));
    }

    private Reply figures(Request request) {
        return Reply.ok(picture.of(sight(request), day(request, clock)));
    }

    /** The day that is asked for, today where none is. Nothing was counted before {@link #FIRST_DAY}, when clocks also went otherwise. */
    public static LocalDate day(Request request, BusinessClock clock) {
        var day = request.queryDate("date").orElseGet(clock::today);
        if (day.isBefore(FIRST_DAY)) {
            throw Problem.badField("?date", FieldFault.TOO_SMALL, FIRST_DAY);
        }
        return day;
    }

    private Sse.Source stream(Request request) {
        return feed.of(sight(request));
    }

    private static Sight sight(Request request) {
        return Sight.of(request.caller(), WATCHERS.roles());
    }

    @Override
    public void close() {
        feed.close();
    }
}
