package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Call;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Operation;
import dev.sextant.query.model.Compare;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query's shape, and the values that were taken out of it: slot {@code n} stands for value {@code n}. */
record Stripped(Shape shape, List<Object> values) {

    /**
     * Which page is wanted.
     *
     * @param version see {@link Shape#version}
     * @param after see {@link Shape#after}
     */
    record Place(@Nullable Long version, @Nullable List<@Nullable Object> after) {
        static final Place FIRST = new Place(null, null);
    }

    /** @throws dev.sextant.kernel.ProblemException where that is not to be had in the dialect */
    static Stripped of(
            Query query, DatasetModel model, TimeRange.@Nullable Between range, Place place, Dialect dialect) {
        return new Stripping(model, dialect).strip(query, range, place.version(), place.after());
    }

    private static final class Stripping {

        private final List<Object> values = new ArrayList<>();
        private final DatasetModel model;
        private final Dialect dialect;

        Stripping(DatasetModel model, Dialect dialect) {
            this.model = model;
            this.dialect = dialect;
        }

        Stripped strip(
                Query query,
                TimeRange.@Nullable Between range,
                @Nullable Long version,
                @Nullable List<@Nullable Object> after) {
            Shape shape = new Shape(
                    query.measures().stream().map(this::measure).toList(),
                    query.dimensions().stream().map(this::dimension).toList(),
                    query.fields(),
                    filter(query.filter()),
                    range == null ? null : range(range),
                    slotOrNull(version),
                    filter(query.having()),
                    query.order(),
                    slot(Bounds.rows(query, after == null) + 1L), // one more, to know whether there are more
                    after == null ? null : after.stream().map(this::slotOrNull).toList(),
                    query.totals(),
                    after == null ? query.grouping() : null,
                    range == null ? null : earlier(query, range),
                    range == null ? null : filling(query, range),
                    query.others(),
                    range == null ? Map.of() : clocks(query, range));
            return new Stripped(shape, values);
        }

        /** Only the time field is known to lie within the range; where a period of its own is laid over it, not even that. */
        private Map<TimeBucket, Clock> clocks(Query query, TimeRange.Between range) {
            return switch (dialect) {
                case DUCKDB ->
                    query.compare() instanceof Compare.Period ? Map.of() : clocks(query, range, Clock.CHANGES_MAX);
                case DRUID ->
                    clocks(query, Clock.around(range, query.over(range).comparedRange()), Clock.CHANGES_MOST);
            };
        }

        private Map<TimeBucket, Clock> clocks(Query query, TimeRange.Between range, int changesMax) {
            Map<TimeBucket, Clock> clocks = new HashMap<>();
            for (Dimension dimension : query.dimensions()) {
                if (dimension instanceof TimeBucket bucket
                        && !bucket.zone().equals(ZoneOffset.UTC)
                        && Fields.of(model).isTime(bucket.field())) {
                    Clock.of(bucket, range, changesMax).ifPresent(clock -> clocks.put(bucket, clock));
                }
            }
            return clocks;
        }

        private Shape.Range range(TimeRange.Between range) {
            return new Shape.Range(
                    slot(range.from()), slot(range.to()), slot(range.to().minus(1, ChronoUnit.MICROS)));
        }

        private Shape.@Nullable Earlier earlier(Query query, TimeRange.Between range) {
            TimeRange.Between earlier = query.over(range).comparedRange();
            return earlier == null
                    ? null
                    : new Shape.Earlier(range(earlier), Shift.of(query, range, earlier), overlap(range, earlier));
        }

        private static boolean overlap(TimeRange.Between one, TimeRange.Between other) {
            return one.from().isBefore(other.to()) && other.from().isBefore(one.to());
        }

        private Shape.@Nullable Filling filling(Query query, TimeRange.Between range) {
            return query.fill() == null
                    ? null
                    : new Shape.Filling(
                            query.fill(), slot(Bounds.combinations(query, range) + 1), buckets(query, range));
        }

