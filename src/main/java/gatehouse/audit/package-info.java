/**
 * Who did what to whose data 审计: a chain of entries per compound, each sealed over the one before; and the reasoned disclosure of a
 * hidden value 查看登记, which the resident can read.
 *
 * <p>Owns the tables {@code audit_head}, {@code audit_entry}, {@code disclosure}, {@code disclosure_count}; reads {@code resident},
 * {@code household}, {@code account} and {@code compound}. Promises: an entry commits with its cause or not at all; numbers of a compound
 * have no gaps; an entry or disclosure that was changed, removed or put in from outside is named by {@code verifyAudit}, as is a chain
 * whose end does not fit its head (whoever can write the database and puts the head back as well leaves a shorter, sound chain: compare
 * the head with one noted earlier); no value that was disclosed is kept in a log line or another table.
 *
 * <p>For other features: {@link gatehouse.audit.AuditLog#append}, last in the transaction, because it locks the compound's chain.
 */
@NullMarked
package gatehouse.audit;

import org.jspecify.annotations.NullMarked;
