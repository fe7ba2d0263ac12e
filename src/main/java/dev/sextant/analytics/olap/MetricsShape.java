package dev.sextant.analytics.olap;

import dev.sextant.analytics.olap.MetricsReport.Group;
import dev.sextant.analytics.olap.MetricsReport.Links;
import dev.sextant.analytics.olap.MetricsReport.Metric;
import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.run.Meta;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a report of the answers to a plan's queries. Pure. */
record MetricsShape(AskMetrics question, MetricsPlan plan, DatasetState state, Instant now) {

    private static final String STREAM = "/api/v2/analytics/realtime/stream";

    MetricsReport report(
            TenantId tenant,
            ResultTable totals,
            Optional<ResultTable> previous,
            Optional<ResultTable> groups,
            Optional<ResultTable> series) {
        return new MetricsReport(
                tenant.value(),
                plan.dataset(),
                question.timeframe(),
                plan.window(),
                state.watermark(),
                Meta.freshnessMillis(state, now),
                "dv_" + latest(totals, Stream.of(previous, groups, series)),
                metrics(totals, previous.map(table -> table.rows().getFirst())),
                groups.map(this::groups).orElse(null),
                series.map(MetricsShape::series).orElse(null),
                new Links(STREAM));
    }

    /** The windows differ, and so may the versions of what they hold. */
    private static long latest(ResultTable totals, Stream<Optional<ResultTable>> others) {
        return Stream.concat(Stream.of(totals), others.flatMap(Optional::stream))
                .mapToLong(table -> table.state().dataVersion())
                .max()
                .orElseThrow();
    }

    private static Map<String, Metric> metrics(ResultTable totals, Optional<List<@Nullable Object>> previous) {
        Map<String, Metric> nameToMetric = new LinkedHashMap<>();
        List<@Nullable Object> row = totals.rows().getFirst();
        for (int i = 0; i < row.size(); i++) {
            Object before = previous.isPresent() ? previous.get().get(i) : null;
            nameToMetric.put(
                    totals.columns().get(i).name(),
                    metric(totals, row.get(i), before, totals.columns().get(i)));
        }
        return nameToMetric;
    }

    private static Metric metric(
            ResultTable totals, @Nullable Object value, @Nullable Object before, ColumnInfo column) {
        String unit =
                column.unit() == null && column.type() == dev.sextant.engine.FieldType.LONG ? "count" : column.unit();
        return new Metric(
                shown(value), shown(before), changePct(value, before), unit, column.currency(), totals.exact());
    }

    /** Null where there is nothing to compare with. */
    private static @Nullable Double changePct(@Nullable Object value, @Nullable Object before) {
        if (!(value instanceof Number now) || !(before instanceof Number then) || then.doubleValue() == 0) {
            return null;
        }
        double change = (now.doubleValue() - then.doubleValue()) / Math.abs(then.doubleValue());
        return Math.round(change * 10_000) / 100.0;
    }

    private List<Group> groups(ResultTable table) {
        String field = Objects.requireNonNull(question.groupBy(), "There are groups where they were asked for");
        return table.rows().stream()
                .map(row -> new Group(named(field, row.getFirst()), measures(table, row)))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> series(ResultTable table) {
        return table.rows().stream()
                .map(row -> {
                    Map<String, @Nullable Object> point = named(MetricsPlan.SERIES_TIME, row.getFirst());
                    point.putAll(measures(table, row));
                    return point;
                })
                .toList();
    }

    private static Map<String, @Nullable Object> named(String name, @Nullable Object value) {
        Map<String, @Nullable Object> nameToValue = new LinkedHashMap<>();
        nameToValue.put(name, shown(value));
        return nameToValue;
    }

    /** All columns but the first, which is the key. */
    private static Map<String, @Nullable Object> measures(ResultTable table, List<@Nullable Object> row) {
        Map<String, @Nullable Object> nameToValue = new LinkedHashMap<>();
        IntStream.range(1, row.size())
                .forEach(i -> nameToValue.put(table.columns().get(i).name(), shown(row.get(i))));
        return nameToValue;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return JsonValues.isBeyondDouble(value) ? String.valueOf(value) : value;
    }
}
