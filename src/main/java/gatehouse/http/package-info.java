/**
 * The one door: the contract's routing and validation, who calls and what they may, problems, documentation, health and metrics,
 * and the portal's files. A request passes token, {@code Allow}, schema, endpoint, in this order, and never turns back.
 */
@NullMarked
package gatehouse.http;

import org.jspecify.annotations.NullMarked;
