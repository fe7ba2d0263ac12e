package dev.sextant.query.cache;

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
}
