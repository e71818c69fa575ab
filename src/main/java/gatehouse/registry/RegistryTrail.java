package gatehouse.registry;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import gatehouse.registry.HouseholdMoves.Move;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this feature enters in the audit. */
final class RegistryTrail {
    private static final List<Role> WHO_RUN_IT = List.of(Role.OFFICE, Role.ADMIN);

    private RegistryTrail() {
    }

    /** Each value by name: what it was and what it is. */
    static AuditEntry policyChanged(UUID compound, List<PolicyStore.Change> changes, Caller caller, OffsetDateTime now) {
        var details = new TreeMap<String, String>();
        changes.forEach(change -> details.put(change.name().key(),
                PolicyRules.write(change.name().unit(), change.before()) + " → " + PolicyRules.write(change.name().unit(), change.after())));
        return AuditEntry.of(compound, now, Actor.of(caller, compound, WHO_RUN_IT), AuditAction.POLICY_CHANGED, "policy", compound, details);
    }

    /** How many lines did what, and the hash of the file, by which a copy of it is known again. */
    static AuditEntry rosterImported(RosterProgress progress, int lines, RosterReport report, byte[] file, Caller caller, OffsetDateTime now) {
        var details = Map.of("lines", Integer.toString(lines), "created", Integer.toString(report.created()),
                "updated", Integer.toString(report.updated()), "rejected", Integer.toString(report.rejectedLines()), "sha256", sha256(file));
        return AuditEntry.of(progress.compoundId(), now, Actor.of(caller, progress.compoundId(), WHO_RUN_IT), AuditAction.ROSTER_IMPORTED,
                "roster", progress.id(), details);
    }

    /** What the level was and is; {@code INHERITED} where that of what the place lies in holds. */
    static AuditEntry controlLevelSet(ControlLevelStore.Place before, ControlLevelStore.Place after, Caller caller, OffsetDateTime now) {
        var details = Map.of("level", written(before.level()) + " → " + written(after.level()),
                "place", after.building() + (after.unit() == null ? "" : "-" + after.unit()));
        return AuditEntry.of(after.compoundId(), now, Actor.of(caller, after.compoundId(), WHO_RUN_IT), AuditAction.CONTROL_LEVEL_SET,
                after.unitId() == null ? "building" : "unit", after.id(), details);
    }

    private static String written(@Nullable ControlLevel level) {
        return level == null ? "INHERITED" : level.name();
    }

    /** Somebody left a household, for another one or for good; {@code account}: theirs, where they have one. */
    static AuditEntry householdLeft(UUID compound, Move move, @Nullable UUID account, Caller caller, OffsetDateTime now) {
        var details = new TreeMap<>(Map.of("household", move.from().toString()));
        if (move.to() != null) {
            details.put("to", move.to().toString());
        }
        if (account != null) {
            details.put("account", account.toString());
        }
        return AuditEntry.of(compound, now, Actor.of(caller, compound, WHO_RUN_IT), AuditAction.HOUSEHOLD_LEFT, "resident", move.residentId(), details);
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
