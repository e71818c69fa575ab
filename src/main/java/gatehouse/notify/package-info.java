/**
 * Messages to people (消息): the outbox, the pump that empties it, and the inbox of the portal (收件箱).
 *
 * <p>Owns {@code outbox_message} and {@code notification}. A feature says what happened with {@link gatehouse.notify.Outbox#put} in
 * the transaction of its cause: if that commits the message will arrive, if it rolls back there was none, and the same dedupe key
 * is said once. Who the recipients are is looked up when the message is delivered. All wording is in
 * {@link gatehouse.notify.MessageTemplate}.
 */
@NullMarked
package gatehouse.notify;

import org.jspecify.annotations.NullMarked;
