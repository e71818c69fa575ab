package gatehouse.kernel;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rows that a caller may see in one operation: whole compounds, single buildings, or single households, as a union.
 *
 * <p>Every query of a store takes a scope. A query that reaches households binds it as its first four parameters and says
 * {@link #SEES_HOUSEHOLD} about its alias {@code h}; so that what lies outside is not forbidden but simply not there.
 */
public record Scope(UUID[] compounds, UUID[] wholeCompounds, UUID[] buildings, UUID[] households) {

    /** SQL over {@code household h} and the parameters $1–$4 that {@link Sql#within} binds. */
    public static final String SEES_HOUSEHOLD =
            " h.compound_id = any($1) and (h.compound_id = any($2) or h.building_id = any($3) or h.id = any($4)) ";

    /**
     * The same of what is about one person, {@code resident r}: a household, whose people may change, sees only what is about those who live in it
     * now; so that nobody reads of the family that lived there before. Whole compounds and buildings see what happened in theirs.
     */
    public static final String SEES_RESIDENT = " h.compound_id = any($1) and (h.compound_id = any($2) or h.building_id = any($3)"
            + " or (h.id = any($4) and r.household_id = h.id and r.moved_out_at is null)) ";

    /**
     * The same of what belongs to a home and not to a person, made at {@code moment} (a column): a household sees of it only what came since those who
     * live there now do.
     */
    public static String seesSinceHome(String moment) {
        return " h.compound_id = any($1) and (h.compound_id = any($2) or h.building_id = any($3) or (h.id = any($4) and %s >= h.inhabited_since)) "
                .formatted(moment);
    }

    public static final Scope NOTHING = new Scope(new UUID[0], new UUID[0], new UUID[0], new UUID[0]);

    public static Scope ofCompounds(Collection<UUID> compounds) {
        var ids = compounds.toArray(UUID[]::new);
        return new Scope(ids, ids, new UUID[0], new UUID[0]);
    }

    public static Scope ofBuildings(UUID compound, Collection<UUID> buildings) {
        return new Scope(new UUID[] {compound}, new UUID[0], buildings.toArray(UUID[]::new), new UUID[0]);
    }

    public static Scope ofHousehold(UUID compound, UUID household) {
        return new Scope(new UUID[] {compound}, new UUID[0], new UUID[0], new UUID[] {household});
    }

    public Scope union(Scope other) {
        return new Scope(merge(compounds, other.compounds), merge(wholeCompounds, other.wholeCompounds),
                merge(buildings, other.buildings), merge(households, other.households));
    }

    /** True where this scope holds the household of that building and compound; the same rule as {@link #SEES_HOUSEHOLD}. */
    public boolean sees(UUID compound, UUID building, UUID household) {
        return holds(compounds, compound)
                && (holds(wholeCompounds, compound) || holds(buildings, building) || holds(households, household));
    }

    /** True where this scope holds every household of that building. */
    public boolean seesBuilding(UUID compound, UUID building) {
        return holds(compounds, compound) && (holds(wholeCompounds, compound) || holds(buildings, building));
    }

    /** True for a resident's own scope: the one household of the one compound in it, and nothing else. */
    public boolean isOneHousehold() {
        return compounds.length == 1 && households.length == 1 && buildings.length == 0 && wholeCompounds.length == 0;
    }

    public boolean seesWholeCompound(UUID compound) {
        return holds(wholeCompounds, compound);
    }

    private static boolean holds(UUID[] ids, UUID id) {
        for (var each : ids) {
            if (each.equals(id)) {
                return true;
            }
        }
        return false;
    }

    private static UUID[] merge(UUID[] a, UUID[] b) {
        var all = new TreeSet<UUID>();
        Stream.of(a, b).flatMap(Arrays::stream).forEach(all::add);
        return all.toArray(UUID[]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope that && Arrays.equals(compounds, that.compounds)
                && Arrays.equals(wholeCompounds, that.wholeCompounds) && Arrays.equals(buildings, that.buildings)
                && Arrays.equals(households, that.households);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(compounds) * 31 * 31 + Arrays.hashCode(buildings) * 31 + Arrays.hashCode(households);
    }

    @Override
    public String toString() {
        return "Scope[compounds=%s, whole=%s, buildings=%s, households=%s]".formatted(Arrays.toString(compounds),
                Arrays.toString(wholeCompounds), Arrays.toString(buildings), Arrays.toString(households));
    }
}
