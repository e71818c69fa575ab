package gatehouse.registry;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Tx;
import gatehouse.registry.ResidentAccountStore.Member;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Ties an account to the resident that it belongs to. */
public final class ResidentAccounts {
    private final ResidentAccountStore store;
    private final PersonalData personalData;

    public ResidentAccounts(PersonalData personalData) {
        this.store = new ResidentAccountStore(personalData);
        this.personalData = personalData;
    }

    /** Somebody whom an invitation let into a household. */
    public record Newcomer(UUID compoundId, UUID householdId, String name, PhoneNumber phone, UUID accountId) {
    }

    /** Whose account it is now; {@code name} as the registry writes it. */
    public record Resident(UUID id, String name) {
    }

    /**
     * The member of that name, or else of that phone, becomes the account's; nobody of the list fitting, the newcomer is added to
     * it with relation {@link Relation#OTHER}. Empty where the member of that name has an account already. A phone that the
     * registry did not know is noted with the resident.
     */
    public Optional<Resident> join(Tx tx, Newcomer newcomer, OffsetDateTime now) {
        var hash = personalData.hashes(tx, newcomer.compoundId()).of(newcomer.phone());
        var members = store.lockMembers(tx, newcomer.compoundId(), newcomer.householdId());
        var namesakes = members.stream().filter(each -> comparable(each.name()).equals(comparable(newcomer.name()))).toList();
        Predicate<Member> samePhone = each -> each.phoneHash().map(known -> Arrays.equals(known, hash)).orElse(false);
        if (!namesakes.isEmpty() && namesakes.stream().allMatch(Member::hasAccount)) {
            return Optional.empty();
        }
        var candidates = namesakes.isEmpty() ? members.stream().filter(samePhone).toList() : namesakes;
        return Optional.of(best(candidates, samePhone).map(member -> tie(tx, newcomer, member, now)).orElseGet(() -> add(tx, newcomer, now)));
    }

    private static Optional<Member> best(List<Member> candidates, Predicate<Member> samePhone) {
        var free = candidates.stream().filter(each -> !each.hasAccount()).toList();
        return free.stream().filter(samePhone).findFirst().or(() -> free.stream().findFirst());
    }

    private Resident tie(Tx tx, Newcomer newcomer, Member member, OffsetDateTime now) {
        store.tie(tx, newcomer, member.id(), now);
        return new Resident(member.id(), member.name());
    }

    private Resident add(Tx tx, Newcomer newcomer, OffsetDateTime now) {
        var id = Ids.next();
        var name = CellText.settle(newcomer.name());
        store.add(tx, newcomer, id, name, now);
        tx.changes(newcomer.compoundId());
        return new Resident(id, name);
    }

    /** Names are the same whatever their width, case, spaces, or kind of middle dot. */
    private static String comparable(String name) {
        return Normalizer.normalize(CellText.tight(name), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).replaceAll("[·•・‧.]", "·");
    }
}
