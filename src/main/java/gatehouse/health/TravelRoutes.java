package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.health.TravelActions.Wish;
import gatehouse.health.TravelStore.Declaration;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The route of travel declarations. */
public final class TravelRoutes {
    private final TravelActions actions;

    public TravelRoutes(Database database, BusinessClock clock, Policies policies) {
        this.actions = new TravelActions(database, clock, policies);
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of("declareTravel", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::declare));
    }

    record DeclareTravel(@Nullable String residentId, List<TravelStay> stays, boolean contactWithCase) {
        Wish wish() {
            return new Wish(residentId == null ? null : Identifiers.parse(residentId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)),
                    stays, contactWithCase);
        }
    }

    record DeclarationBody(UUID id, UUID residentId, List<TravelStay> stays, boolean contactWithCase, OffsetDateTime declaredAt,
                           @Nullable UUID observationId) {
        static DeclarationBody of(Declaration declaration) {
            return new DeclarationBody(declaration.id(), declaration.residentId(), declaration.stays(), declaration.contactWithCase(),
                    declaration.declaredAt(), declaration.observationId());
        }
    }

    private Reply declare(Request request) {
        return Reply.of(actions.declare(request.caller(), request.scope(), request.body(DeclareTravel.class).wish(),
                request.once(declaration -> Reply.answer(201, DeclarationBody.of(declaration)))));
    }
}
