package dev.sextant.query.run;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;

/**
 * How long the engine may take for a query, and how to stop it.
 *
 * @param handle nobody else's: whoever asks the same meanwhile is not stopped with it
 */
public record Run(Deadline deadline, RunHandle handle) {}
