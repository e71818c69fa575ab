package gatehouse.gate;

import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.PersonalData;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.stream.Stream;

/** The feature, put together: its routes. */
public final class Gates {
    private final VisitRoutes visits;
    private final EmergencyRoutes emergencies;

    public Gates(Database database, BusinessClock clock, KeyRing keys, PersonalData personalData, Policies policies) {
        this.visits = new VisitRoutes(new VisitActions(database, clock, keys, personalData, policies));
        this.emergencies = new EmergencyRoutes(new EmergencyActions(database, clock));
    }

    public List<Endpoint> endpoints() {
        return Stream.of(visits.endpoints(), emergencies.endpoints()).flatMap(List::stream).toList();
    }
}
