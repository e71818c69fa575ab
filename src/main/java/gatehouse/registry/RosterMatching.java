package gatehouse.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which lines of a roster are residents that the registry knows, and what they change. Pure.
 *
 * <p>A line is the resident with its ID number, wherever in the compound they live; else the one of that name in that household
 * whose ID number and birth date do not contradict. A blank cell changes nothing. The result of a file, applied, makes the same
 * file change nothing.
 */
final class RosterMatching {

    private RosterMatching() {}

    /** A resident as registered; hashes in hexadecimal. */
    record Registered(UUID id, String household, String name, Relation relation, Optional<LocalDate> bornOn,
                      Optional<String> idNumberHash, Optional<String> phoneHash) {}

    /** An accepted line with the hashes of its phone and ID number. */
    record Entry(RosterLine line, Optional<String> idNumberHash, Optional<String> phoneHash) {

        String household() {
            return line.household().toString();
        }
    }

    record Change(Registered before, Entry entry) {

        boolean ofPhone() {
            return entry.phoneHash.isPresent() && !entry.phoneHash.equals(before.phoneHash);
        }

        boolean ofIdNumber() {
            return entry.idNumberHash.isPresent() && !entry.idNumberHash.equals(before.idNumberHash);
        }

        /** What is not written in the line counts as unchanged. */
        boolean isReal() {
            RosterLine line = entry.line;
            return !entry.household().equals(before.household) || !line.name().equals(before.name)
                    || line.relation().isPresent() && line.relation().get() != before.relation
                    || line.bornOn().isPresent() && !line.bornOn().equals(before.bornOn)
                    || ofPhone() || ofIdNumber();
        }
    }

    /** All in the order of the file. */
    record Outcome(List<Entry> created, List<Change> changed, List<Entry> unchanged, List<RosterRejection> rejected) {

        List<Entry> accepted() {
            var all = new ArrayList<>(created);
            changed.forEach(change -> all.add(change.entry));
            all.addAll(unchanged);
            return all;
        }
    }

    /** @param registered at least everybody who has a household, phone or ID number of an entry */
    static Outcome match(List<Entry> entries, Collection<Registered> registered) {
        var pairs = new Pairs(registered);
        entries.forEach(pairs::takeByIdNumber);
        entries.forEach(pairs::takeByName);
        pairs.rejectForeignPhones();
        return pairs.outcome(entries);
    }

    private static final class Pairs {
        private record NameAtHome(String household, String name) {}

        private final Map<String, Registered> byIdNumber = new HashMap<>();
        private final Map<String, Registered> byPhone = new HashMap<>();
        private final Map<NameAtHome, List<Registered>> byName = new HashMap<>();
        private final Map<UUID, Entry> entryOf = new HashMap<>();
        private final Map<Entry, Optional<Registered>> partnerOf = new LinkedHashMap<>();
        private final Map<Entry, RosterRejection> rejections = new HashMap<>();

        Pairs(Collection<Registered> registered) {
            for (Registered each : registered) {
                each.idNumberHash.ifPresent(hash -> byIdNumber.put(hash, each));
                each.phoneHash.ifPresent(hash -> byPhone.put(hash, each));
                byName.computeIfAbsent(new NameAtHome(each.household, PersonName.of(each.name).comparable()), key -> new ArrayList<>()).add(each);
            }
        }

        void takeByIdNumber(Entry entry) {
            entry.idNumberHash.map(byIdNumber::get).ifPresent(same -> pair(entry, same));
        }

        void takeByName(Entry entry) {
            if (partnerOf.containsKey(entry)) {
                return;
            }
            List<Registered> namesakes = byName.getOrDefault(new NameAtHome(entry.household(), PersonName.of(entry.line.name()).comparable()), List.of()).stream()
                    .filter(each -> !entryOf.containsKey(each.id) && mayBeTheSame(entry, each)).toList();
            List<Registered> sameBirthDate = namesakes.stream()
                    .filter(each -> each.bornOn.isPresent() && each.bornOn.equals(entry.line.bornOn())).toList();
            List<Registered> found = sameBirthDate.isEmpty() ? namesakes : sameBirthDate;
            if (found.size() > 1) {
                reject(entry, RosterColumn.NAME, RosterFault.SEVERAL_NAMESAKES);
            } else if (found.isEmpty()) {
                partnerOf.put(entry, Optional.empty());
            } else {
                pair(entry, found.getFirst());
            }
        }

        private static boolean mayBeTheSame(Entry entry, Registered known) {
            boolean otherIdNumber = entry.idNumberHash.isPresent() && known.idNumberHash.isPresent();
            boolean otherBirthDate = entry.line.bornOn().isPresent() && known.bornOn.isPresent()
                    && !entry.line.bornOn().equals(known.bornOn);
            return !otherIdNumber && !otherBirthDate;
        }

        private void pair(Entry entry, Registered known) {
            partnerOf.put(entry, Optional.of(known));
            entryOf.put(known.id, entry);
        }

        /** A phone is free once its owner gets another one by a line that stands; every rejection may undo that for somebody else. */
        void rejectForeignPhones() {
            int before;
            do {
                before = rejections.size();
                partnerOf.forEach((entry, partner) -> {
                    if (!rejections.containsKey(entry)) {
                        entry.phoneHash.map(byPhone::get).filter(owner -> !partner.equals(Optional.of(owner)) && keepsPhone(owner))
                                .ifPresent(owner -> reject(entry, RosterColumn.PHONE, RosterFault.PHONE_OF_ANOTHER, owner.household));
                    }
                });
            } while (rejections.size() > before);
        }

        private boolean keepsPhone(Registered owner) {
            Entry entry = entryOf.get(owner.id);
            return entry == null || rejections.containsKey(entry) || !new Change(owner, entry).ofPhone();
        }

        private void reject(Entry entry, RosterColumn column, RosterFault fault, String... args) {
            rejections.put(entry, new RosterRejection(entry.line.line(), column.heading(), fault, List.of(args)));
        }

        Outcome outcome(List<Entry> entries) {
            var outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Entry entry : entries) {
                if (rejections.containsKey(entry)) {
                    outcome.rejected.add(rejections.get(entry));
                    continue;
                }
                Optional<Change> change = partnerOf.get(entry).map(known -> new Change(known, entry));
                if (change.isEmpty()) {
                    outcome.created.add(entry);
                } else if (change.get().isReal()) {
                    outcome.changed.add(change.get());
                } else {
                    outcome.unchanged.add(entry);
                }
            }
            return outcome;
        }
    }
}
