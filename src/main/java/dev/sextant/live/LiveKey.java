package dev.sextant.live;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import java.util.Set;

/** All that a live query depends on: whoever has the same key is told the same. The query names the dataset. */
record LiveKey(TenantId tenant, PolicyFingerprint policy, Query query) {

    /** A dataset of a tenant's: what announcements of new data are about. */
    record Place(TenantId tenant, String dataset) {}

    Place place() {
        return new Place(tenant, query.dataset());
    }

    /** Asks in the name of all who look; that they may was seen to before they did. */
    Principal asker() {
        return new Principal(tenant, "live", Set.of("analytics:read"), Reach.ALL, policy);
    }
}
