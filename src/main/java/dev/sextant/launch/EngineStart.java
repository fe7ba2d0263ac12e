package dev.sextant.launch;

import dev.sextant.engine.CommitListener;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.druid.DruidEngine;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.feature.Role;
import java.nio.file.Path;
import java.time.InstantSource;

/** Starts the engine that a server keeps its events in. */
@FunctionalInterface
interface EngineStart {

    /** The one that the configuration names. */
    EngineStart CONFIGURED = (config, folder, clock, listener) -> switch (config.engine()
            .kind()) {
        case DUCKDB -> DuckDbEngine.start(config.engine().duckdb().in(folder), clock, listener);
        case DRUID ->
            DruidEngine.start(
                    config.engine()
                            .druid()
                            .in(folder.resolve("druid"), config.node().duties().contains(Role.BACKGROUND)),
                    clock,
                    listener);
    };

    /**
     * Starts it; touches the disk.
     *
     * @param folder the data folder, below which the engine keeps what is its own
     */
    OlapEngine start(SextantConfig config, Path folder, InstantSource clock, CommitListener listener);
}
