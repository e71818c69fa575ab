package gatehouse.registry;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The compound that an installation begins with: everything else is made through the product, by people who have an account in it. */
public final class FirstCompound {

    private FirstCompound() {}

    /** Where it stands, from above: {@code subdistrict/community/compound}. */
    public record Names(PlaceName subdistrict, PlaceName community, PlaceName compound) {

        /** Reads three names with a slash, also a full-width one, between them. */
        public static Optional<Names> parse(String written) {
            String[] parts = CellText.settle(written).split("/", -1);
            List<PlaceName> names = Arrays.stream(parts).flatMap(part -> PlaceName.parse(part).stream()).toList();
            boolean three = parts.length == 3 && names.size() == 3;
            return three ? Optional.of(new Names(names.get(0), names.get(1), names.get(2))) : Optional.empty();
        }

        @Override
        public String toString() {
            return subdistrict + "/" + community + "/" + compound;
        }
    }

    /** True as long as there is no compound at all. */
    public static boolean isMissing(Statements in) {
        return !OrganisationStore.hasCompound(in);
    }

    /** Makes it; nothing where there is one. Of several processes that start at once one makes it, the others wait and find it. */
    public static Optional<UUID> make(Tx tx, Names names, OffsetDateTime now) {
        OrganisationStore.lockBeginning(tx);
        if (OrganisationStore.hasCompound(tx)) {
            return Optional.empty();
        }
        UUID subdistrict = OrganisationStore.subdistrict(tx, names.subdistrict());
        UUID community = OrganisationStore.community(tx, subdistrict, names.community());
        UUID compound = OrganisationStore.addCompound(tx, community, names.compound(), now).orElseThrow();
        RegistryDirectory.changed(tx, compound);
        return Optional.of(compound);
    }
}
