package dev.sextant.query.cache;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;

/**
 * All that an answer depends on: equal keys have equal answers, byte by byte.
 *
 * @param query with its time range resolved
 * @param modelVersion of the dataset's declaration
 * @param dataVersion of the dataset's data
 */
public record ResultKey(TenantId tenant, Query query, int modelVersion, PolicyFingerprint policy, long dataVersion) {}
