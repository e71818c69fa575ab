/** Bad examples for the house rules. */
@NullMarked
package gatehouse.architecture.bad.wechat;

import org.jspecify.annotations.NullMarked;
