package gatehouse.identity;

import gatehouse.kernel.Role;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which roles make sense where, and who may give them to whom. */
final class IdentityPolicy {
    /** What the community office gives and takes by itself; everything above is the administrator's. */
    private static final Set<Role> GIVEN_BY_OFFICE = Set.copyOf(EnumSet.of(Role.GUARD, Role.GRID_WORKER, Role.DISPATCHER, Role.REPAIRMAN));

    /** Who wants to change an account; {@code officeCompounds}: where they are the community office. */
    record Actor(UUID accountId, boolean administrator, Set<UUID> officeCompounds) {
    }

    /** A grant with the compound it lies in: the place's own, or of a wider place the account's home. */
    record Placed(RoleGrant grant, UUID compoundId) {
    }

    sealed interface Decision {
        record Permitted() implements Decision {
        }

        /** The actor's roles do not reach so far, or it is their own account. */
        record NotPermitted() implements Decision {
        }

        record LastAdministrator() implements Decision {
        }

        /** The grant at this place of the list makes no sense. */
        record WrongReach(int index, Set<Reach> right) implements Decision {
        }

        /** The grant at this place of the list is for residents, who come by invitation. */
        record ByInvitation(int index) implements Decision {
        }
    }

    private IdentityPolicy() {
    }

    /** The kinds of places where a role holds. */
    static Set<Reach> reachesOf(Role role) {
        return switch (role) {
            case RESIDENT -> EnumSet.of(Reach.HOUSEHOLD);
            case GUARD -> EnumSet.of(Reach.GATE);
            case GRID_WORKER -> EnumSet.of(Reach.GRID);
            case DISPATCHER, REPAIRMAN -> EnumSet.of(Reach.COMPOUND);
            case OFFICE, HEALTH_CENTRE -> EnumSet.of(Reach.COMPOUND, Reach.COMMUNITY);
            case SUBDISTRICT -> EnumSet.of(Reach.SUBDISTRICT);
            case ADMIN -> EnumSet.of(Reach.EVERYTHING);
        };
    }

    static Decision mayCreate(Actor actor, List<Placed> wanted) {
        var fault = firstFault(wanted, Set.of());
        return !(fault instanceof Decision.Permitted) ? fault
                : mayGive(actor, wanted) ? new Decision.Permitted() : new Decision.NotPermitted();
    }

    /** {@code otherAdministrators}: how many others there are that are not disabled. */
    static Decision maySetRoles(Actor actor, UUID account, List<Placed> present, List<Placed> wanted, int otherAdministrators) {
        if (actor.accountId().equals(account)) {
            return new Decision.NotPermitted();
        }
        var fault = firstFault(wanted, grantsOf(present));
        if (!(fault instanceof Decision.Permitted)) {
            return fault;
        }
        var added = without(wanted, grantsOf(present));
        var removed = without(present, grantsOf(wanted));
        if (!mayGive(actor, added) || !mayTake(actor, removed)) {
            return new Decision.NotPermitted();
        }
        return holdsAdministrator(removed) && otherAdministrators == 0 ? new Decision.LastAdministrator() : new Decision.Permitted();
    }

    static Decision mayDisable(Actor actor, UUID account, List<Placed> present, int otherAdministrators) {
        if (actor.accountId().equals(account) || !mayTake(actor, present)) {
            return new Decision.NotPermitted();
        }
        return holdsAdministrator(present) && otherAdministrators == 0 ? new Decision.LastAdministrator() : new Decision.Permitted();
    }

    /** What was shut may be opened again by whoever may shut it. */
    static Decision mayEnable(Actor actor, UUID account, List<Placed> present) {
        return actor.accountId().equals(account) || !mayTake(actor, present) ? new Decision.NotPermitted() : new Decision.Permitted();
    }

    /** The office resets the passwords of its residents, administrators everybody's; nobody their own, which they know or do not have. */
    static Decision mayResetPassword(Actor actor, UUID account, List<Placed> present) {
        boolean resident = !present.isEmpty() && present.stream().allMatch(each ->
                each.grant().role() == Role.RESIDENT && actor.officeCompounds().contains(each.compoundId()));
        return actor.accountId().equals(account) || !actor.administrator() && !resident ? new Decision.NotPermitted() : new Decision.Permitted();
    }

    private static Decision firstFault(List<Placed> wanted, Set<RoleGrant> present) {
        for (int i = 0; i < wanted.size(); i++) {
            var grant = wanted.get(i).grant();
            if (!reachesOf(grant.role()).contains(grant.reach())) {
                return new Decision.WrongReach(i, reachesOf(grant.role()));
            }
            if (grant.role() == Role.RESIDENT && !present.contains(grant)) {
                return new Decision.ByInvitation(i);
            }
        }
        return new Decision.Permitted();
    }

    private static boolean mayGive(Actor actor, List<Placed> grants) {
        return actor.administrator() || grants.stream().allMatch(each ->
                GIVEN_BY_OFFICE.contains(each.grant().role()) && actor.officeCompounds().contains(each.compoundId()));
    }

    /** The office also takes from a resident who moved away. */
    private static boolean mayTake(Actor actor, List<Placed> grants) {
        return actor.administrator() || grants.stream().allMatch(each ->
                (GIVEN_BY_OFFICE.contains(each.grant().role()) || each.grant().role() == Role.RESIDENT)
                        && actor.officeCompounds().contains(each.compoundId()));
    }

    private static boolean holdsAdministrator(List<Placed> grants) {
        return grants.stream().anyMatch(each -> each.grant().role() == Role.ADMIN);
    }

    private static Set<RoleGrant> grantsOf(List<Placed> placed) {
        var grants = new HashSet<RoleGrant>();
        placed.forEach(each -> grants.add(each.grant()));
        return grants;
    }

    private static List<Placed> without(List<Placed> placed, Set<RoleGrant> those) {
        return placed.stream().filter(each -> !those.contains(each.grant())).toList();
    }
}
