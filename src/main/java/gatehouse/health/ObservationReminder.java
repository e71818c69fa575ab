package gatehouse.health;

import gatehouse.health.ObservationActions.Facts;
import gatehouse.health.ObservationPolicy.Told;
import gatehouse.health.ObservationStore.Placed;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.PolicyValues;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is due today in a compound's observations, told once: to each home where somebody stays in, to the grid workers what they may
 * enter, to the office the rest. The messages say how much and nothing of what it is about.
 */
final class ObservationReminder {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm");

    private ObservationReminder() {
    }

    static void send(Tx tx, UUID compound, PolicyValues values, OffsetDateTime now) {
        var open = ObservationStore.openIn(tx, compound);
        if (open.isEmpty()) {
            return;
        }
        var observations = open.stream().map(Placed::observation).toList();
        var entries = ObservationStore.entries(tx, observations).stream().collect(Collectors.groupingBy(each -> each.entry().observationId()));
        var facts = Facts.of(tx, observations, now.toLocalDate());
        var rules = ObservationActions.rules(values);
        var homes = new LinkedHashMap<UUID, Integer>();
        var staff = new LinkedHashMap<Recipient, Integer>();
        var gridBuildings = new LinkedHashMap<UUID, UUID>();
        for (var placed : open) {
            var observation = placed.observation();
            var own = entries.getOrDefault(observation.id(), List.of());
            var due = ObservationPolicy.due(facts.course(observation, own, rules), rules, facts.done(observation, own, now.toLocalDate()),
                    now.toLocalDateTime());
            if (placed.isReadable()) {
                homes.merge(observation.householdId(), ObservationPolicy.count(due, Told.HOME), Integer::sum);
            }
            // any building of the grid finds its worker
            var worker = placed.gridId().map(grid -> gridBuildings.computeIfAbsent(grid, first -> observation.buildingId()))
                    .map(building -> new Recipient.HoldersOfBuilding(Role.GRID_WORKER, building));
            var office = new Recipient.HoldersOfCompound(Role.OFFICE);
            staff.merge(worker.isPresent() ? worker.get() : office, ObservationPolicy.count(due, Told.VISITOR), Integer::sum);
            staff.merge(office, ObservationPolicy.count(due, Told.OFFICE), Integer::sum);
        }
        var messages = new ArrayList<Message>();
        homes.forEach((home, more) -> messages.add(toHome(compound, home, rules.morningAt(), rules.afternoonAt(), more, now)));
        staff.forEach((who, count) -> toStaff(compound, who, count, now).ifPresent(messages::add));
        Outbox.put(tx, now, messages);
    }

    private static Message toHome(UUID compound, UUID home, LocalTime morning, LocalTime afternoon, int more, OffsetDateTime now) {
        var key = "observation-day/%s/%s".formatted(now.toLocalDate(), home);
        var recipient = new Recipient.Household(home);
        return (more == 0 ? Message.of(compound, key, MessageTemplate.OBSERVATION_DAY, recipient, HOUR.format(morning), HOUR.format(afternoon))
                : Message.of(compound, key, MessageTemplate.OBSERVATION_DAY_MORE, recipient, HOUR.format(morning), HOUR.format(afternoon), more))
                .about(home);
    }

    private static Optional<Message> toStaff(UUID compound, Recipient who, int count, OffsetDateTime now) {
        var key = "observation-duties/%s/%s".formatted(now.toLocalDate(), switch (who) {
            case Recipient.HoldersOfBuilding(var role, var building) -> building.toString();
            case Recipient.HoldersOfCompound(var role) -> role.name();
            case Recipient.Account account -> account.accountId().toString();
            case Recipient.Household household -> household.householdId().toString();
        });
        return count == 0 ? Optional.empty() : Optional.of(Message.of(compound, key, MessageTemplate.OBSERVATION_DUTIES, who, count).about(compound));
    }
}
