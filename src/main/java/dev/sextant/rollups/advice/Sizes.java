package dev.sextant.rollups.advice;

import dev.sextant.datasets.Dataset;
import dev.sextant.engine.Chunk;
import dev.sextant.engine.Chunks;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Query;
import dev.sextant.query.rollup.Rollup;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How many rows rollups of a dataset would have. */
final class Sizes {

    private static final int DIMENSIONS_MAX = 40;

    /** What one count may take; where it takes longer, the upper bound stands. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OlapEngine engine;
    private final QueryCompiler compiler;
    private final TenantId tenant;
    private final Dataset dataset;
    private final DatasetState state;

    Sizes(OlapEngine engine, QueryCompiler compiler, TenantId tenant, Dataset dataset, DatasetState state) {
        this.engine = engine;
        this.compiler = compiler;
        this.tenant = tenant;
        this.dataset = dataset;
        this.state = state;
    }

    /** Upper bounds: by how many values each dimension has, about, and in how many stretches of time there are events. */
    Future<List<Sized>> bounds(List<Rollup> rollups) {
        List<String> dimensions = rollups.stream()
                .flatMap(rollup -> rollup.dimensions().stream())
                .distinct()
                .limit(DIMENSIONS_MAX)
                .toList();
        return valueCounts(dimensions)
                .map(counts -> rollups.stream()
                        .map(rollup -> new Sized(rollup, bound(rollup, counts), false))
                        .toList());
    }

    private Future<Map<String, Long>> valueCounts(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Measure> measures = new ArrayList<>();
        for (String dimension : dimensions) {
            measures.add(new Aggregate(Function.COUNT_DISTINCT, dimension, null, false, null, "n" + measures.size()));
        }
        Query query = Query.of(dataset.name()).measures(measures).totals(false).build();
        CompiledQuery compiled = compiler.compile(tenant, query, null, dataset.model());
        return engine.run(tenant, compiled.plan(), Deadline.in(PATIENCE)).map(answer -> {
            List<?> row = compiled.read(answer.results()).rows().getFirst();
            Map<String, Long> counts = new HashMap<>();
            for (int i = 0; i < dimensions.size(); i++) {
                counts.put(dimensions.get(i), (Long) Objects.requireNonNull(row.get(i)));
            }
            return counts;
        });
    }

    private long bound(Rollup rollup, Map<String, Long> counts) {
        double groups = buckets(state.chunks(), rollup.seconds());
        for (String dimension : rollup.dimensions()) {
            groups *= counts.getOrDefault(dimension, state.rows()) + 1; // the missing value is one, too
        }
        return (long) Math.min(groups, (double) state.rows());
    }

    private static double buckets(Chunks chunks, long seconds) {
        Set<Long> longer = new HashSet<>();
        double[] shorter = {0};
        chunks.forEach((chunk, content) -> {
            long length = seconds(chunk.span());
            if (content.rows() > 0 && seconds >= length) {
                longer.add(Math.floorDiv(chunk.number() * length, seconds));
            } else if (content.rows() > 0) {
                shorter[0] += (double) length / seconds;
            }
        });
        return longer.size() + shorter[0];
    }

    /** A year at its longest. */
    private static long seconds(Chunk.Span span) {
        return switch (span) {
            case HOUR -> 3_600;
            case DAY -> 86_400;
            case YEAR -> 366L * 86_400;
        };
    }

    /** Counts them, one after the other; an upper bound stays where that takes too long. */
    Future<List<Sized>> counted(List<Sized> bounds) {
        Future<List<Sized>> all = Future.succeededFuture(new ArrayList<>());
        for (Sized bound : bounds) {
            all = all.compose(sized -> counted(bound).map(one -> {
                sized.add(one);
                return sized;
            }));
        }
        return all;
    }

    private Future<Sized> counted(Sized bound) {
        return engine.run(
                        tenant,
                        compiler.groupCount(dataset.name(), dataset.model(), bound.rollup()),
                        Deadline.in(PATIENCE))
                .map(answer -> (Long) Objects.requireNonNull(
                        answer.results().getFirst().getFirst().getFirst()))
                .map(rows -> new Sized(bound.rollup(), rows, true))
                .otherwise(bound);
    }
}
