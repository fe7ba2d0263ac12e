package dev.sextant.query.log;

import dev.sextant.query.log.QueryShape.Amount;
import dev.sextant.query.log.QueryShape.Bucket;
import dev.sextant.query.log.QueryShape.Conditions;
import dev.sextant.query.log.QueryShape.Kind;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the shape of a query. Pure. */
final class ShapeOf {

    /** Each divides the next. */
    private static final long[] STEPS = {1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400};

    private ShapeOf() {}

    /** @param step with which relative ranges move on, in whole seconds */
    static QueryShape query(Query query, Duration step) {
        return new QueryShape(
                kind(query),
                of(query, Dimension.Plain.class)
                        .map(Dimension.Plain::field)
                        .sorted()
                        .distinct()
                        .toList(),
                of(query, Dimension.TimeBucket.class)
                        .map(ShapeOf::bucket)
                        .sorted(Comparator.comparing(Bucket::toString))
                        .distinct()
                        .toList(),
                query.dimensions().stream()
                        .anyMatch(one -> one instanceof Dimension.Computed || one instanceof Dimension.Binned),
                conditions(query.filter()),
                query.measures().stream()
                        .map(ShapeOf::amount)
                        .sorted(Comparator.comparing(Amount::toString))
                        .distinct()
                        .toList(),
                stepSeconds(query.timeRange(), step));
    }

    private static Kind kind(Query query) {
        if (query.asOf() != null || query.cursor() != null) {
            return Kind.EARLIER;
        }
        if (!query.fields().isEmpty()) {
            return Kind.EVENTS;
        }
        if (query.compare() != null) {
            return Kind.COMPARE;
        }
        if (query.others() != null) {
            return Kind.OTHERS;
        }
        if (query.grouping() != null) {
            return Kind.GROUPING;
        }
        return query.fill() == null ? Kind.GROUPS : Kind.FILL;
    }

    private static <D extends Dimension> Stream<D> of(Query query, Class<D> type) {
        return query.dimensions().stream().filter(type::isInstance).map(type::cast);
    }

    private static Bucket bucket(Dimension.TimeBucket bucket) {
        return new Bucket(
                bucket.field(),
                bucket.grain().format(),
                bucket.zone().equals(ZoneOffset.UTC) ? "UTC" : bucket.zone().getId());
    }

    private static Amount amount(Measure measure) {
        return switch (measure) {
            case Measure.Named named -> new Amount(named.measure(), null, null, false, Conditions.NONE, List.of());
            case Measure.Aggregate aggregate -> amount(aggregate);
            case Measure.Ratio ratio ->
                new Amount(
                        null,
                        "ratio",
                        null,
                        false,
                        Conditions.NONE,
                        List.of(amount(ratio.dividend()), amount(ratio.divisor())));
            case Measure.Computed _ -> new Amount(null, "expression", null, true, Conditions.NONE, List.of());
        };
    }

    private static Amount amount(Measure.Aggregate aggregate) {
        return new Amount(
                null,
                aggregate.function().name().toLowerCase(Locale.ROOT),
                aggregate.field(),
                aggregate.isOfExpression(),
                conditions(aggregate.filter()),
                List.of());
    }

    /** What a filter looks at; a model's, too. */
    static Conditions conditions(@Nullable Filter filter) {
        if (filter == null) {
            return Conditions.NONE;
        }
        Found found = new Found();
        found.add(filter);
        return new Conditions(List.copyOf(found.fields), List.copyOf(found.segments), found.computed);
    }

    private static final class Found {
        final TreeSet<String> fields = new TreeSet<>();
        final TreeSet<String> segments = new TreeSet<>();
        boolean computed;

        void add(Filter filter) {
            switch (filter) {
                case Filter.Comparison comparison -> fields.add(comparison.field());
                case Filter.And and -> and.all().forEach(this::add);
                case Filter.Or or -> or.any().forEach(this::add);
                case Filter.Not not -> add(not.filter());
                case Filter.InSegment in -> segments.add(in.segment());
                case Filter.Met _ -> computed = true;
            }
        }
    }

    private static @Nullable Long stepSeconds(@Nullable TimeRange range, Duration step) {
        return switch (range) {
            case null -> null;
            case TimeRange.Last last ->
                longest(divides -> step.toSeconds() % divides == 0
                        && last.amount().atLeast().toSeconds() % divides == 0);
            case TimeRange.Between between ->
                longest(divides -> isOn(between.from(), divides) && isOn(between.to(), divides));
        };
    }

    /** 0 where not even a second does. */
    private static long longest(LongPredicate fits) {
        long longest = 0;
        for (long seconds : STEPS) {
            if (fits.test(seconds)) {
                longest = seconds;
            }
        }
        return longest;
    }

    private static boolean isOn(Instant instant, long seconds) {
        return instant.getNano() == 0 && instant.getEpochSecond() % seconds == 0;
    }
}
