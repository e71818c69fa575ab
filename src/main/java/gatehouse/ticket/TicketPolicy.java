package gatehouse.ticket;

import static gatehouse.ticket.TicketActor.ASSIGNEE;
import static gatehouse.ticket.TicketActor.CLOCK;
import static gatehouse.ticket.TicketActor.DISPATCHER;
import static gatehouse.ticket.TicketActor.OFFICE;
import static gatehouse.ticket.TicketActor.REPAIRMAN;
import static gatehouse.ticket.TicketActor.REPORTER;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may do what with a ticket, and where it stands afterwards: pure functions. */
final class TicketPolicy {
    /** Of 1 to 5; from here on somebody is satisfied. */
    static final int SATISFIED_FROM = 4;

    private TicketPolicy() {
    }

    /** What becomes of an event. */
    sealed interface Move {
        record To(TicketState state) implements Move {
        }

        /** Not in this state. */
        record NotNow() implements Move {
        }

        /** Never by this actor. */
        record Never() implements Move {
        }

        /** The office has not agreed to the work yet. */
        record ConsentMissing() implements Move {
        }

        /** Such work waits until control is over. */
        record Suspended() implements Move {
        }

        /** It was finished too long ago. */
        record TooLate() implements Move {
        }
    }

    private static final Move NOT_NOW = new Move.NotNow();

    /**
     * What an event asks besides state and actor.
     *
     * @param assigned somebody is assigned
     * @param hold     what control has against the work now
     * @param rated    the reporter has said how it was
     * @param doneAt   when it was last finished, null where it never was
     */
    record Facts(TicketState state, boolean assigned, Hold hold, boolean rated, @Nullable OffsetDateTime doneAt) {
    }

    /** What control has against a work. */
    enum Hold {
        NOTHING,
        /** The office must agree, and has not. */
        CONSENT,
        SUSPENSION
    }

    /** By the rules and the levels as they are now, whatever they were when it was reported. */
    static Facts facts(Ticket ticket, TicketRules rules) {
        var hold = isSuspended(ticket.category(), isControlled(ticket, rules)) ? Hold.SUSPENSION
                : consent(ticket, rules) == Consent.NEEDED ? Hold.CONSENT : Hold.NOTHING;
        return new Facts(ticket.state(), ticket.assignee() != null, hold, ticket.opinion().rating() != null, ticket.course().doneAt());
    }

    static Move judge(TicketEvent event, TicketActor actor, Facts facts, TicketRules rules, OffsetDateTime now) {
        if (!actorsOf(event).contains(actor)) {
            return new Move.Never();
        }
        return guarded(event, move(event, actor, facts.state, facts.assigned), facts, rules, now);
    }

    private static Move guarded(TicketEvent event, Move move, Facts facts, TicketRules rules, OffsetDateTime now) {
        if (!(move instanceof Move.To)) {
            return move;
        }
        return switch (event) {
            case ARRIVE -> held(facts, move);
            // Who is there already leaves it done, whatever was decided meanwhile.
            case FINISH -> facts.state == TicketState.ON_SITE ? move : held(facts, move);
            case CONSENT -> facts.hold == Hold.CONSENT ? move : NOT_NOW;
            case RATE -> facts.rated ? NOT_NOW : move;
            case REOPEN -> facts.doneAt == null || now.isAfter(facts.doneAt.plus(rules.reopenWithin())) ? new Move.TooLate() : move;
            case ACCEPT, ASSIGN, PAUSE, RESUME, CONFIRM, FOLLOW_UP, CANCEL, MERGE -> move;
        };
    }

    private static Move held(Facts facts, Move move) {
        return switch (facts.hold) {
            case NOTHING -> move;
            case CONSENT -> new Move.ConsentMissing();
            case SUSPENSION -> new Move.Suspended();
        };
    }

