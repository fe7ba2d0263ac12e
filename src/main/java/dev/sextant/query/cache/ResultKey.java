package dev.sextant.query.cache;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;

/**
 * All that an answer depends on: equal keys have equal answers, but for the last digits of sums of doubles.
 *
 * @param query canonical, with its time range resolved
 * @param modelVersion of the dataset's declaration
 * @param dataVersion of the data that the range covers
 */
public record ResultKey(TenantId tenant, Query query, int modelVersion, PolicyFingerprint policy, long dataVersion) {

    /** The key of the same question's answer by data of that version. */
    public ResultKey at(long version) {
        return version == dataVersion ? this : new ResultKey(tenant, query, modelVersion, policy, version);
    }

    /** As text: equal keys have equal texts, and no others have; a record's own text does not tell 1 from "1". */
    String text() {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(tenant.value())
                .add(query.toJson())
                .add(modelVersion)
                .add(policy.value())
                .add(dataVersion)
                .toString();
    }
}
