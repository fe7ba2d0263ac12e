package dev.sextant.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.ColumnRule.Masked;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what rules say of one dataset. Of two masks of a field the stricter holds, and to hide it is stricter still. */
record DatasetReading(Rules all, Action action, String resource) {

    DatasetRules rules() {
        Set<String> hidden = new HashSet<>();
        Set<String> measures = new HashSet<>();
        Map<String, Masked> fieldToMask = new HashMap<>();
        for (ColumnRule rule : all.columns()) {
            if (Resources.matches(rule.resources(), resource)) {
                hidden.addAll(rule.hide());
                measures.addAll(rule.measures());
                rule.mask().forEach(mask -> fieldToMask.merge(mask.field(), mask, DatasetReading::stricter));
            }
        }
        fieldToMask.keySet().removeAll(hidden);
        return new DatasetRules(any(), without(), hidden, fieldToMask, measures);
    }

    private static Masked stricter(Masked one, Masked other) {
        int order = one.with().compareTo(other.with());
        if (order != 0) {
            return order < 0 ? one : other;
        }
        return String.valueOf(one.salt()).compareTo(String.valueOf(other.salt())) <= 0 ? one : other;
    }

    private @Nullable List<JsonNode> any() {
        List<RowRule> views = all.views(action, resource);
        return views == null ? null : filters(views.stream());
    }

    private List<JsonNode> without() {
        return filters(all.without().stream().filter(rule -> rule.of().covers(action, resource)));
    }

    private static List<JsonNode> filters(Stream<RowRule> rules) {
        return rules.map(RowRule::filter).distinct().toList();
    }
}
