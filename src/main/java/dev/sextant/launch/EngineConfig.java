package dev.sextant.launch;

import dev.sextant.engine.druid.DruidConfig;
import dev.sextant.engine.duckdb.DuckDbConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code engine:} in the configuration file.
 *
 * @param kind what stores events and answers queries
 */
public record EngineConfig(Kind kind, DuckDb duckdb, Druid druid) {

    /** The engines there are. */
    public enum Kind {
        DUCKDB,
        DRUID
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

    /** Of {@link DruidConfig} all but the folder, which is the server's own, and what follows from a node's roles. */
    public record Druid(
            DruidConfig.Kafka kafka,
            DruidConfig.Servers servers,
            DruidConfig.Datasources datasources,
            DruidConfig.Queries queries,
            DruidConfig.Freshness freshness,
            Dedupe dedupe) {

        /**
         * How duplicates are found.
         *
         * @param window an id is refused for this long after it was taken
         */
        public record Dedupe(Duration window) {}

        /** @param sequences whether this node takes part in finding duplicates */
        DruidConfig in(Path folder, boolean sequences) {
            return new DruidConfig(
                    folder,
                    kafka,
                    servers,
                    datasources,
                    queries,
                    freshness,
                    new DruidConfig.Dedupe(dedupe.window(), sequences));
        }
    }

    public static final EngineConfig DEFAULT = new EngineConfig(
            Kind.DUCKDB,
            new DuckDb(
                    DuckDbConfig.DEFAULT.tenants(),
                    DuckDbConfig.DEFAULT.queries(),
                    DuckDbConfig.DEFAULT.streams(),
                    DuckDbConfig.DEFAULT.appends(),
                    DuckDbConfig.DEFAULT.dedupe()),
            new Druid(
                    DruidConfig.DEFAULT.kafka(),
                    DruidConfig.DEFAULT.servers(),
                    DruidConfig.DEFAULT.datasources(),
                    DruidConfig.DEFAULT.queries(),
                    DruidConfig.DEFAULT.freshness(),
                    new Druid.Dedupe(DruidConfig.DEFAULT.dedupe().window())));
}
