/** WeChat's interface against an emulator of its servers, by the real library. */
@NullMarked
package gatehouse.wechat;

import org.jspecify.annotations.NullMarked;
