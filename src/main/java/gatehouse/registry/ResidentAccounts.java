package gatehouse.registry;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.ResidentAccountStore.Member;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Ties an account to the resident that it belongs to. */
public final class ResidentAccounts {
    private static final Duration WAIT_FOR_IMPORT = Duration.ofSeconds(2);

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
     * Keeps imports of rosters away until {@code tx} ends, because they judge people and phones by what they read at their beginning. To
     * be called before anything else in the transaction is locked. {@link ProblemType#OVERLOADED} where one goes on for too long.
     */
    public void holdRoster(Tx tx, UUID compound) {
        long deadline = System.nanoTime() + WAIT_FOR_IMPORT.toNanos();
        while (!ResidentAccountStore.holdRoster(tx, compound)) {
            if (System.nanoTime() > deadline) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 5);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /**
     * The member of that name, or else of that phone, becomes the account's; nobody of the list fitting, the newcomer is added to
     * it with relation {@link Relation#OTHER}. Empty where the member of that name has an account already. A phone that the
     * registry did not know is noted with the resident.
     */
    public Optional<Resident> join(Tx tx, Newcomer newcomer, OffsetDateTime now) {
        var hash = personalData.hashes(tx, newcomer.compoundId()).of(newcomer.phone());
        var members = store.lockMembers(tx, newcomer.compoundId(), newcomer.householdId());
        var namesakes = members.stream().filter(each -> PersonName.of(each.name()).comparable().equals(PersonName.of(newcomer.name()).comparable())).toList();
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
        var name = PersonName.of(newcomer.name()).text();
        store.add(tx, newcomer, id, name, now);
        tx.changes(newcomer.compoundId());
        return new Resident(id, name);
    }
}
