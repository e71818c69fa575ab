package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.audit.AuditLog;
import gatehouse.disclosure.HealthLooks;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.health.TravelActions.View;
import gatehouse.health.TravelActions.Wish;
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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of travel declarations. */
public final class TravelRoutes {
    private final TravelActions actions;
    private final HealthLooks looks;

    public TravelRoutes(Database database, BusinessClock clock, Policies policies, AuditLog audit, HealthLooks looks) {
        this.looks = looks;
        this.actions = new TravelActions(database, clock, policies, audit);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("declareTravel", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::declare),
                Endpoint.of("listTravelDeclarations", Allow.only(RESIDENT, GRID_WORKER, OFFICE, HEALTH_CENTRE), this::list),
                Endpoint.of("addTravelTest", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::addTest));
    }

    record TestBody(LocalDate takenOn, TestResult result) {
        static TestBody of(Test test) {
            return new TestBody(test.takenOn(), test.result());
        }

        Test test() {
            return new Test(takenOn, result);
        }
    }

    record StayBody(String regionCode, String regionName, LocalDate arrivedOn, LocalDate leftOn, String transport, @Nullable Boolean outsideListed) {
        static StayBody of(TravelStay stay) {
            return new StayBody(stay.regionCode(), stay.regionName(), stay.arrivedOn(), stay.leftOn(), stay.transport(),
                    stay.outsideListed() ? true : null);
        }

        TravelStay stay() {
            return new TravelStay(regionCode, regionName, arrivedOn, leftOn, transport, Boolean.TRUE.equals(outsideListed));
        }
    }

    record DeclareTravel(@Nullable String residentId, List<StayBody> stays, boolean contactWithCase, @Nullable TestBody test) {
        Wish wish() {
            return new Wish(residentId == null ? null : Identifiers.parse(residentId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)),
                    stays.stream().map(StayBody::stay).toList(), contactWithCase, test == null ? null : test.test());
        }
    }

    /** {@code declaredBy} for staff only. */
    record DeclarationBody(UUID id, UUID residentId, String residentName, String household, List<StayBody> stays, boolean contactWithCase,
                           OffsetDateTime declaredAt, @Nullable String declaredBy, @Nullable UUID observationId, TravelProof proof,
                           @Nullable LocalDate proofFrom, List<TestBody> tests) {
        static DeclarationBody of(View view) {
            var declaration = view.named().declaration();
            return new DeclarationBody(declaration.id(), declaration.residentId(), view.named().residentName(), view.named().household(),
                    declaration.stays().stream().map(StayBody::of).toList(), declaration.contactWithCase(), declaration.declaredAt(), view.names() ? view.named().byName() : null,
                    declaration.observationId(), view.proof(), declaration.proofFrom(), view.tests().stream().map(TestBody::of).toList());
        }
    }

    private Reply declare(Request request) {
        return Reply.of(actions.declare(request.caller(), request.scope(), request.body(DeclareTravel.class).wish(),
                request.once(view -> Reply.answer(201, DeclarationBody.of(view)))));
    }

    private Reply list(Request request) {
        var residentId = request.queryId("residentId").orElse(null);
        var page = actions.list(request.caller(), request.scope(), residentId, request.queryFlag("lackingProof"), request.page());
        if (residentId != null && !page.items().isEmpty()) {
            looks.enterAndWait(request.caller(), page.items().getFirst().named().declaration().compoundId(), residentId);
        }
        return Reply.ok(Request.withCursor(page.map(DeclarationBody::of)));
    }

    private Reply addTest(Request request) {
        return Reply.of(actions.addTest(request.caller(), request.scope(), request.pathId("id"), request.body(TestBody.class).test(),
                request.once(view -> Reply.answer(201, DeclarationBody.of(view)))));
    }
}
