/**
 * Who lives where: subdistrict (街道) &gt; community (社区) &gt; compound (小区) &gt; building (楼栋) &gt; unit (单元) &gt; household (户) &gt;
 * resident (居民), with gates (门岗), grids (网格), rosters (花名册) and the policy values of a compound.
 *
 * <p>Tables: subdistrict, community, compound, grid, gate, building, unit, household, resident, policy, policy_history, roster_import.
 *
 * <p>Roster import in one breath: {@link gatehouse.registry.RosterFile} turns a file into rows or says why it is not a roster;
 * {@link gatehouse.registry.RosterPolicy} turns rows into accepted lines and rejections; {@link gatehouse.registry.RosterMatching}
 * says which lines are residents that are known, and what changes; {@link gatehouse.registry.RosterActions} writes it in one
 * transaction. A bad line never stops a good one, a blank cell changes nothing, the same file twice changes nothing, and nobody
 * is ever removed by being left out of a file.
 *
 * <p>ID numbers and phones are values of their own types whose {@code toString} is masked, so that no log, message or error
 * shows them whole by accident; {@link gatehouse.registry.PersonalData} seals them to their row.
 *
 * <p>{@link gatehouse.registry.OrganisationActions} divides the place: what it changes in the reach of people is dropped from
 * {@link gatehouse.registry.RegistryDirectory} on every instance with its commit. {@link gatehouse.registry.FirstCompound} is where an
 * empty installation begins.
 *
 * <p>{@link gatehouse.registry.PolicyName} lists every number by which a compound is run.
 */
@NullMarked
package gatehouse.registry;

import org.jspecify.annotations.NullMarked;
