package dev.sextant.live;

import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** All that a live query depends on: whoever has the same key is told the same. The query names the dataset. */
record LiveKey(TenantId tenant, Policy policy, Query query) {

    /** A dataset of a tenant's: what announcements of new data are about. */
    record Place(TenantId tenant, String dataset) {}

    /** Which of the shares of all live queries it is in: the same on every node. */
    String lease() {
        CRC32 sum = new CRC32();
        String text = tenant.value() + '\n' + policy.fingerprint().value() + '\n' + query.toJson();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Owners.lease((int) (sum.getValue() % Owners.SHARES));
    }

    Place place() {
        return new Place(tenant, query.dataset());
    }

    /** Asks in the name of all who look; that they may was seen to before they did. */
    Principal asker() {
        return new Principal(tenant, "live", Set.of("analytics:read"), Reach.ALL, policy);
    }
}
