package dev.sextant.rollups.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.query.log.QueryShape;
import java.util.List;

/**
 * Which rollups would pay off, and what they would not help. Rows that are read are what answers call
 * {@code rows_scanned}: an upper bound.
 *
 * @param since the first day that is looked at, in UTC
 * @param rows of the dataset
 * @param data what saves most comes first
 * @param others shapes that nothing is advised for, those first for which most rows were read
 */
record RollupAdvice(String dataset, String since, long rows, Log log, List<Advised> data, List<Other> others) {

    /**
     * What the log has in these days.
     *
     * @param scans how often the engine read the events
     * @param rollupReads how often it read a rollup
     */
    record Log(int shapes, long asked, long scans, long rowsScanned, long rollupReads, double engineMs) {}

    /**
     * A rollup that would pay off.
     *
     * @param rollup ready to be posted
     * @param rows that it would have now
     * @param rowsCounted whether {@code rows} was counted; else it is an upper bound
     * @param rowsScannedWith what the scans that it answers would have read of it
     * @param rowsSaved how many rows fewer that is
     */
    record Advised(
            JsonNode rollup, long rows, boolean rowsCounted, Usage answers, long rowsScannedWith, long rowsSaved) {}

    /**
     * What some shapes came to.
     *
     * @param share of all rows that were read of the events
     */
    record Usage(long asked, long scans, long rowsScanned, double share, double engineMs, List<QueryShape> shapes) {
        Usage {
            shapes = List.copyOf(shapes);
        }
    }

    /**
     * A shape that nothing is advised for.
     *
     * @param reason a sentence; its "it" is the rollup that comes nearest
     */
    record Other(QueryShape shape, long asked, long scans, long rowsScanned, String reason) {}

    RollupAdvice {
        data = List.copyOf(data);
        others = List.copyOf(others);
    }
}
