package dev.sextant.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan yielded.
 *
 * @param state of the dataset in the very snapshot that was read
 * @param results one for each statement: rows in the engine's order, values in the form {@link FieldType} says
 * @param queueNanos for how long the plan waited for its turn
 */
public record Answer(DatasetState state, List<List<List<@Nullable Object>>> results, long queueNanos) {}
