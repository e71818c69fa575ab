@NullMarked
package gatehouse.sms;

import org.jspecify.annotations.NullMarked;
