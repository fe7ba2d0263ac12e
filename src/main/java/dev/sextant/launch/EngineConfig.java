package dev.sextant.launch;

import dev.sextant.engine.duckdb.DuckDbConfig;

/**
 * {@code engine:} in the configuration file.
 *
 * @param kind what stores events and answers queries
 */
public record EngineConfig(Kind kind, DuckDbConfig duckdb) {

    /** The engines there are. */
    public enum Kind {
        DUCKDB
    }

    public static final EngineConfig DEFAULT = new EngineConfig(Kind.DUCKDB, DuckDbConfig.DEFAULT);
}
