/**
 * Words that other residents read: looked at before they are shown (内容检查).
 *
 * <p>Owns the table {@code wording}. First the house's own list of words, at once and without I/O; then WeChat's check, where there is a mini program and the author
 * is bound to it; what is listed, risky or could not be checked waits for the office.
 *
 * <p>Promises: nothing is lost and nothing waits. The thing is filed in its own transaction whatever comes of its words; WeChat is asked after the
 * commit, outside of any transaction. Words that are held are read by their author and by staff, not by other residents.
 */
@NullMarked
package gatehouse.wording;

import org.jspecify.annotations.NullMarked;
