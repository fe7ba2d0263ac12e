package dev.sextant.launch;

import dev.sextant.engine.CommitListener;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.time.InstantSource;

/** Starts the engine that a server keeps its events in. */
@FunctionalInterface
interface EngineStart {

    EngineStart DUCKDB = (config, folder, clock, listener) ->
            DuckDbEngine.start(config.engine().duckdb().in(folder), clock, listener);

    /**
     * Starts it; touches the disk.
     *
     * @param folder the data folder, below which the engine keeps what is its own
     */
    OlapEngine start(SextantConfig config, Path folder, InstantSource clock, CommitListener listener);
}
