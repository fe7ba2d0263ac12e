package dev.sextant.query.cache;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.query.model.Query;

/**
 * What a question asks of each piece of its time. Questions that differ in what is shown only (having, order, limit) have
 * the same core. It is hashed once: it is part of the keys of a hundred pieces.
 */
public final class Core {

    private final Query query;
    private final int modelVersion;
    private final PolicyFingerprint policy;
    private final int hash;

    /** The core of a query that has no range; the names of its columns are ours. */
    public Core(Query query, int modelVersion, PolicyFingerprint policy) {
        this.query = query;
        this.modelVersion = modelVersion;
        this.policy = policy;
        this.hash = 31 * (31 * query.hashCode() + modelVersion) + policy.hashCode();
    }

    public Query query() {
        return query;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Core core
                && hash == core.hash
                && modelVersion == core.modelVersion
                && policy.equals(core.policy)
                && query.equals(core.query);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
