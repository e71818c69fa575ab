/**
 * The live picture for staff 实时监测: the day's figures per compound and building. Owns no table; reads the day's rows of the others,
 * never their history.
 */
@NullMarked
package gatehouse.monitor;

import org.jspecify.annotations.NullMarked;
