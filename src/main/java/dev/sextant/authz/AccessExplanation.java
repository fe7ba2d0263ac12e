package dev.sextant.authz;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.authz.policy.DatasetRules;
import dev.sextant.authz.policy.Decision;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether something may be done, and why.
 *
 * @param data what is kept back of the dataset; null where it is none, or not for the caller to know
 */
record AccessExplanation(
        boolean allowed,
        @Nullable String decidedBy,
        List<Decision.Considered> considered,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Data data) {

    /**
     * What is kept back.
     *
     * @param rows {@code all} where every event is seen, else {@code some}
     */
    record Data(String rows, List<String> hidden, List<Shown> masked, List<String> deniedMeasures) {

        record Shown(String field, String with) {}

        static Data of(DatasetRules rules) {
            return new Data(
                    rules.any() == null && rules.without().isEmpty() ? "all" : "some",
                    rules.hidden().stream().sorted().toList(),
                    rules.fieldToMask().values().stream()
                            .map(mask -> new Shown(mask.field(), mask.with().text()))
                            .sorted(Comparator.comparing(Shown::field))
                            .toList(),
                    rules.measures().stream().sorted().toList());
        }
    }
}
