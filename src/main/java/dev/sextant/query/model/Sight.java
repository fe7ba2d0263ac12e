package dev.sextant.query.model;

import dev.sextant.authz.policy.ColumnRule.Masked;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a dataset's events and whoever looks at them by a model. Wherever that model goes, this goes with it:
 * whatever reads the events by the model reads no others, and none as they are not meant to be seen.
 *
 * @param whole the model without anything kept back
 * @param rows over fields of {@code whole}: the events that are seen; null for all
 * @param fields declared ones that are left
 * @param fieldToMask fields of the model that are not shown as they are
 * @param fieldToMembers fields that hold JSON, and which of its outermost members are taken out
 * @param hidden system columns that are not there, and are null
 * @param denied measures of the model, and built-in metrics, that may not be asked for
 * @param fingerprint stands for all of this: a part of the key of every answer
 */
public record Sight(
        DatasetModel whole,
        @Nullable Filter rows,
        Set<String> fields,
        Map<String, Masked> fieldToMask,
        Map<String, List<String>> fieldToMembers,
        Set<String> hidden,
        Set<String> denied,
        PolicyFingerprint fingerprint) {

    public Sight {
        fields = Set.copyOf(fields);
        fieldToMask = Map.copyOf(fieldToMask);
        fieldToMembers = Map.copyOf(fieldToMembers);
        hidden = Set.copyOf(hidden);
        denied = Set.copyOf(denied);
    }

    /** Whether a field shows what the events hold. */
    boolean isClear(String field) {
        return !fieldToMask.containsKey(field) && !fieldToMembers.containsKey(field) && !hidden.contains(field);
    }
}