    private static Set<TicketActor> actorsOf(TicketEvent event) {
        return switch (event) {
            case ACCEPT, MERGE, FOLLOW_UP -> EnumSet.of(DISPATCHER, OFFICE);
            case ASSIGN -> EnumSet.of(DISPATCHER, OFFICE, ASSIGNEE, REPAIRMAN);
            case ARRIVE, PAUSE, FINISH -> EnumSet.of(DISPATCHER, OFFICE, ASSIGNEE);
            case RESUME -> EnumSet.of(DISPATCHER, OFFICE, ASSIGNEE, CLOCK);
            case CONFIRM, RATE -> EnumSet.of(REPORTER);
            case REOPEN, CANCEL -> EnumSet.of(REPORTER, DISPATCHER, OFFICE);
            case CONSENT -> EnumSet.of(OFFICE);
        };
    }

    private static Move move(TicketEvent event, TicketActor actor, TicketState state, boolean assigned) {
        return switch (event) {
            case ACCEPT -> from(state, TicketState.ACCEPTED, TicketState.SUBMITTED, TicketState.REOPENED);
            case ASSIGN -> assign(actor, state);
            case ARRIVE -> switch (state) {
                case ASSIGNED -> new Move.To(TicketState.ON_SITE);
                case ACCEPTED -> actor == ASSIGNEE ? NOT_NOW : new Move.To(TicketState.ON_SITE);
                case REOPENED -> new Move.To(TicketState.ON_SITE);
                case SUBMITTED, ON_SITE, WAITING, DONE, CONFIRMED, CLOSED, CANCELLED, MERGED -> NOT_NOW;
            };
            case PAUSE -> from(state, TicketState.WAITING, TicketState.ACCEPTED, TicketState.ASSIGNED, TicketState.ON_SITE);
            case RESUME -> from(state, assigned ? TicketState.ASSIGNED : TicketState.ACCEPTED, TicketState.WAITING);
            case FINISH -> finish(actor, state);
            case CONFIRM -> from(state, TicketState.CONFIRMED, TicketState.DONE);
            case REOPEN -> from(state, TicketState.REOPENED, TicketState.DONE, TicketState.CONFIRMED, TicketState.CLOSED);
            case RATE -> from(state, TicketState.CLOSED, TicketState.CONFIRMED, TicketState.CLOSED);
            case FOLLOW_UP -> from(state, state, TicketState.CONFIRMED, TicketState.CLOSED);
            case CANCEL -> from(state, TicketState.CANCELLED, TicketState.SUBMITTED, TicketState.ACCEPTED, TicketState.ASSIGNED, TicketState.WAITING,
                    TicketState.REOPENED);
            case MERGE -> from(state, TicketState.MERGED, TicketState.SUBMITTED, TicketState.ACCEPTED, TicketState.ASSIGNED, TicketState.ON_SITE,
                    TicketState.WAITING, TicketState.REOPENED);
            case CONSENT -> from(state, state, TicketState.SUBMITTED, TicketState.ACCEPTED, TicketState.ASSIGNED, TicketState.WAITING, TicketState.REOPENED);
        };
    }

    /** A dispatcher gives it to somebody, an assignee hands it over, another repairman takes what nobody has. */
    private static Move assign(TicketActor actor, TicketState state) {
        return switch (state) {
            case ACCEPTED -> actor == ASSIGNEE ? NOT_NOW : new Move.To(TicketState.ASSIGNED);
            case SUBMITTED, REOPENED -> actor == REPAIRMAN || actor == ASSIGNEE ? NOT_NOW : new Move.To(TicketState.ASSIGNED);
            case ASSIGNED, ON_SITE -> actor == REPAIRMAN ? NOT_NOW : new Move.To(TicketState.ASSIGNED);
            case WAITING -> actor == REPAIRMAN ? NOT_NOW : new Move.To(TicketState.WAITING);
            case DONE, CONFIRMED, CLOSED, CANCELLED, MERGED -> NOT_NOW;
        };
    }

    /** Questions are answered from the desk, without anybody going there. */
    private static Move finish(TicketActor actor, TicketState state) {
        return switch (state) {
            case ASSIGNED, ON_SITE -> new Move.To(TicketState.DONE);
            case ACCEPTED, REOPENED -> actor == ASSIGNEE ? NOT_NOW : new Move.To(TicketState.DONE);
            case SUBMITTED, WAITING, DONE, CONFIRMED, CLOSED, CANCELLED, MERGED -> NOT_NOW;
        };
    }

