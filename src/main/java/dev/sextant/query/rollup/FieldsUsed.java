package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which fields a query groups and filters by, held against those that a rollup has. */
final class FieldsUsed {

    private FieldsUsed() {}

    /** A sentence, where one lacks. */
    static @Nullable String refusal(Query query, DatasetModel model, Rollup rollup) {
        for (Dimension dimension : query.dimensions()) {
            boolean isThere = switch (dimension) {
                case Dimension.Plain plain -> rollup.dimensions().contains(plain.field());
                case Dimension.TimeBucket bucket ->
                    bucket.field().equals(model.roles().time())
                            || rollup.dimensions().contains(bucket.field());
                default -> false;
            };
            if (!isThere) {
                return "It is not grouped by '%s'.".formatted(dimension.as());
            }
        }
        return query.filter() == null || covers(rollup, query.filter(), model)
                ? null
                : "The filter looks at fields that it is not grouped by.";
    }

    /** Whether the filter can be told of a whole group. */
    static boolean covers(Rollup rollup, Filter filter, DatasetModel model) {
        return switch (filter) {
            case Filter.Comparison comparison -> rollup.dimensions().contains(comparison.field());
            case Filter.And and -> all(rollup, and.all(), model);
            case Filter.Or or -> all(rollup, or.any(), model);
            case Filter.Not not -> covers(rollup, not.filter(), model);
            case Filter.InSegment in ->
                model.segment(in.segment())
                        .map(segment -> covers(rollup, segment.filter(), model))
                        .orElse(false);
            default -> false;
        };
    }

    private static boolean all(Rollup rollup, List<Filter> filters, DatasetModel model) {
        return filters.stream().allMatch(filter -> covers(rollup, filter, model));
    }
}
