package gatehouse.ticket;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.ticket.Ticket.Assignee;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told what of a ticket: by its number, with nobody's name and no word of what it is about. */
final class TicketNews {
    private TicketNews() {
    }

    static void submitted(Tx tx, Ticket ticket, OffsetDateTime now) {
        boolean atOnce = ticket.level() == ServiceLevel.EMERGENCY || ticket.level() == ServiceLevel.NEIGHBOUR_COMPLAINT;
        tell(tx, ticket, "submitted", atOnce ? MessageTemplate.TICKET_URGENT : MessageTemplate.TICKET_SUBMITTED, desk(tx, ticket), now);
        if (ticket.consent() == Consent.NEEDED) {
            tell(tx, ticket, "consent", MessageTemplate.TICKET_CONSENT, new Recipient.HoldersOfCompound(Role.OFFICE), now);
        }
    }

    /** Where no property company has a desk, the office is the desk. */
    private static Recipient desk(Tx tx, Ticket ticket) {
        boolean office = ticket.officeOnly() || !TicketClockStore.hasHolder(tx, ticket.compoundId(), Role.DISPATCHER);
        return new Recipient.HoldersOfCompound(office ? Role.OFFICE : Role.DISPATCHER);
    }

    /** By the clock, as control began or ended: the office has to agree now; whoever has it must wait, or may go. */
    static void consentChanged(Tx tx, Ticket ticket, Consent consent, OffsetDateTime now) {
        if (consent == Consent.NEEDED) {
            tell(tx, ticket, "consent/" + Ids.next(), MessageTemplate.TICKET_CONSENT, new Recipient.HoldersOfCompound(Role.OFFICE), now);
        }
        if (ticket.assignee() != null) {
            tellOne(tx, ticket, MessageTemplate.TICKET_PROGRESS, ticket.assignee(), now);
        }
    }

    /** It was sorted anew: its reporter and who has it are told, the office where it now has to know. */
    static void classified(Tx tx, Ticket before, Ticket after, OffsetDateTime now) {
        progress(tx, after, now);
        if (after.assignee() != null) {
            tellOne(tx, after, MessageTemplate.TICKET_PROGRESS, after.assignee(), now);
        }
        if (after.consent() == Consent.NEEDED && before.consent() != Consent.NEEDED) {
            tell(tx, after, "consent/" + Ids.next(), MessageTemplate.TICKET_CONSENT, new Recipient.HoldersOfCompound(Role.OFFICE), now);
        }
        if (after.officeOnly() && !before.officeOnly()) {
            tell(tx, after, "office/" + Ids.next(), MessageTemplate.TICKET_SUBMITTED, new Recipient.HoldersOfCompound(Role.OFFICE), now);
        }
    }

    static void happened(Tx tx, Ticket ticket, TicketEvent event, TicketActor by, @Nullable Assignee to, OffsetDateTime now) {
        switch (event) {
            case ASSIGN -> {
                if (to != null && by != TicketActor.REPAIRMAN) {
                    tellOne(tx, ticket, MessageTemplate.TICKET_ASSIGNED, to, now);
                }
                progress(tx, ticket, now);
            }
            case FINISH -> {
                tellReporter(tx, ticket, MessageTemplate.TICKET_DONE, now);
                tellFollowers(tx, ticket, now);
            }
            case REOPEN -> {
                tell(tx, ticket, "reopened/" + Ids.next(), MessageTemplate.TICKET_REOPENED, desk(tx, ticket), now);
                if (ticket.assignee() != null) {
                    tellOne(tx, ticket, MessageTemplate.TICKET_REOPENED, ticket.assignee(), now);
                }
            }
            case ACCEPT, ARRIVE, PAUSE, RESUME -> progress(tx, ticket, now);
            case CANCEL, MERGE -> {
                if (by != TicketActor.REPORTER) {
                    progress(tx, ticket, now);
                } else if (ticket.assignee() != null) {
                    tellOne(tx, ticket, MessageTemplate.TICKET_PROGRESS, ticket.assignee(), now);
                }
            }
            case CONSENT -> {
                if (ticket.assignee() != null) {
                    tellOne(tx, ticket, MessageTemplate.TICKET_PROGRESS, ticket.assignee(), now);
                }
            }
            case CONFIRM, RATE, FOLLOW_UP -> { }
        }
    }

    /** Closed by the clock, because nobody said anything. */
    static void timedOut(Tx tx, Ticket ticket, OffsetDateTime now) {
        tellReporter(tx, ticket, MessageTemplate.TICKET_CLOSED, now);
    }

    /** A late ticket goes to that rung. */
    static void escalated(Tx tx, Ticket ticket, Rung rung, OffsetDateTime now) {
        tell(tx, ticket, "late/" + rung.name() + "/" + Ids.next(), MessageTemplate.TICKET_LATE, new Recipient.HoldersOfCompound(rung.role()), now);
    }

    /** A word was left for the other side of the mailbox. */
    static void mail(Tx tx, Ticket ticket, boolean toReporter, OffsetDateTime now) {
        if (toReporter) {
            tellReporter(tx, ticket, MessageTemplate.TICKET_MAIL, now);
        } else if (ticket.assignee() != null) {
            tellOne(tx, ticket, MessageTemplate.TICKET_MAIL, ticket.assignee(), now);
        } else {
            tell(tx, ticket, "mail/" + Ids.next(), MessageTemplate.TICKET_MAIL, desk(tx, ticket), now);
        }
    }

    static void progress(Tx tx, Ticket ticket, OffsetDateTime now) {
        tellReporter(tx, ticket, MessageTemplate.TICKET_PROGRESS, now);
        tellFollowers(tx, ticket, now);
    }

    /** Staff who wrote down a call are not told of it; the household is. */
    private static void tellReporter(Tx tx, Ticket ticket, MessageTemplate template, OffsetDateTime now) {
        var reporter = ticket.reporter();
        if (reporter.residentId() != null) {
            tell(tx, ticket, "reporter/" + Ids.next(), template, new Recipient.Account(reporter.compoundId(), reporter.accountId()), now);
        } else if (reporter.householdId() != null) {
            tell(tx, ticket, "household/" + Ids.next(), template, new Recipient.Household(reporter.householdId()), now);
        }
    }

    private static void tellFollowers(Tx tx, Ticket ticket, OffsetDateTime now) {
        if (ticket.followers() == 0) {
            return;
        }
        var messages = new ArrayList<Message>();
        for (var follower : TicketFollowStore.followers(tx, ticket)) {
            if (!follower.accountId().equals(ticket.reporter().accountId())) {
                messages.add(message(ticket, "follower/" + Ids.next(), MessageTemplate.TICKET_FOLLOWED,
                        new Recipient.Account(follower.compoundId(), follower.accountId())));
            }
        }
        Outbox.put(tx, now, messages);
    }

    private static void tellOne(Tx tx, Ticket ticket, MessageTemplate template, Assignee who, OffsetDateTime now) {
        tell(tx, ticket, "assignee/" + Ids.next(), template, new Recipient.Account(who.compoundId(), who.accountId()), now);
    }

    private static void tell(Tx tx, Ticket ticket, String key, MessageTemplate template, Recipient recipient, OffsetDateTime now) {
        Outbox.put(tx, now, List.of(message(ticket, key, template, recipient)));
    }

    private static Message message(Ticket ticket, String key, MessageTemplate template, Recipient recipient) {
        return Message.of(ticket.compoundId(), "ticket/" + ticket.id() + "/" + key, template, recipient, ticket.number()).about(ticket.id());
    }
}
