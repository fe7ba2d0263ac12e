package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of a dataset's events that are kept beside them, as declared.
 *
 * @param grain of the buckets of time, in UTC: an hour or a part of it, or hours of which a day is a multiple
 * @param dimensions fields by which events are grouped besides
 * @param measures what is kept of each group; sums that add up, each as {@code as}
 */
public record Rollup(String name, Grain grain, List<String> dimensions, List<Measure> measures) {

    public Rollup {
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
    }

    /** How long a bucket is. */
    public long seconds() {
        return grain.atLeast().toSeconds();
    }

    /** The query whose answer the rollup keeps. */
    public Query query(String dataset, DatasetModel model) {
        List<Dimension> keys = new ArrayList<>();
        String time = model.roles().time();
        keys.add(new Dimension.TimeBucket(time, grain, ZoneOffset.UTC, DayOfWeek.MONDAY, time));
        dimensions.forEach(field -> keys.add(new Dimension.Plain(field, field)));
        List<Measure> kept = new ArrayList<>();
        Parts.of(this, model).parts().forEach(part -> kept.add(part.aggregate()));
        return Query.of(dataset).dimensions(keys).measures(kept).totals(false).build();
    }
}
