package gatehouse.identity;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Invitations and where the invitation of a code lives. */
final class InvitationStore {
    record Invitation(UUID compoundId, UUID id) {
    }

    /** Who used an invitation up, and for which request. */
    record Use(UUID accountId, Optional<UUID> key, Optional<byte[]> requestHash, OffsetDateTime usedAt) {
    }

    /** The compound of a household that the scope holds. */
    Optional<UUID> compoundOf(Statements in, Scope scope, UUID household) {
        return in.sql("select h.compound_id from household h where h.id = $5 and " + Scope.SEES_HOUSEHOLD)
                .within(scope).bind(household).first(row -> row.getUUID(0));
    }

    /** One at a time for each household, so that of two invitations at once the later one voids the earlier. */
    void voidUnused(Tx tx, UUID compound, UUID household, OffsetDateTime now) {
        tx.sql("select 1 from household where compound_id = $1 and id = $2 for no key update").bind(compound).bind(household).exists();
        tx.sql("""
                update invitation set revoked_at = $3
                where compound_id = $1 and household_id = $2 and used_at is null and revoked_at is null""")
                .bind(compound).bind(household).bind(now).update();
    }

    void insert(Tx tx, Invitation invitation, UUID household, byte[] codeHash, UUID account, OffsetDateTime now, OffsetDateTime expiresAt) {
        tx.sql("""
                insert into invitation (compound_id, id, household_id, code_hash, created_by, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7)""")
                .bind(invitation.compoundId).bind(invitation.id).bind(household).bind(Buffer.buffer(codeHash)).bind(account).bind(now)
                .bind(expiresAt).update();
        tx.sql("insert into invitation_code (code_hash, compound_id, invitation_id) values ($1, $2, $3)")
                .bind(Buffer.buffer(codeHash)).bind(invitation.compoundId).bind(invitation.id).update();
    }

    Optional<Invitation> find(Tx tx, byte[] codeHash) {
        return tx.sql("select compound_id, invitation_id from invitation_code where code_hash = $1")
                .bind(Buffer.buffer(codeHash)).first(row -> new Invitation(row.getUUID(0), row.getUUID(1)));
    }

    boolean isOpen(Statements in, Invitation invitation, OffsetDateTime now) {
        return in.sql("select 1 from invitation where compound_id = $1 and id = $2 and used_at is null and revoked_at is null and expires_at > $3")
                .bind(invitation.compoundId).bind(invitation.id).bind(now).exists();
    }

    /** Uses it up, if nobody did and it is still good; the household that it opens. */
    Optional<UUID> use(Tx tx, Invitation invitation, Use use) {
        return tx.sql("""
                update invitation set used_at = $3, used_by = $4, used_key = $5, used_request_hash = $6
                where compound_id = $1 and id = $2 and used_at is null and revoked_at is null and expires_at > $3
                returning household_id""")
                .bind(invitation.compoundId).bind(invitation.id).bind(use.usedAt).bind(use.accountId).bind(use.key.orElse(null))
                .bind(use.requestHash.map(Buffer::buffer).orElse(null)).first(row -> row.getUUID(0));
    }

    Optional<Use> useOf(Tx tx, Invitation invitation) {
        return tx.sql("""
                select used_by, used_key, used_request_hash, used_at from invitation
                where compound_id = $1 and id = $2 and used_at is not null""")
                .bind(invitation.compoundId).bind(invitation.id)
                .first(row -> new Use(row.getUUID("used_by"), Optional.ofNullable(row.getUUID("used_key")),
                        Optional.ofNullable(row.getBuffer("used_request_hash")).map(Buffer::getBytes), row.getOffsetDateTime("used_at")));
    }

    int sweep(Tx tx, OffsetDateTime before) {
        tx.sql("""
                delete from invitation_code c using invitation i
                where i.compound_id = c.compound_id and i.id = c.invitation_id
                    and (i.expires_at < $1 or i.used_at < $1 or i.revoked_at < $1)""").bind(before).update();
        return tx.sql("delete from invitation where expires_at < $1 or used_at < $1 or revoked_at < $1").bind(before).update();
    }
}
