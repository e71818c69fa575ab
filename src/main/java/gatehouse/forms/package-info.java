/**
 * The forms that staff send on and keep 报表、台账. A feature brings its own, each a {@link gatehouse.forms.Form}: name, columns, readers and the
 * query of its rows; here they are written as .xlsx or .csv while they are read, and frozen.
 *
 * <p>Owns {@code form_freeze}, {@code form_frozen} and {@code form_frozen_row}. Promises: at the hour at which the summary is due (日报, 17:00)
 * every compound's forms are frozen once, zero reports (零报告) included; a frozen form comes out the same bit for bit whoever asks when and
 * where, whatever was corrected since; nothing in a form is a formula; names go only to those who see these people anyway, and that
 * they went is in the audit; the subdistrict gets numbers.
 */
@NullMarked
package gatehouse.forms;

import org.jspecify.annotations.NullMarked;
