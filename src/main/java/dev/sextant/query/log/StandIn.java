package dev.sextant.query.log;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.log.QueryShape.Amount;
import dev.sextant.query.log.QueryShape.Bucket;
import dev.sextant.query.log.QueryShape.Conditions;
import dev.sextant.query.model.Compare;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fill;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Grouping;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Others;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryBuilder;
import dev.sextant.query.model.TimeRange.Between;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a query of a shape that any rollup answers, or does not, as it does those that have the shape. It is not for
 * running: its values mean nothing. A measure or dimension goes by the name that its column has where no other is given.
 */
public final class StandIn {

    /** A year that zones are judged by: how they are by now. */
    private static final long FROM = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();

    private static final long SECONDS = 365 * 86_400;
    private static final Expression ANYTHING = new Expression.Literal(true, FieldType.BOOLEAN);
    private static final Grain DAY = Grain.parse("1d").orElseThrow();

    private StandIn() {}

    public static Query of(QueryShape shape, String dataset) {
        List<Dimension> dimensions = new ArrayList<>();
        shape.buckets().forEach(bucket -> dimensions.add(bucket(bucket)));
        shape.dimensions().forEach(field -> dimensions.add(new Dimension.Plain(field, field)));
        if (shape.computes()) {
            dimensions.add(new Dimension.Computed(ANYTHING, "expression"));
        }
        QueryBuilder query = Query.of(dataset)
                .dimensions(dimensions)
                .measures(shape.measures().stream().map(StandIn::measure).toList())
                .filter(filter(shape.filter()))
                .timeRange(range(shape.stepSeconds()));
        return with(shape.kind(), query).build();
    }

    private static QueryBuilder with(QueryShape.Kind kind, QueryBuilder query) {
        return switch (kind) {
            case GROUPS -> query;
            case EARLIER -> query.asOf(1L);
            case EVENTS -> query.fields(List.of(new Dimension.Plain("event_id", "event_id")));
            case COMPARE -> query.compare(new Compare.Offset(DAY));
            case OTHERS -> query.others(new Others("dimension", "measure", 1, "is_other"));
            case GROUPING -> query.grouping(new Grouping(List.of()));
            case FILL -> query.fill(new Fill(null));
        };
    }

    private static Dimension bucket(Bucket bucket) {
        return new Dimension.TimeBucket(
                bucket.field(),
                Grain.parse(bucket.grain()).orElseThrow(),
                bucket.tz().equals("UTC") ? ZoneOffset.UTC : ZoneId.of(bucket.tz()),
                DayOfWeek.MONDAY,
                bucket.field());
    }

    /** Begins and ends with just that step, and with no longer one. */
    private static @Nullable Between range(@Nullable Long stepSeconds) {
        if (stepSeconds == null) {
            return null;
        }
        Instant from = stepSeconds == 0
                ? Instant.ofEpochSecond(FROM, 500_000_000)
                : Instant.ofEpochSecond(FROM + stepSeconds % 86_400);
        return new Between(from, from.plusSeconds(SECONDS));
    }

    private static Measure measure(Amount amount) {
        if (amount.measure() != null) {
            return new Measure.Named(amount.measure(), amount.measure());
        }
        return switch (Objects.requireNonNull(amount.agg())) {
            case "expression" -> new Measure.Computed(ANYTHING, List.of(), "expression");
            case "ratio" ->
                new Measure.Ratio(
                        aggregate(amount.of().getFirst()), aggregate(amount.of().getLast()), "ratio");
            default -> aggregate(amount);
        };
    }

    private static Aggregate aggregate(Amount amount) {
        Function function =
                Function.valueOf(Objects.requireNonNull(amount.agg()).toUpperCase(Locale.ROOT));
        String as = amount.field() == null ? amount.agg() : amount.agg() + "_" + amount.field();
        return new Aggregate(
                function,
                amount.field(),
                amount.computed() ? ANYTHING : null,
                function == Function.QUANTILE ? 0.5 : null,
                true,
                filter(amount.filter()),
                as);
    }

    private static @Nullable Filter filter(Conditions conditions) {
        if (conditions.areNone()) {
            return null;
        }
        List<Filter> all = new ArrayList<>();
        conditions.fields().forEach(field -> all.add(new Comparison(field, Operator.IS_NULL, List.of(true))));
        conditions.segments().forEach(segment -> all.add(new Filter.InSegment(segment)));
        if (conditions.computed()) {
            all.add(new Filter.Met(ANYTHING));
        }
        return new Filter.And(all);
    }
}
