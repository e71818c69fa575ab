/**
 * The one door to WeChat's servers (微信小程序); nobody else imports weixin-java.
 *
 * <p>Owns {@code wechat_token, wechat_credit, wechat_message, wechat_push}. Promises: every call runs on one of a few workers, within a deadline, behind a breaker of its kind and app,
 * so that a WeChat that hangs takes nothing else along. A login code is sent once and never again, and needs no access token. All instances share one access token,
 * sealed in the database; one of them refreshes it, by force at most once in 30 seconds. Session keys are not kept, and what WeChat says is
 * never written into a log: only its error number is.
 */
@NullMarked
package gatehouse.wechat;

import org.jspecify.annotations.NullMarked;