    private static Move from(TicketState state, TicketState to, TicketState first, TicketState... others) {
        return EnumSet.of(first, others).contains(state) ? new Move.To(to) : NOT_NOW;
    }

    /** Of several that somebody is at once, the one as which they may do it; else the least refusal. */
    static Move best(List<Move> moves) {
        return moves.stream().filter(Move.To.class::isInstance).findFirst()
                .or(() -> moves.stream().filter(move -> !(move instanceof Move.Never)).findFirst()).orElseGet(Move.Never::new);
    }

    /** Somebody still owes something. */
    static boolean isOpen(TicketState state) {
        return switch (state) {
            case SUBMITTED, ACCEPTED, ASSIGNED, ON_SITE, WAITING, REOPENED -> true;
            case DONE, CONFIRMED, CLOSED, CANCELLED, MERGED -> false;
        };
    }

    /** A promise that was missed, since when. */
    record Late(Breach breach, OffsetDateTime since) {
    }

    /** The first promise that is missed now; what rests or is done misses none. The deadline's own moment is in time. */
    static Optional<Late> late(Ticket ticket, OffsetDateTime now) {
        if (!isOpen(ticket.state()) || ticket.state() == TicketState.WAITING) {
            return Optional.empty();
        }
        var clocks = ticket.clocks();
        var onSite = clocks.onSiteDueAt() == null || ticket.course().onSiteAt() != null ? Optional.<Late>empty()
                : Optional.of(new Late(Breach.ON_SITE, clocks.onSiteDueAt()));
        return Stream.concat(onSite.stream(), Stream.of(new Late(Breach.DONE, clocks.doneDueAt()))).filter(late -> now.isAfter(late.since))
                .min(Comparator.comparing(Late::since));
    }

    /** Whether a finished ticket closes now without another word of its reporter's. */
    static boolean timesOut(TicketState state, OffsetDateTime since, TicketRules rules, OffsetDateTime now) {
        return switch (state) {
            case DONE, CONFIRMED -> !now.isBefore(since.plus(rules.confirmWithin()));
            case SUBMITTED, ACCEPTED, ASSIGNED, ON_SITE, WAITING, REOPENED, CLOSED, CANCELLED, MERGED -> false;
        };
    }

    /** The first day of whose closed tickets more than numbers is kept: the last of the days counts whole. */
    static LocalDate keptFrom(LocalDate today, int days) {
        return today.minusDays(days);
    }

    /** Notes without which nobody would know what was meant. */
    static boolean wantsNote(TicketEvent event, TicketActor actor) {
        return switch (event) {
            case PAUSE, FINISH, REOPEN, FOLLOW_UP -> true;
            case CANCEL -> actor != REPORTER;
            case ACCEPT, ASSIGN, ARRIVE, RESUME, CONFIRM, RATE, MERGE, CONSENT -> false;
        };
    }

    /** @param controlled its compound, building or unit is: the strictest counts */
    static Consent consentFor(TicketCategory category, Urgency urgency, boolean controlled) {
        boolean urgent = urgency != Urgency.NORMAL || category.level() == ServiceLevel.EMERGENCY;
        return controlled && category.isUtility() && urgent ? Consent.NEEDED : Consent.NOT_NEEDED;
    }

    /** Whether the office must agree, as it is now: what was given stays given, and nobody waits for it once somebody is there or nothing is owed. */
    static Consent consent(Ticket ticket, TicketRules rules) {
        return consent(ticket, ticket.category(), ticket.urgency(), rules);
    }

    /** The same, were it sorted so. */
    static Consent consent(Ticket ticket, TicketCategory category, Urgency urgency, TicketRules rules) {
        if (ticket.consent() == Consent.GIVEN) {
            return Consent.GIVEN;
        }
        return isOpen(ticket.state()) && ticket.state() != TicketState.ON_SITE ? consentFor(category, urgency, isControlled(ticket, rules)) : Consent.NOT_NEEDED;
    }

    static boolean isControlled(Ticket ticket, TicketRules rules) {
        return rules.controlled() || ticket.place().controlled();
    }

    /** Decoration and construction wait until control is over. */
    static boolean isSuspended(TicketCategory category, boolean controlled) {
        return controlled && category.isConstruction();
    }
}
