package dev.sextant.query.log;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sextant.query.model.Filter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a query is made, without any value of it: queries that differ in values, aliases, order or limit have one shape. Its
 * lists are sorted, and each thing is in them once.
 *
 * @param dimensions fields that it groups by as they are
 * @param computes whether it groups by expressions or bins, besides
 * @param stepSeconds of what stretch of time, counted from 1970, its range begins and ends with; null for all time
 */
public record QueryShape(
        Kind kind,
        List<String> dimensions,
        List<Bucket> buckets,
        boolean computes,
        Conditions filter,
        List<Amount> measures,
        @Nullable Long stepSeconds) {

    /** What a query wants beside groups, if anything; the first that holds. */
    public enum Kind {
        EARLIER,
        EVENTS,
        COMPARE,
        OTHERS,
        GROUPING,
        FILL,
        GROUPS;

        /** Such as {@code "groups"}. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Stretches of time that it groups by. */
    public record Bucket(String field, String grain, String tz) {}

    /**
     * What a filter looks at.
     *
     * @param computed whether there are expressions in it, besides
     */
    public record Conditions(List<String> fields, List<String> segments, boolean computed) {

        static final Conditions NONE = new Conditions(List.of(), List.of(), false);

        public Conditions {
            fields = List.copyOf(fields);
            segments = List.copyOf(segments);
        }

        /** Of a model's segment, too; empty where there is no filter. */
        public static Conditions of(@Nullable Filter filter) {
            return ShapeOf.conditions(filter);
        }

        boolean areNone() {
            return equals(NONE);
        }
    }

    /**
     * A measure.
     *
     * @param measure the model's, by its name there; null where it is another, which has an {@code agg}
     * @param agg as on the wire
     * @param computed whether it aggregates an expression
     * @param of what a ratio is made of
     */
    public record Amount(
            @Nullable String measure,
            @Nullable String agg,
            @Nullable String field,
            boolean computed,
            Conditions filter,
            List<Amount> of) {
        public Amount {
            of = List.copyOf(of);
        }
    }

    public QueryShape {
        dimensions = List.copyOf(dimensions);
        buckets = List.copyOf(buckets);
        measures = List.copyOf(measures);
    }
}
