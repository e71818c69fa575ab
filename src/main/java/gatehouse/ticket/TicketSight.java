package gatehouse.ticket;

import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which tickets somebody sees.
 *
 * @param compounds  all that are named in the others
 * @param office     compounds of which they see every ticket
 * @param desk       compounds of which they see every ticket but those about staff
 * @param workshop   compounds where they see what they are assigned and what nobody has taken
 * @param households of which they see what its members reported under their name since those who live there now do
 * @param accountId  what they reported themselves
 */
record TicketSight(UUID[] compounds, UUID[] office, UUID[] desk, UUID[] workshop, UUID[] households, UUID accountId) {
    static TicketSight of(Caller caller) {
        var office = caller.scopeBy(Set.of(Role.OFFICE)).wholeCompounds();
        var desk = caller.scopeBy(Set.of(Role.DISPATCHER, Role.SUBDISTRICT)).wholeCompounds();
        var workshop = caller.scopeBy(Set.of(Role.REPAIRMAN)).wholeCompounds();
        var home = caller.scopeBy(Set.of(Role.RESIDENT));
        var compounds = Stream.of(office, desk, workshop, home.compounds()).flatMap(Stream::of).distinct().toArray(UUID[]::new);
        return new TicketSight(compounds, office, desk, workshop, home.households(), caller.accountId());
    }

    /** Of a resident who does not work here as well. */
    boolean isHome() {
        return office.length + desk.length + workshop.length == 0;
    }

    /** The ticket of a person who works everywhere, for the clock. */
    static TicketSight whole(UUID compound) {
        var one = new UUID[] {compound};
        return new TicketSight(one, one, new UUID[0], new UUID[0], new UUID[0], compound);
    }
}
