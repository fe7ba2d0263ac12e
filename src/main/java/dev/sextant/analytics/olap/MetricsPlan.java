package dev.sextant.analytics.olap;

import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.run.TimeRanges;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queries that a question for metrics comes to; all of them look at the same window. Pure.
 *
 * @param series by time; empty where none is asked for
 * @param compare how much earlier the other window lies; empty for none
 */
record MetricsPlan(
        String dataset,
        List<Measure> measures,
        TimeRange.Between window,
        Optional<Query> groups,
        Optional<Query> series,
        Optional<Duration> compare) {

    private static final Predicate<String> TIMEFRAME =
            java.util.regex.Pattern.compile("[1-9][0-9]{0,5}[smhd]").asMatchPredicate();
    private static final Duration TIMEFRAME_MAX = Duration.ofHours(24);
    private static final int GROUPS_MAX = 100;

    static MetricsPlan of(AskMetrics question, Dataset dataset, Instant now) {
        Grain timeframe = timeframe(question.timeframe());
        List<Measure> measures = MetricNames.measures(question.metrics(), dataset.model());
        Optional<Grain> step = Optional.ofNullable(question.step()).map(text -> step(text, timeframe));
        Query ofRange = query(dataset.name(), measures, List.of(), new TimeRange.Last(timeframe));
        TimeRange.Between window = Objects.requireNonNull(TimeRanges.resolve(ofRange, now), "The query has a range");
        return new MetricsPlan(
                dataset.name(),
                measures,
                window,
                Optional.ofNullable(question.groupBy()).map(field -> groups(field, dataset, measures, window)),
                step.map(grain -> series(grain, dataset, measures, window)),
                Optional.ofNullable(question.compare()).map(text -> offset(text)));
    }

    Query totals() {
        return query(dataset, measures, List.of(), window);
    }

    /** The same window, earlier. */
    Optional<Query> previous() {
        return compare.map(offset -> query(
                dataset,
                measures,
                List.of(),
                new TimeRange.Between(window.from().minus(offset), window.to().minus(offset))));
    }

    private static Query groups(String field, Dataset dataset, List<Measure> measures, TimeRange window) {
        if (Fields.of(dataset.model()).find(field) == null) {
            throw refused("group_by", Reason.UNKNOWN_FIELD, "Field '%s' does not exist.".formatted(field));
        }
        Query.Order largestFirst = new Query.Order(measures.getFirst().as(), true, false);
        return new Query(
                dataset.name(),
                measures,
                List.of(new Dimension.Plain(field, field)),
                null,
                window,
                null,
                List.of(largestFirst),
                GROUPS_MAX,
                null,
                false);
    }

    private static Query series(Grain step, Dataset dataset, List<Measure> measures, TimeRange window) {
        String time = dataset.model().roles().time();
        Dimension bucket = new Dimension.TimeBucket(time, step, ZoneOffset.UTC, DayOfWeek.MONDAY, "t");
        return query(dataset.name(), measures, List.of(bucket), window);
    }

    private static Query query(String dataset, List<Measure> measures, List<Dimension> dimensions, TimeRange range) {
        return new Query(dataset, measures, dimensions, null, range, null, List.of(), Query.LIMIT_MAX, null, false);
    }

    private static Grain timeframe(String text) {
        return Optional.of(text)
                .filter(TIMEFRAME)
                .flatMap(Grain::parse)
                .filter(grain -> grain.atLeast().compareTo(TIMEFRAME_MAX) <= 0)
                .orElseThrow(() -> refused(
                        "timeframe", Reason.INVALID_TIMEFRAME, "A timeframe is such as 5m; s, m, h or d; up to 24h."));
    }

    private static Grain step(String text, Grain timeframe) {
        Grain step = Optional.of(text)
                .filter(TIMEFRAME)
                .flatMap(Grain::parse)
                .orElseThrow(() -> refused("step", Reason.INVALID_TIMEFRAME, "A step is such as 10s; s, m, h or d."));
        if (timeframe.atLeast().dividedBy(step.atLeast()) >= Query.LIMIT_MAX) {
            throw refused("step", Reason.INVALID_TIMEFRAME, "A series has fewer than 10000 steps: take a longer step.");
        }
        return step;
    }

    private static Duration offset(String text) {
        return Optional.of(text)
                .filter(TIMEFRAME)
                .flatMap(Grain::parse)
                .map(Grain::atLeast)
                .orElseThrow(() ->
                        refused("compare", Reason.INVALID_TIMEFRAME, "Compare with such as 1d earlier; s, m, h or d."));
    }

    static ProblemException refused(String parameter, Reason reason, String detail) {
        List<Violation> errors = new ArrayList<>();
        errors.add(Violation.of(parameter, reason.name().toLowerCase(java.util.Locale.ROOT), detail));
        return new ProblemException(new Unprocessable(reason, errors, detail));
    }
}
