package gatehouse.monitor;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import gatehouse.kernel.Database;
import gatehouse.monitor.MonitorStore.Place;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A day in figures, per compound, grid and building; what the features count, put to its places. */
final class MonitorPicture {
    private final Database database;
    private final List<FigureSource> sources;

    MonitorPicture(Database database, List<FigureSource> sources) {
        this.database = database;
        this.sources = sources;
    }

    record BuildingBody(UUID id, String building, @Nullable UUID gridId, @JsonAnyGetter Map<String, Figure> figures) {
    }

    record GridBody(UUID id, String name, List<String> buildingNumbers, @JsonAnyGetter Map<String, Figure> figures) {
    }

    record CompoundBody(UUID id, String name, @JsonAnyGetter Map<String, Figure> figures, List<GridBody> grids, List<BuildingBody> buildings) {
    }

    record Body(LocalDate date, List<CompoundBody> compounds) {
    }

    Body of(Sight sight, LocalDate date) {
        var places = MonitorStore.places(database, sight.scope());
        var tally = new Tally();
        if (!places.isEmpty()) {
            sources.forEach(source -> source.count(database, sight, date, tally));
        }
        var byCompound = places.stream().collect(Collectors.groupingBy(Place::compoundId, LinkedHashMap::new, Collectors.toList()));
        return new Body(date, byCompound.values().stream().map(own -> compound(own, tally)).toList());
    }

    private static CompoundBody compound(List<Place> places, Tally tally) {
        var first = places.getFirst();
        var byGrid = places.stream().filter(place -> place.gridId() != null)
                .collect(Collectors.groupingBy(Place::gridId, LinkedHashMap::new, Collectors.toList()));
        return new CompoundBody(first.compoundId(), first.compound(), tally.ofCompound(first.compoundId(), ids(places)),
                byGrid.values().stream().map(own -> grid(own, tally)).sorted(Comparator.comparing(GridBody::name).thenComparing(GridBody::id)).toList(),
                places.stream().map(place -> new BuildingBody(place.buildingId(), place.building(), place.gridId(),
                        tally.ofBuildings(List.of(place.buildingId())))).toList());
    }

    private static GridBody grid(List<Place> places, Tally tally) {
        var first = places.getFirst();
        return new GridBody(first.gridId(), first.grid(), places.stream().map(Place::building).toList(), tally.ofBuildings(ids(places)));
    }

    private static List<UUID> ids(List<Place> places) {
        return places.stream().map(Place::buildingId).toList();
    }
}
