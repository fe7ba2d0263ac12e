package dev.sextant.engine.druid;

import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.TenantId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was ordered in a datasource and still holds: tables, deletions, and tenants dropped. For one thread. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private static final SortedMap<Long, Deletion> NONE = Collections.emptySortedMap();

    private final Map<Place, Table> placeToTable = new HashMap<>();
    private final Map<Place, SortedMap<Long, Deletion>> placeToDeletions = new HashMap<>();
    private final Map<TenantId, Long> tenantToDropped = new HashMap<>();

    /** The version of the order that told last how far a deletion is, by the deletion's own. */
    private final Map<Long, Long> deletionToTold = new HashMap<>();

    /** Takes an order, in its turn; one that is known already changes nothing. */
    void take(Arrival arrival) {
        Place place = arrival.place();
        switch (arrival.stamp().kind()) {
            case DEFINED -> define(place, arrival.order(Table.class), arrival.version());
            case DELETED -> {
                Deletion deletion = arrival.order(Deletion.class);
                if (deletion != null && arrival.version() > dropped(place.tenant())) {
                    placeToDeletions
                            .computeIfAbsent(place, _ -> new TreeMap<>())
                            .put(arrival.version(), deletion);
                }
            }
            case REMOVED -> {
                Removal removal = arrival.order(Removal.class);
                if (removal != null
                        && removal.ordered() > dropped(place.tenant())
                        && arrival.version() >= deletionToTold.getOrDefault(removal.ordered(), 0L)) {
                    deletionToTold.put(removal.ordered(), arrival.version());
                    placeToDeletions
                            .computeIfAbsent(place, _ -> new TreeMap<>())
                            .put(removal.ordered(), removal.deletion());
                }
            }
            case DROPPED -> drop(place.tenant(), arrival.version());
            case ROW, NOTHING, SHOWN -> LOG.debug("Rows order nothing");
        }
    }

    private void define(Place place, @Nullable Table table, long version) {
        if (table != null && version > dropped(place.tenant())) {
            placeToTable.merge(place, table, Orders::joined);
        }
    }

    private void drop(TenantId tenant, long version) {
        if (version > dropped(tenant)) {
            tenantToDropped.put(tenant, version);
            placeToTable.keySet().removeIf(place -> place.tenant().equals(tenant));
            placeToDeletions.keySet().removeIf(place -> place.tenant().equals(tenant));
        }
    }

    Optional<Table> table(Place place) {
        return Optional.ofNullable(placeToTable.get(place));
    }

    /** A table is there as soon as it is certain that it will be. */
    void foresee(Place place, Table table) {
        placeToTable.merge(place, table, Orders::joined);
    }

    SortedMap<Long, Deletion> deletions(Place place) {
        SortedMap<Long, Deletion> deletions = placeToDeletions.get(place);
        return deletions == null ? NONE : new TreeMap<>(deletions);
    }

    /** The version at which all was gone that the tenant had; 0 where that never was. */
    long dropped(TenantId tenant) {
        return tenantToDropped.getOrDefault(tenant, 0L);
    }

    /** Tenants who were dropped, each with the version. */
    Map<TenantId, Long> dropped() {
        return Map.copyOf(tenantToDropped);
    }

    /** What columns rows may have. */
    Set<String> columns() {
        return placeToTable.values().stream().flatMap(PooledColumns::of).collect(Collectors.toSet());
    }

    /** All deletions. */
    Map<Place, SortedMap<Long, Deletion>> deletions() {
        Map<Place, SortedMap<Long, Deletion>> all = new HashMap<>();
        placeToDeletions.keySet().forEach(place -> all.put(place, deletions(place)));
        return all;
    }

    /** Whether rows that this entry brought may have been taken out of the segments. */
    boolean mayBeGone(Arrival arrival) {
        return arrival.version() <= dropped(arrival.place().tenant())
                || placeToDeletions.getOrDefault(arrival.place(), NONE).tailMap(arrival.version()).values().stream()
                        .anyMatch(deletion -> deletion.stage() != Deletion.Stage.ORDERED);
    }

    /** With the columns of both; names that differ by their case alone are one, spelled as at first. */
    static Table joined(Table known, Table more) {
        Map<String, Column> columns = new LinkedHashMap<>();
        known.columns().forEach(column -> columns.put(key(column), column));
        more.columns().forEach(column -> columns.putIfAbsent(key(column), column));
        return columns.size() == known.columns().size()
                ? known
                : new Table(known.dataset(), List.copyOf(columns.values()));
    }

    /** Whether a column has one type in one, and another in the other. */
    static boolean conflict(Table known, Table more) {
        Map<String, Column> columns = new HashMap<>();
        known.columns().forEach(column -> columns.put(key(column), column));
        return more.columns().stream().anyMatch(column -> {
            Column there = columns.get(key(column));
            return there != null && there.type() != column.type();
        });
    }

    private static String key(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }
}
