package gatehouse.ticket;

import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import gatehouse.ticket.TicketStore.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How much of a ticket somebody may read.
 *
 * @param own     they reported it, or it is their household's
 * @param staff   they read internal notes
 * @param contact they read who reported it, and how to reach them: never of an anonymous complaint but one's own
 */
record TicketReading(boolean own, boolean staff, boolean contact, boolean staffNames) {
    static TicketReading of(Caller caller, Ticket ticket) {
        boolean own = isReporter(caller, ticket);
        boolean desk = reaches(caller, Role.OFFICE, ticket) || reaches(caller, Role.DISPATCHER, ticket);
        boolean assigned = isAssignee(caller, ticket);
        boolean staff = desk || assigned || reaches(caller, Role.REPAIRMAN, ticket) || reaches(caller, Role.SUBDISTRICT, ticket);
        return new TicketReading(own, staff, own || (desk || assigned) && !ticket.reporter().anonymous(), staff || !ticket.reporter().anonymous());
    }

    private static boolean reaches(Caller caller, Role role, Ticket ticket) {
        return caller.scopeBy(Set.of(role)).seesWholeCompound(ticket.compoundId());
    }

    private static boolean isAssignee(Caller caller, Ticket ticket) {
        return ticket.assignee() != null && ticket.assignee().accountId().equals(caller.accountId());
    }

    /**
     * Their own account's, or reported under its name by somebody of their household, or by staff for it. Staff who wrote down a call are not
     * its reporter: they must not confirm what they themselves sent somebody for.
     */
    private static boolean isReporter(Caller caller, Ticket ticket) {
        var reporter = ticket.reporter();
        return reporter.residentId() != null && reporter.accountId().equals(caller.accountId())
                || !reporter.anonymous() && reporter.householdId() != null && reporter.householdId().equals(caller.householdId());
    }

    /** All that somebody is to this ticket. */
    static List<TicketActor> actors(Caller caller, Ticket ticket) {
        var actors = new ArrayList<TicketActor>();
        if (isReporter(caller, ticket)) {
            actors.add(TicketActor.REPORTER);
        }
        if (isAssignee(caller, ticket)) {
            actors.add(TicketActor.ASSIGNEE);
        }
        for (var role : Role.values()) {
            if (role == Role.REPAIRMAN && isAssignee(caller, ticket)) {
                continue;
            }
            if (role == Role.RESIDENT ? caller.is(role) : reaches(caller, role, ticket)) {
                actors.add(actorOf(role));
            }
        }
        return actors;
    }

    static TicketActor actorOf(Role role) {
        return switch (role) {
            case RESIDENT -> TicketActor.RESIDENT;
            case GUARD -> TicketActor.GUARD;
            case GRID_WORKER -> TicketActor.GRID_WORKER;
            case DISPATCHER -> TicketActor.DISPATCHER;
            case REPAIRMAN -> TicketActor.REPAIRMAN;
            case OFFICE -> TicketActor.OFFICE;
            case HEALTH_CENTRE -> TicketActor.HEALTH_CENTRE;
            case SUBDISTRICT -> TicketActor.SUBDISTRICT;
            case ADMIN -> TicketActor.ADMIN;
        };
    }

    static TicketActor staffActor(Caller caller, Ticket ticket) {
        return reaches(caller, Role.OFFICE, ticket) ? TicketActor.OFFICE : TicketActor.DISPATCHER;
    }

    /** A resident reports as the reporter; staff who write down a call report as staff. */
    static TicketActor reportsAs(Caller caller) {
        return caller.is(Role.RESIDENT) ? TicketActor.REPORTER : caller.is(Role.OFFICE) ? TicketActor.OFFICE : TicketActor.DISPATCHER;
    }

    boolean shows(Entry entry) {
        return staff || !entry.words().internal();
    }

    /** Residents are named where they may be known, staff where the reporter does not hide from them. */
    boolean names(Entry entry) {
        return switch (entry.actor()) {
            case REPORTER, RESIDENT -> contact;
            case ASSIGNEE, REPAIRMAN, DISPATCHER, OFFICE, SUBDISTRICT, GUARD, GRID_WORKER, HEALTH_CENTRE, ADMIN -> staffNames;
            case CLOCK -> false;
        };
    }

}
