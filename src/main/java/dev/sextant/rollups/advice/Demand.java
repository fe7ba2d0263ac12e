package dev.sextant.rollups.advice;

import dev.sextant.query.log.Counts;
import dev.sextant.query.log.LoggedShape;
import dev.sextant.query.log.QueryShape;
import dev.sextant.query.log.StandIn;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupChoice;
import java.util.List;
import java.util.Map;

/**
 * A shape that is asked for.
 *
 * @param query that a rollup answers, or does not, as it does those of the shape
 */
record Demand(QueryShape shape, Counts counts, Query query) {

    static Demand of(LoggedShape logged, String dataset) {
        return new Demand(logged.shape(), logged.counts(), StandIn.of(logged.shape(), dataset));
    }

    /** How the rollup would be chosen if it were the only one. */
    RollupChoice choice(Rollup rollup, DatasetModel model) {
        return RollupChoice.of(query, model, List.of(rollup), Map.of(rollup.name(), 0L));
    }

    boolean isAnsweredBy(Rollup rollup, DatasetModel model) {
        return choice(rollup, model).served() != null;
    }

    /** What a scan read, on the average. */
    double rowsPerScan() {
        return counts.scans() == 0 ? 0 : (double) counts.scannedRows() / counts.scans();
    }

    /** What scans would have read of a rollup with so many rows: never more than of the events. */
    double rowsWith(long rollupRows) {
        return counts.scans() * Math.min(rowsPerScan(), (double) rollupRows);
    }
}
