/**
 * Who lives where: subdistrict (街道) &gt; community (社区) &gt; compound (小区) &gt; building (楼栋) &gt; unit (单元) &gt; household (户) &gt;
 * resident (居民), with gates (门岗), grids (网格), rosters (花名册) and the policy values of a compound.
 *
 * <p>Roster import in one breath: {@link gatehouse.registry.RosterFile} turns a file into rows or says why it is not a roster;
 * {@link gatehouse.registry.RosterPolicy} turns rows into accepted lines and rejections. A bad line never stops a good one.
 *
 * <p>ID numbers and phones are values of their own types whose {@code toString} is masked, so that no log, message or error
 * shows them whole by accident.
 */
@NullMarked
package gatehouse.registry;

import org.jspecify.annotations.NullMarked;
