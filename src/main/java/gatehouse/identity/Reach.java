package gatehouse.identity;

/** How far a role reaches: what kind of place the id of its grant names. For {@code EVERYTHING} it names the home compound. */
public enum Reach {
    HOUSEHOLD, GATE, GRID, COMPOUND, COMMUNITY, SUBDISTRICT, EVERYTHING;

    /** True for places inside one compound, which must be the account's own. */
    boolean isInsideCompound() {
        return switch (this) {
            case HOUSEHOLD, GATE, GRID -> true;
            case COMPOUND, COMMUNITY, SUBDISTRICT, EVERYTHING -> false;
        };
    }
}
