package gatehouse.registry;

import gatehouse.audit.AuditLog;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.registry.ControlLevelStore.Place;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of control levels. */
public final class ControlLevelRoutes {
    private static final Allow OFFICE = Allow.only(Role.OFFICE, Role.ADMIN);

    private final ControlLevels levels;

    public ControlLevelRoutes(Database database, BusinessClock clock, AuditLog audit) {
        this.levels = new ControlLevels(database, clock, audit);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listControlLevels", OFFICE, this::list),
                Endpoint.of("setControlLevel", OFFICE, this::set));
    }

    private record PlaceBody(UUID id, String building, @Nullable String unit, @Nullable ControlLevel level, @Nullable String reason) {
        static PlaceBody of(Place place) {
            return new PlaceBody(place.id(), place.building(), place.unit(), place.level(), place.reason());
        }
    }

    private record LevelWish(@Nullable ControlLevel level, @Nullable String reason) {}

    private Reply list(Request request) {
        UUID compound = request.queryId("compoundId").orElseGet(() -> request.caller().compoundId());
        return Reply.ok(new Page<>(levels.list(request.scope(), compound).stream().map(PlaceBody::of).toList(), null));
    }

    private Reply set(Request request) {
        var wish = request.body(LevelWish.class);
        return Reply.ok(PlaceBody.of(levels.set(request.caller(), request.scope(), request.pathId("id"), wish.level(), wish.reason())));
    }
}
