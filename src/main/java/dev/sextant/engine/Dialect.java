package dev.sextant.engine;

/** The SQL that an engine understands. */
public enum Dialect {
    /** Tables and columns are named as datasets and fields are; a plan's parameters are those of its statements. */
    DUCKDB,

    /**
     * Tables are datasources that many datasets may share: see {@link PooledColumns}. Statements hold {@link Bound}s. An
     * instant is a {@code BIGINT} of microseconds since 1970, as a column, a parameter and a result, and a truth is one of 0
     * and 1.
     */
    DRUID
}
