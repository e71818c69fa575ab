/**
 * Tickets 工单: repairs 报修, complaints 投诉, enquiries 咨询 and suggestions 建议, each with a clock 时限, a person 派单 and an answer.
 *
 * <p>Owns {@code ticket}, {@code ticket_number}, {@code ticket_event}, {@code ticket_pause}, {@code ticket_follower}, {@code working_day} and
 * {@code working_calendar}; reads {@code household}, {@code building}, {@code control_level}, {@code resident},
 * {@code account} and {@code role_grant}.
 *
 * <p>A ticket walks: {@link gatehouse.ticket.TicketRoutes} → {@link gatehouse.ticket.TicketActions} → {@link gatehouse.ticket.TicketPolicy} (who may
 * do what, in which state), {@link gatehouse.ticket.ClockPolicy} (when it is due) → {@link gatehouse.ticket.TicketStore} → commit → answer.
 *
 * <p>Promises: a number is given once; a trail is only appended; of several repairmen who take a ticket one gets it; nothing closes without
 * its reporter or a stated time-out; who complains anonymously is read by nobody, in any answer, message, form or error, but by the office
 * against a reasoned disclosure; what others reported nearby is shown without anybody's name or words.
 */
@NullMarked
package gatehouse.ticket;

import org.jspecify.annotations.NullMarked;
