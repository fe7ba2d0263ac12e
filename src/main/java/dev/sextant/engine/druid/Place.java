package dev.sextant.engine.druid;

import dev.sextant.kernel.TenantId;

/** One tenant's dataset. */
record Place(TenantId tenant, String dataset) {

    /** In keys of topics and stores; no two places have the same, and none begins with another's. */
    String key() {
        return tenant + "/" + dataset + "/";
    }
}
