package dev.sextant.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a dataset are meant.
 *
 * @param sql a condition over the dataset's columns, in the engine's dialect
 * @param parameters the values of its {@code ?} marks in their order, in the form {@link FieldType} says
 */
public record Condition(String dataset, String sql, List<@Nullable Object> parameters) {}
