/**
 * Short messages (短信) to those whom WeChat did not reach: the second rung of the reminder ladder.
 *
 * <p>Owns {@code sms_message} and {@code sms_declined}. Promises: only reminders go out, and only to who has not been told otherwise and
 * has not switched them off; they name no person, no room and no
 * illness; nobody has one more than twice, and second sends are counted; a provider that hangs holds up rows of this table and nothing else; a
 * phone number is opened for the request that needs it and is in no log, table or error of this package.
 */
@NullMarked
package gatehouse.sms;

import org.jspecify.annotations.NullMarked;