        private @Nullable Slot buckets(Query query, TimeRange.Between range) {
            return switch (dialect) {
                case DUCKDB -> null;
                case DRUID ->
                    query.dimensions().stream()
                            .filter(TimeBucket.class::isInstance)
                            .findFirst()
                            .map(bucket -> slot(BucketStarts.of((TimeBucket) bucket, range)))
                            .orElse(null);
            };
        }

        private Slot slot(Object value) {
            values.add(value);
            return new Slot(values.size() - 1, value.getClass());
        }

        private @Nullable Slot slotOrNull(@Nullable Object value) {
            return value == null ? null : slot(value);
        }

        private Measure measure(Measure measure) {
            return switch (measure) {
                case Measure.Named named -> named;
                case Measure.Aggregate aggregate -> aggregate(aggregate);
                case Measure.Ratio ratio ->
                    new Measure.Ratio(aggregate(ratio.dividend()), aggregate(ratio.divisor()), ratio.as());
                case Measure.Computed computed ->
                    new Measure.Computed(
                            expression(computed.expression()),
                            computed.operands().stream().map(this::measure).toList(),
                            computed.as());
            };
        }

        private Dimension dimension(Dimension dimension) {
            return switch (dimension) {
                case Dimension.Computed computed ->
                    new Dimension.Computed(expression(computed.expression()), computed.as());
                case Dimension.Binned binned ->
                    new Dimension.Binned(expression(binned.value()), binned.bins(), binned.as());
                case Dimension.Plain _, Dimension.TimeBucket _ -> dimension;
            };
        }

        /** Where an engine wants to read the places of a part of a text, they make another shape. */
        private Expression expression(Expression expression) {
            return switch (expression) {
                case Literal literal -> new Literal(slot(literal.value()), literal.type());
                case Call call
                when call.operation() == Operation.SUBSTRING && dialect == Dialect.DRUID -> {
                    List<Expression> parts = new ArrayList<>(call.parts());
                    parts.set(0, expression(parts.getFirst()));
                    yield call.withParts(parts);
                }
                default ->
                    expression.withParts(
                            expression.parts().stream().map(this::expression).toList());
            };
        }

        private Measure.Aggregate aggregate(Measure.Aggregate all) {
            return new Measure.Aggregate(
                    all.function(),
                    all.field(),
                    all.expression() == null ? null : expression(all.expression()),
                    all.quantile(),
                    all.exact(),
                    filter(all.filter()),
                    all.as());
        }

        private @Nullable Filter filter(@Nullable Filter filter) {
            return switch (filter) {
                case null -> null;
                case Filter.Comparison comparison -> comparison(comparison);
                case Filter.And and -> new Filter.And(all(and.all()));
                case Filter.Or or -> new Filter.Or(all(or.any()));
                case Filter.Not not -> new Filter.Not(stripped(not.filter()));
                case Filter.InSegment in -> in;
                case Filter.Met met -> new Filter.Met(expression(met.condition()));
            };
        }

        private Filter stripped(Filter filter) {
            Filter stripped = filter(filter);
            return stripped == null ? filter : stripped;
        }

        private List<Filter> all(List<Filter> filters) {
            return filters.stream().map(this::stripped).toList();
        }

        private Filter comparison(Filter.Comparison comparison) {
            Operator operator = comparison.operator();
            if (operator == Operator.IS_NULL || operator == Operator.EXISTS) {
                return comparison; // its value makes another shape
            }
            boolean list = operator == Operator.IN || operator == Operator.NIN;
            List<Object> padded = list ? padded(comparison.values()) : comparison.values();
            List<Object> slots =
                    padded.stream().map(value -> (Object) slot(value)).toList();
            return new Filter.Comparison(comparison.field(), operator, slots);
        }

        /** Fills up with the last value to a power of two, so that lists of many lengths share few shapes. */
        private static List<Object> padded(List<Object> list) {
            int length = Integer.highestOneBit(Math.max(1, 2 * list.size() - 1));
            List<Object> padded = new ArrayList<>(list);
            padded.addAll(Collections.nCopies(length - list.size(), list.getLast()));
            return padded;
        }
    }
}
