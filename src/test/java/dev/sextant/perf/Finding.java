package dev.sextant.perf;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of what was found.
 *
 * @param figures by name, in order
 * @param holds whether it is as good as it must be; null where nothing is demanded
 */
record Finding(
        String part,
        String name,
        Map<String, Double> figures,
        @Nullable Boolean holds) {}
