/**
 * Demonstration data (演示数据): two invented compounds with their people, staff and several days of health reports, so that whoever
 * starts the product finds something to look at and to do.
 *
 * <p>Owns no table; writes to those of registry, identity, health, gate and notify, once, where there is no compound yet. Everything is invented:
 * names by chance, phones in 139000xxxxx, ID numbers of a region code that nobody is registered under. The same data come out every
 * time, apart from ids and from dates, which follow the day of the start.
 *
 * <p>Promise: accounts with the well-known password are marked, and the process never listens beyond loopback with them.
 */
@NullMarked
package gatehouse.demonstration;

import org.jspecify.annotations.NullMarked;
