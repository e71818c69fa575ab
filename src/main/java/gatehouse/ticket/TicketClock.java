package gatehouse.ticket;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import gatehouse.ticket.TicketClockStore.Stamp;
import gatehouse.ticket.TicketStore.Author;
import gatehouse.ticket.TicketStore.Words;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What happens to tickets by the clock. Each ticket is done in a transaction of its own and looked at again in it, so whatever runs twice does nothing more. */
final class TicketClock {
    private static final int AT_ONCE = 200;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Calendars calendars;

    TicketClock(Database database, BusinessClock clock, Policies policies, Calendars calendars) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.calendars = calendars;
    }

    /** Everything that is due; answers how many tickets changed. */
    int keepTime() {
        var now = clock.now();
        calendars.warnOnce(now.toLocalDate());
        return untilNothingIsLeft(() -> resumeWhatIsOver(now)) + recompute(now) + settleConsents(now) + untilNothingIsLeft(() -> markLate(now))
                + untilNothingIsLeft(() -> escalate(now)) + untilNothingIsLeft(() -> closeWhatTimedOut(now));
    }

    private static int untilNothingIsLeft(IntSupplier batch) {
        int all = 0;
        for (int done = batch.getAsInt(); done > 0; done = batch.getAsInt()) {
            all += done;
        }
        return all;
    }

    private int each(List<TicketClockStore.Key> keys, Function<Tx, Function<Ticket, Boolean>> body) {
        int changed = 0;
        for (var key : keys) {
            changed += database.transact(tx -> {
                var ticket = TicketStore.lock(tx, TicketSight.whole(key.compoundId()), key.id());
                boolean done = ticket.isPresent() && body.apply(tx).apply(ticket.get());
                if (done) {
                    tx.changes(key.compoundId());
                }
                return done;
            }) ? 1 : 0;
        }
        return changed;
    }

    private int resumeWhatIsOver(OffsetDateTime now) {
        return each(TicketClockStore.pausesOver(database, now, AT_ONCE), tx -> ticket -> {
            var over = ticket.clocks().resumeAt();
            if (ticket.state() != TicketState.WAITING || over == null || over.isAfter(now)) {
                return false;
            }
            var to = ticket.assignee() == null ? TicketState.ACCEPTED : TicketState.ASSIGNED;
            // The pause ends when it was to end, however late the clock is.
            TicketStore.resume(tx, ticket, to, over);
            redue(tx, ticket);
            TicketStore.append(tx, ticket, TrailEvent.RESUME, to, now, Author.CLOCK, Words.of(TrailReason.PAUSE_OVER));
            TicketNews.progress(tx, ticket, now);
            return true;
        });
    }

    /** Both deadlines anew, by the rules and the calendar as they are now. */
    ClockPolicy.Due redue(Tx tx, Ticket ticket) {
        var present = TicketStore.lock(tx, TicketSight.whole(ticket.compoundId()), ticket.id()).orElseThrow();
        var rules = TicketRules.of(policies.of(ticket.compoundId()));
        var face = calendars.face(tx, ticket.compoundId(), rules);
        var due = ClockPolicy.due(present.level(), face, present.clocks().startedAt(), present.clocks().agreedUntil(), TicketStore.pauses(tx, present));
        TicketStore.due(tx, ticket, due, rules.version(), face.calendar().version());
        return due;
    }

    /** Of tickets whose rules or calendar are not those that they were last computed by. */
    private int recompute(OffsetDateTime now) {
        var current = new HashMap<UUID, Stamp>();
        int changed = 0;
        for (var stamp : TicketClockStore.stamps(database)) {
            var is = current.computeIfAbsent(stamp.compoundId(), compound -> new Stamp(compound, policies.of(compound).version(),
                    CalendarStore.version(database, compound)));
            if (!is.equals(stamp)) {
                var reason = is.policyVersion() != stamp.policyVersion() ? TrailReason.POLICY_CHANGED : TrailReason.CALENDAR_CHANGED;
                changed += each(TicketClockStore.stamped(database, stamp), tx -> ticket -> recompute(tx, ticket, reason, now));
            }
        }
        return changed;
    }

    private boolean recompute(Tx tx, Ticket ticket, TrailReason reason, OffsetDateTime now) {
        var due = redue(tx, ticket);
        var clocks = ticket.clocks();
        if (!same(due.onSite(), clocks.onSiteDueAt()) || !same(due.done(), clocks.doneDueAt())) {
            TicketStore.append(tx, ticket, TrailEvent.DEADLINE, null, now, Author.CLOCK, Words.of(reason, due.done()));
            return true;
        }
        return false;
    }

    private static boolean same(@Nullable OffsetDateTime one, @Nullable OffsetDateTime other) {
        return one == null || other == null ? one == other : one.isEqual(other);
    }

    /** Control began, ended or changed its place: the office hears of what waits for it now, and who was sent may go or not. */
    private int settleConsents(OffsetDateTime now) {
        var changed = TicketClockStore.urgentRepairs(database).stream().filter(ticket -> present(ticket) != ticket.consent())
                .map(ticket -> new TicketClockStore.Key(ticket.compoundId(), ticket.id())).toList();
        return each(changed, tx -> ticket -> {
            var consent = present(ticket);
            if (consent == ticket.consent()) {
                return false;
            }
            TicketStore.consent(tx, ticket, consent);
            TicketNews.consentChanged(tx, ticket, consent, now);
            return true;
        });
    }

    private Consent present(Ticket ticket) {
        return TicketPolicy.consent(ticket, TicketRules.of(policies.of(ticket.compoundId())));
    }

    private int markLate(OffsetDateTime now) {
        return each(TicketClockStore.late(database, now, AT_ONCE), tx -> ticket -> markLate(tx, ticket, now));
    }

    /** Keeps the first breach, once; also before anything else is done with a ticket, so that a late deed hides nothing. */
    static boolean markLate(Tx tx, Ticket ticket, OffsetDateTime now) {
        var late = TicketPolicy.late(ticket, now);
        if (late.isEmpty() || ticket.course().escalatesAt() != null) {
            return false;
        }
        var breach = late.get();
        TicketClockStore.late(tx, ticket, breach.breach(), breach.since());
        if (ticket.course().breachedAt() != null) {
            return true;
        }
        TicketStore.append(tx, ticket, TrailEvent.BREACH, null, now, Author.CLOCK, Words.of(reason(breach.breach()), breach.since()));
        return true;
    }

    private static TrailReason reason(Breach breach) {
        return switch (breach) {
            case ON_SITE -> TrailReason.LATE_ON_SITE;
            case DONE -> TrailReason.LATE_DONE;
        };
    }

    private int escalate(OffsetDateTime now) {
        return each(TicketClockStore.climbing(database, now, AT_ONCE), tx -> ticket -> {
            var late = TicketPolicy.late(ticket, now);
            if (late.isEmpty()) {
                TicketClockStore.calm(tx, ticket);
                return false;
            }
            climb(tx, ticket, late.get().breach(), TicketRules.of(policies.of(ticket.compoundId())), now);
            return true;
        });
    }

    /** To the next rung on which there is somebody; whose rung is empty is said. */
    private static void climb(Tx tx, Ticket ticket, Breach breach, TicketRules rules, OffsetDateTime now) {
        int rung = ticket.officeOnly() ? Math.max(ticket.course().escalatedTo(), Rung.DISPATCHER.ordinal() + 1) : ticket.course().escalatedTo();
        for (; rung < Rung.values().length; rung++) {
            var next = Rung.values()[rung];
            if (TicketClockStore.hasHolder(tx, ticket.compoundId(), next.role())) {
                TicketClockStore.escalated(tx, ticket, rung + 1, now.plus(rules.escalatesAfter()));
                TicketStore.append(tx, ticket, TrailEvent.ESCALATE, null, now, Author.CLOCK,
                        new Words(next.name(), true, reason(breach), null, null, null));
                TicketNews.escalated(tx, ticket, next, now);
                return;
            }
            TicketStore.append(tx, ticket, TrailEvent.ESCALATE, null, now, Author.CLOCK,
                    new Words(next.name(), true, TrailReason.NOBODY_IN_CHARGE, null, null, null));
        }
        TicketClockStore.escalated(tx, ticket, Rung.values().length, now);
        TicketStore.append(tx, ticket, TrailEvent.ESCALATE, null, now, Author.CLOCK, new Words(null, true, TrailReason.CHAIN_ENDS, null, null, null));
    }

    private int closeWhatTimedOut(OffsetDateTime now) {
        int closed = 0;
        for (var compound : TicketClockStore.compoundsWithFinished(database)) {
            var rules = TicketRules.of(policies.of(compound));
            closed += each(TicketClockStore.finished(database, compound, now.minus(rules.confirmWithin()), AT_ONCE), tx -> ticket -> {
                var course = ticket.course();
                var since = ticket.state() == TicketState.CONFIRMED ? course.confirmedAt() : course.doneAt();
                if (since == null || !TicketPolicy.timesOut(ticket.state(), since, rules, now) || !TicketStore.move(tx, ticket, TicketState.CLOSED, now)) {
                    return false;
                }
                boolean unconfirmed = ticket.state() == TicketState.DONE;
                TicketStore.append(tx, ticket, TrailEvent.CLOSE, TicketState.CLOSED, now, Author.CLOCK,
                        Words.of(unconfirmed ? TrailReason.NOT_CONFIRMED_IN_TIME : TrailReason.NOT_RATED_IN_TIME));
                if (unconfirmed) {
                    TicketNews.timedOut(tx, ticket, now);
                }
                return true;
            });
        }
        return closed;
    }
}
