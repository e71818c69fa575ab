package gatehouse.health;

import gatehouse.health.HealthStore.Subject;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes fevers and symptoms into alerts, in the commit of their reports. */
final class AlertIntake {
    private final Function<UUID, HealthRules> rulesOf;

    AlertIntake(Function<UUID, HealthRules> rulesOf) {
        this.rulesOf = rulesOf;
    }

    /** A report with a fever or symptom: it opens the alert that it names, or joins it. */
    record Alerting(Subject subject, HealthReport report, boolean opens) {
        UUID alertId() {
            var alert = report.alertId();
            if (alert == null) {
                throw new IllegalStateException("an alerting report has an alert");
            }
            return alert;
        }
    }

    /**
     * Opens and joins alerts, and tells the office: of a new one at once, of a further report once for each round.
     *
     * @return false where somebody else opened or closed one of them meanwhile; the list must then be judged again
     */
    boolean take(Tx tx, List<Alerting> list) {
        if (list.isEmpty()) {
            return true;
        }
        var opening = list.stream().filter(Alerting::opens).toList();
        var joining = list.stream().filter(each -> !each.opens).toList();
        var deadlines = opening.stream().map(each -> AlertPolicy.acknowledgeBy(each.report.receivedAt(), minutes(each.report.compoundId()))).toList();
        if (!opening.isEmpty() && AlertStore.open(tx, opening, deadlines) < opening.size()) {
            return false;
        }
        var handedOn = joining.isEmpty() ? List.<AlertStore.Joined>of() : AlertStore.join(tx, joining);
        if (handedOn.size() < joining.stream().map(Alerting::alertId).distinct().count()) {
            return false;
        }
        AlertStore.keepReports(tx, list);
        var knownBeyond = handedOn.stream().filter(AlertStore.Joined::handedOn).map(AlertStore.Joined::id).collect(Collectors.toSet());
        var messages = new ArrayList<Message>();
        opening.forEach(each -> messages.add(opened(each)));
        for (var each : joining) {
            messages.add(joined(each, Role.OFFICE));
            if (knownBeyond.contains(each.alertId())) {
                messages.add(joined(each, Role.HEALTH_CENTRE));
            }
        }
        Outbox.put(tx, list.getFirst().report.receivedAt(), messages);
        return true;
    }

    private int minutes(UUID compoundId) {
        return rulesOf.apply(compoundId).acknowledgeWithinMinutes();
    }

    private Message opened(Alerting each) {
        return Message.of(each.report.compoundId(), "alert-opened/" + each.alertId(), MessageTemplate.ALERT_OPENED,
                new Recipient.HoldersOfCompound(Role.OFFICE), minutes(each.report.compoundId())).about(each.alertId());
    }

    private static Message joined(Alerting each, Role role) {
        var key = each.report.key();
        return Message.of(each.report.compoundId(), "alert-joined/%s/%s/%s/%s".formatted(each.alertId(), key.date(), key.round(), role),
                MessageTemplate.ALERT_JOINED, new Recipient.HoldersOfCompound(role)).about(each.alertId());
    }
}
