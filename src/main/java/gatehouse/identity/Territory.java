package gatehouse.identity;

import java.util.Set;
import java.util.UUID;

/** What lies within a place that a grant names. */
interface Territory {
    Set<UUID> allCompounds();

    Set<UUID> compoundsOfCommunity(UUID community);

    Set<UUID> compoundsOfSubdistrict(UUID subdistrict);

    Set<UUID> buildingsOfGrid(UUID grid);
}
