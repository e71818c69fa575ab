package gatehouse.health;

import java.time.LocalDate;

/**
 * A place where somebody has been, with the days of arriving and leaving; transport in their own words.
 *
 * @param outsideListed they say that they were in none of the listed regions that lie in it
 */
record TravelStay(String regionCode, String regionName, LocalDate arrivedOn, LocalDate leftOn, String transport, boolean outsideListed) {
}
