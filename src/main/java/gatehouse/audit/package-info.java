/**
 * Who did what to whose data 审计: a chain of entries per compound, each sealed over the one before.
 *
 * <p>Owns the tables {@code audit_head} and {@code audit_entry}; reads {@code disclosure}, which entries seal, {@code resident},
 * {@code household}, {@code account} and {@code compound}. Promises: an entry commits with its cause or not at all; numbers of a compound
 * have no gaps; an entry or disclosure that was changed, removed or put in from outside is named by {@code verifyAudit}; a chain that
 * was cut at its end or written anew shows against the heads that are noted outside the database each night. Words whose time is over
 * are blanked against a certificate in the same chain, and the chain stays verifiable.
 *
 * <p>For other features: {@link gatehouse.audit.AuditLog#append}, last in the transaction, because it locks the compound's chain. Locks
 * are taken in this order: the rows of the cause, the outbox, then the chain; several chains by compound id. What residents do in
 * thousands, their reports, is not entered: it has versions of its own.
 */
@NullMarked
package gatehouse.audit;

import org.jspecify.annotations.NullMarked;
