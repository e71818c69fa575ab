/**
 * Who is at the door: accounts, roles and where they reach, sessions, invitation codes on door cards (邀请码), guessing slowed.
 *
 * <p>Owns the tables {@code account, account_login, role_grant, session, invitation, invitation_code, password_reset,
 * guess_counter, known_source, wechat_login, wechat_binding, portal_login, scene}.
 *
 * <p>Promises: an access token is verified without I/O, but its session and its account's version are read from the database with
 * every request (many requests, one statement), so that logging out, disabling and changes of roles act at once on every
 * instance. Passwords are Argon2id, never on an event loop. Neither passwords, refresh tokens nor invitation codes are stored
 * in a form from which they could be read.
 */
@NullMarked
package gatehouse.identity;

import org.jspecify.annotations.NullMarked;
