package dev.sextant.analytics.olap;

import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.run.MetricQueries;
import dev.sextant.query.run.TimeRanges;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    private static final int GROUPS_MAX = 100;

    /** Columns that no measure can be called. */
    private static final String GROUP = "@group";

    private static final String BUCKET = "@bucket";

    /** What the time is called in a series, so that no metric can be. */
    static final String SERIES_TIME = "t";

    static MetricsPlan of(AskMetrics question, Dataset dataset, Instant now) {
        Grain timeframe = MetricQueries.timeframe(question.timeframe());
        List<Measure> measures = MetricQueries.measures(question.metrics(), dataset.model());
        Optional<Grain> step = Optional.ofNullable(question.step()).map(text -> step(text, timeframe));
        Query ofRange = MetricQueries.totals(dataset.name(), measures, new TimeRange.Last(timeframe));
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
        return MetricQueries.totals(dataset, measures, window);
    }

    /** The same window, earlier. */
    Optional<Query> previous() {
        return compare.map(offset -> MetricQueries.totals(
                dataset,
                measures,
                new TimeRange.Between(window.from().minus(offset), window.to().minus(offset))));
    }

    private static Query groups(String field, Dataset dataset, List<Measure> measures, TimeRange window) {
        if (Fields.of(dataset.model()).find(field) == null) {
            throw MetricQueries.refused(
                    "group_by", Reason.UNKNOWN_FIELD, "Field '%s' does not exist.".formatted(field));
        }
        Query.Order largestFirst = new Query.Order(measures.getFirst().as(), true, false);
        return Query.of(dataset.name())
                .measures(measures)
                .dimensions(List.of(new Dimension.Plain(field, GROUP)))
                .timeRange(window)
                .order(List.of(largestFirst))
                .limit(GROUPS_MAX)
                .totals(false)
                .build();
    }

    private static Query series(Grain step, Dataset dataset, List<Measure> measures, TimeRange window) {
        if (measures.stream().anyMatch(measure -> measure.as().equals(SERIES_TIME))) {
            throw MetricQueries.refused(
                    "step",
                    Reason.INVALID_QUERY,
                    "A series calls its time 't': ask for the metric 't' without a step.");
        }
        String time = dataset.model().roles().time();
        Dimension bucket = new Dimension.TimeBucket(time, step, ZoneOffset.UTC, DayOfWeek.MONDAY, BUCKET);
        return MetricQueries.totals(dataset.name(), measures, window).toBuilder()
                .dimensions(List.of(bucket))
                .build();
    }

    private static Grain step(String text, Grain timeframe) {
        Grain step = MetricQueries.amount(text)
                .orElseThrow(() -> MetricQueries.refused(
                        "step", Reason.INVALID_TIMEFRAME, "A step is such as 10s; s, m, h or d."));
        if (timeframe.atLeast().dividedBy(step.atLeast()) >= Query.LIMIT_MAX) {
            throw MetricQueries.refused(
                    "step", Reason.INVALID_TIMEFRAME, "A series has fewer than 10000 steps: take a longer step.");
        }
        return step;
    }

    private static Duration offset(String text) {
        return MetricQueries.amount(text)
                .map(Grain::atLeast)
                .orElseThrow(() -> MetricQueries.refused(
                        "compare", Reason.INVALID_TIMEFRAME, "Compare with such as 1d earlier; s, m, h or d."));
    }
}
