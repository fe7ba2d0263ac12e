package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.Roles;
import dev.sextant.query.model.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a rollup can answer a query: exactly as the events would, but for the last digits of sums of doubles. */
sealed interface RollupMatch {

    record Able(Served served) implements RollupMatch {}

    /**
     * It cannot.
     *
     * @param reason a sentence
     */
    record Unable(String reason) implements RollupMatch {}

    /**
     * Holds the query against the rollup.
     *
     * @param query with its range resolved
     */
    static RollupMatch of(Query query, DatasetModel model, Rollup rollup) {
        String reason =
                firstOf(kind(query), Grains.refusal(query, model, rollup), FieldsUsed.refusal(query, model, rollup));
        if (reason != null) {
            return new Unable(reason);
        }
        Parts parts = Parts.of(rollup, model);
        Derivation derivation = new Derivation(parts, model, rollup);
        List<Measure> measures = new ArrayList<>();
        for (Measure measure : query.measures()) {
            Measure derived = derivation.of(measure);
            if (derived == null) {
                return new Unable("It has nothing that '%s' could be made of.".formatted(measure.as()));
            }
            measures.add(derived);
        }
        Query rewritten = query.toBuilder().measures(measures).build();
        return new Able(new Served(rollup, rewritten, model(model, rollup, parts), rollup.dimensions(), parts));
    }

    private static @Nullable String firstOf(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    /** What only events can tell. */
    private static @Nullable String kind(Query query) {
        if (query.asOf() != null || query.cursor() != null) {
            return "It knows the latest version only, and an earlier one is asked for.";
        }
        if (!query.fields().isEmpty()) {
            return "Events are asked for, not groups.";
        }
        if (query.compare() != null || query.others() != null) {
            return "A comparison, or the others beside the largest, are not read from rollups.";
        }
        if (query.grouping() != null || query.fill() != null) {
            return "Subtotals, and filled gaps, are not read from rollups.";
        }
        return null;
    }

    /** The rollup as if it were a dataset. */
    private static DatasetModel model(DatasetModel model, Rollup rollup, Parts parts) {
        Fields fields = Fields.of(model);
        List<Field> columns = new ArrayList<>();
        rollup.dimensions().forEach(name -> columns.add(Objects.requireNonNull(fields.find(name))));
        parts.parts().forEach(part -> columns.add(new Field(part.column(), part.type(), null, null)));
        Roles roles = new Roles(model.roles().time(), null, null, null, null, null);
        return new DatasetModel(roles, columns, List.of(), List.of(), model.segments());
    }

    /** Whether the query's time can be told by the rollup's buckets. */
    final class Grains {

        private Grains() {}

        static @Nullable String refusal(Query query, DatasetModel model, Rollup rollup) {
            TimeRange.Between range = (TimeRange.Between) query.timeRange();
            long seconds = rollup.seconds();
            if (range != null && !(Alignment.isOn(range.from(), seconds) && Alignment.isOn(range.to(), seconds))) {
                return "The range does not begin and end with its buckets.";
            }
            for (Dimension dimension : query.dimensions()) {
                if (dimension instanceof Dimension.TimeBucket bucket
                        && bucket.field().equals(model.roles().time())
                        && !Alignment.divides(seconds, bucket, range)) {
                    return "Its buckets do not fit into those of '%s'.".formatted(bucket.as());
                }
            }
            return null;
        }
    }
}
