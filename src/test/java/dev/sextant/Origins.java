package dev.sextant;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import java.time.Duration;
import java.util.Set;

/** Origins for tests. */
public final class Origins {

    private static final Trace TRACE = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private Origins() {}

    public static Principal principal(String tenant, String... scopes) {
        return new Principal(
                new TenantId("ten_" + tenant), "key_1", Set.of(scopes), Reach.ALL, PolicyFingerprint.SEES_ALL);
    }

    public static Origin of(String tenant, Duration patience) {
        return new Origin(principal(tenant, "analytics:read"), TRACE, Deadline.in(patience));
    }
}
