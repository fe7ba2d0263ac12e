package dev.sextant.query.cache;

import dev.sextant.engine.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement of SQL yielded.
 *
 * @param dataVersion of the one dataset that was read; null where there are several
 * @param rows values in the order of {@code columns}, in the form that {@link FieldType} says
 * @param hasMore whether there are more rows than were wanted
 */
public record SqlTable(
        List<String> datasets,
        @Nullable Long dataVersion,
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        boolean hasMore,
        boolean exact) {

    /** Two may have one name. */
    public record Column(String name, FieldType type) {}
}
