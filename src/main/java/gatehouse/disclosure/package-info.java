/**
 * The reasoned disclosure of a hidden value 查看登记, which the resident can read; and who of the staff opened their health data.
 *
 * <p>Owns the tables {@code disclosure}, {@code disclosure_count} and {@code health_look}; reads {@code resident}, {@code household}, {@code account},
 * {@code visit}, {@code health_alert} and {@code observation}. Promises: a value is answered only once who asked, what and why is committed, sealed by
 * an entry of the audit; no value that was disclosed is kept in a log line or another table; the health centre is shown only residents
 * about whom there is an alert that was handed to it, or an observation.
 */
@NullMarked
package gatehouse.disclosure;

import org.jspecify.annotations.NullMarked;
