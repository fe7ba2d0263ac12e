package dev.sextant.launch;

import dev.sextant.engine.duckdb.DuckDbConfig;
import java.nio.file.Path;

/**
 * {@code engine:} in the configuration file.
 *
 * @param kind what stores events and answers queries
 */
public record EngineConfig(Kind kind, DuckDb duckdb) {

    /** The engines there are. */
    public enum Kind {
        DUCKDB
    }

    /** The limits of {@link DuckDbConfig}; its folder is the server's own. */
    public record DuckDb(
            DuckDbConfig.Tenants tenants,
            DuckDbConfig.Queries queries,
            DuckDbConfig.Streams streams,
            DuckDbConfig.Appends appends,
            DuckDbConfig.Dedupe dedupe) {

        DuckDbConfig in(Path folder) {
            return new DuckDbConfig(folder, tenants, queries, streams, appends, dedupe);
        }
    }

    public static final EngineConfig DEFAULT = new EngineConfig(
            Kind.DUCKDB,
            new DuckDb(
                    DuckDbConfig.DEFAULT.tenants(),
                    DuckDbConfig.DEFAULT.queries(),
                    DuckDbConfig.DEFAULT.streams(),
                    DuckDbConfig.DEFAULT.appends(),
                    DuckDbConfig.DEFAULT.dedupe()));
}
