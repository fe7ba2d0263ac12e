package dev.sextant.engine;

/** The SQL that an engine understands. */
public enum Dialect {
    /** Tables and columns are named as datasets and fields are; a plan's parameters are those of its statements. */
    DUCKDB,

    /**
     * Tables are datasources that many datasets may share: see {@link PooledColumns}. Statements hold {@link Bound}s. An
     * instant is a {@code BIGINT} of microseconds since 1970, as a column, a parameter and a result, and a truth is one of 0
     * and 1; lists of instants may be parameters, too.
     *
     * <p>To be asked with {@code useApproximateTopN} false and {@code enableJoinLeftTableScanDirect} true: else rows are
     * missing, and joined ones empty, without a word. A statement that divides by zero has met a sum beyond 64 bits.
     */
    DRUID
}
