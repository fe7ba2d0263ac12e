package dev.sextant.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.ColumnRule.Masked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept back of one dataset.
 *
 * @param any an event is seen where one of these filters takes it; null where all are
 * @param without an event is not seen where one of these filters takes it
 * @param hidden fields that are not there
 * @param fieldToMask fields that are not as they are, none of them hidden
 * @param measures that may not be asked for
 */
public record DatasetRules(
        @Nullable List<JsonNode> any,
        List<JsonNode> without,
        Set<String> hidden,
        Map<String, Masked> fieldToMask,
        Set<String> measures) {

    static final DatasetRules NONE = new DatasetRules(null, List.of(), Set.of(), Map.of(), Set.of());

    public DatasetRules {
        any = any == null ? null : List.copyOf(any);
        without = List.copyOf(without);
        hidden = Set.copyOf(hidden);
        fieldToMask = Map.copyOf(fieldToMask);
        measures = Set.copyOf(measures);
    }

    /** Whether nothing is kept back. */
    public boolean areNone() {
        return equals(NONE);
    }
}
