package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditLog;
import gatehouse.disclosure.Disclosures;
import gatehouse.gate.TicketVisits;
import gatehouse.gate.TicketVisits.Errand;
import gatehouse.gate.TicketVisits.Registered;
import gatehouse.gate.TicketVisits.Worker;
import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.ticket.MailStore.Letter;
import gatehouse.photo.CleanPhoto;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoSize;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.ticket.TicketPhotoStore.Shot;
import gatehouse.ticket.TicketStore.Author;
import gatehouse.ticket.TicketStore.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Words about a ticket: the mailbox between its two sides, notes, the record for the police, and who an anonymous reporter is. */
final class MailActions {
    private static final int MOST_PHOTOS = 9;

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;
    private final Disclosures disclosures;
    private final TicketActions tickets;
    private final PhotoActions photos;
    private final Policies policies;
    private final TicketVisits visits;

    MailActions(Database database, BusinessClock clock, AuditLog audit, Disclosures disclosures, TicketActions tickets, PhotoActions photos,
                Policies policies, TicketVisits visits) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.disclosures = disclosures;
        this.tickets = tickets;
        this.photos = photos;
        this.policies = policies;
        this.visits = visits;
    }

    Page<Letter> letters(Caller caller, UUID id, Page.Request page) {
        var ticket = found(TicketStore.find(database, TicketSight.of(caller), id));
        side(caller, ticket);
        var after = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(MailStore.list(database, ticket, page, after), page, letter -> letter.id().toString());
    }

    Answer write(Caller caller, Once<Letter> once, UUID id, String written) {
        var now = clock.now();
        var text = text("/text", written);
        return database.transact(once, tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            var letter = new Letter(Ids.next(), side(caller, ticket), text, now);
            MailStore.insert(tx, ticket, letter, caller.compoundId(), caller.accountId());
            TicketNews.mail(tx, ticket, letter.side() == MailSide.STAFF, now);
            return letter;
        });
    }

    /** Whoever reported it writes as that, also where they work here; others only where they work it. */
    private static MailSide side(Caller caller, Ticket ticket) {
        var actors = TicketReading.actors(caller, ticket);
        if (actors.contains(TicketActor.REPORTER)) {
            return MailSide.REPORTER;
        }
        if (!works(actors)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return MailSide.STAFF;
    }

    private static boolean works(List<TicketActor> actors) {
        return actors.contains(TicketActor.OFFICE) || actors.contains(TicketActor.DISPATCHER) || actors.contains(TicketActor.ASSIGNEE);
    }

    /** Adds words of whoever works it to the trail; internal ones are not for its reporter. */
    Answer note(Caller caller, Once<TicketActions.View> once, UUID id, String written, boolean internal) {
        var text = text("/note", written);
        return changed(caller, once, id, (tx, ticket) -> {
            var actors = TicketReading.actors(caller, ticket);
            if (!works(actors)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            var actor = actors.contains(TicketActor.ASSIGNEE) ? TicketActor.ASSIGNEE : TicketReading.staffActor(caller, ticket);
            TicketStore.append(tx, ticket, TrailEvent.NOTE, null, clock.now(), new Author(actor, caller.compoundId(), caller.accountId()),
                    new Words(text, internal, null, null, null, null));
            if (!internal) {
                TicketNews.progress(tx, ticket, clock.now());
            }
        });
    }

    /** A complaint was handed to the police; its reporter is not part of the record. */
    Answer handToPolice(Caller caller, Once<TicketActions.View> once, UUID id, String station, @Nullable String receipt) {
        var text = text("/station", station) + (receipt == null || receipt.isBlank() ? "" : " · " + receipt.strip());
        return changed(caller, once, id, (tx, ticket) -> {
            if (ticket.category().kind() != TicketKind.COMPLAINT) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            TicketStore.append(tx, ticket, TrailEvent.POLICE, null, clock.now(), new Author(TicketActor.OFFICE, caller.compoundId(), caller.accountId()),
                    new Words(text, true, null, null, null, null));
            audit.append(tx, TicketTrail.of(ticket, AuditAction.TICKET_TO_POLICE, Map.of("number", ticket.number()), caller, clock.now()));
        });
    }

    /** Adds a picture of either side; {@code clean} was drawn anew before. */
    Answer addPhoto(Caller caller, Once<Shot> once, UUID id, CleanPhoto clean) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            var side = side(caller, ticket);
            if (TicketPhotoStore.list(tx, ticket).size() >= MOST_PHOTOS) {
                throw Problem.badField("/photo", FieldFault.TOO_MANY_ITEMS, MOST_PHOTOS);
            }
            var keptUntil = now.toLocalDate().plusDays(policies.of(ticket.compoundId()).amount(PolicyName.TICKET_PHOTOS_KEPT));
            var shot = new Shot(photos.keep(tx, ticket.compoundId(), clean, keptUntil), side, now);
            TicketPhotoStore.insert(tx, ticket, shot);
            var actor = side == MailSide.REPORTER ? TicketActor.REPORTER
                    : TicketReading.actors(caller, ticket).contains(TicketActor.ASSIGNEE) ? TicketActor.ASSIGNEE : TicketReading.staffActor(caller, ticket);
            TicketStore.append(tx, ticket, TrailEvent.PHOTO, null, now, new Author(actor, caller.compoundId(), caller.accountId()), Words.NONE);
            return shot;
        });
    }

    /** A worker from outside comes for it: the gate expects them as its visitor. */
    Answer expectWorker(Caller caller, Once<Registered> once, UUID id, Worker worker) {
        var now = clock.now();
        var seen = found(TicketStore.find(database, TicketSight.of(caller), id));
        var values = policies.of(seen.compoundId());
        return database.transact(once, tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            var actors = TicketReading.actors(caller, ticket);
            if (!works(actors)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            if (!TicketPolicy.isOpen(ticket.state())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            boolean toHome = ticket.place().area() == PlaceArea.HOME && !ticket.reporter().anonymous();
            var registered = visits.register(tx, caller, values, new Errand(ticket.compoundId(), ticket.id(), ticket.number(),
                    toHome ? ticket.reporter().householdId() : null, toHome ? ticket.place().buildingId() : null), worker);
            var actor = actors.contains(TicketActor.ASSIGNEE) ? TicketActor.ASSIGNEE : TicketReading.staffActor(caller, ticket);
            TicketStore.append(tx, ticket, TrailEvent.WORKER, null, now, new Author(actor, caller.compoundId(), caller.accountId()), Words.NONE);
            return registered;
        });
    }

    /** What somebody who is expected shows at the gate. */
    String code(Registered registered) {
        return visits.code(registered);
    }

    /** A picture of a ticket that the caller sees. */
    Reply showPhoto(Caller caller, UUID id, UUID photo, PhotoSize size) {
        var ticket = found(TicketStore.find(database, TicketSight.of(caller), id));
        if (TicketPhotoStore.list(database, ticket).stream().noneMatch(shot -> shot.id().equals(photo))) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return photos.show(ticket.compoundId(), photo, size);
    }

    /** Who reported it. */
    record Disclosed(@Nullable String name, @Nullable String household, @Nullable String phone) {
    }

    /** Who reported an anonymous complaint, for a reason that they can read; {@code NOT_ALLOWED_NOW} where nobody hides. */
    Disclosed disclose(Caller caller, UUID id, String reason) {
        var now = clock.now();
        int mostAnHour = disclosures.mostAnHour(caller);
        return database.transact(tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            var reporter = ticket.reporter();
            if (!reporter.anonymous() || reporter.residentId() == null || reporter.householdId() == null) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            TicketStore.append(tx, ticket, TrailEvent.DISCLOSE, null, now, new Author(TicketActor.OFFICE, caller.compoundId(), caller.accountId()),
                    new Words(null, true, null, null, null, null));
            disclosures.enterReporter(tx, caller, new Disclosures.Who(ticket.compoundId(), reporter.residentId(), reporter.householdId()),
                    new Disclosures.Why(reason, mostAnHour, now));
            return new Disclosed(reporter.name(), reporter.household(), reporter.phoneMasked());
        });
    }

    /**
     * The phone of whoever reported it, to those who work on it until it is closed, for a reason that its reporter reads. {@code NOT_FOUND} where
     * they have none or somebody else works on it, {@code NOT_ALLOWED_NOW} of an anonymous complaint and of what is closed.
     */
    String phone(Caller caller, UUID id, String reason) {
        var now = clock.now();
        int mostAnHour = disclosures.mostAnHour(caller);
        return database.transact(tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id).filter(seen -> works(TicketReading.actors(caller, seen))));
            var reporter = ticket.reporter();
            if (reporter.anonymous() || !TicketPolicy.isOpen(ticket.state()) && ticket.state() != TicketState.DONE) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            return Optional.ofNullable(reporter.residentId()).flatMap(resident -> disclosures.phone(tx, caller,
                            new Disclosures.Who(ticket.compoundId(), resident, reporter.householdId()), new Disclosures.Why(reason, mostAnHour, now)))
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        });
    }

    private Answer changed(Caller caller, Once<TicketActions.View> once, UUID id, BiConsumer<Tx, Ticket> body) {
        return database.transact(once, tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            body.accept(tx, ticket);
            return tickets.view(tx, caller, ticket);
        });
    }

    private static Ticket found(Optional<Ticket> ticket) {
        return ticket.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private static String text(String pointer, String written) {
        if (written.isBlank()) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
        return written.strip();
    }
}
