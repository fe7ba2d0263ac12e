package dev.sextant.push;

import java.time.Duration;

/** {@code push:} in the configuration file. */
public record PushConfig(Sockets sockets, Flow flow, Times times) {

    /**
     * How many there may be on this node.
     *
     * @param allMax sockets
     * @param perTenantMax of these, for one tenant
     * @param subscriptionsMax of one socket
     */
    public record Sockets(int allMax, int perTenantMax, int subscriptionsMax) {
        public Sockets {
            check(perTenantMax >= 1 && perTenantMax <= allMax, "sockets.per_tenant_max must be 1 to sockets.all_max");
            check(subscriptionsMax >= 1, "sockets.subscriptions_max must be 1 or more");
        }
    }

    /**
     * How much is sent.
     *
     * @param credits deltas that a new subscription may be sent before the client asks for more
     * @param creditsMax what a client can save up
     * @param hz deltas a second, where the client does not say
     * @param hzMax the most that a client can ask for
     * @param pendingRowsMax changed rows that are kept for a client that is slow; with more, its socket is closed
     */
    public record Flow(int credits, int creditsMax, int hz, int hzMax, int pendingRowsMax) {
        public Flow {
            check(credits >= 1 && credits <= creditsMax, "flow.credits must be 1 to flow.credits_max");
            check(hz >= 1 && hz <= hzMax && hzMax <= 100, "flow.hz must be 1 to flow.hz_max, and that 100 at most");
            check(pendingRowsMax >= 1, "flow.pending_rows_max must be 1 or more");
        }
    }

    /**
     * How long things may take.
     *
     * @param heartbeat between two pings; who is silent for three is gone
     * @param authPatience until a new socket has said whom it belongs to
     * @param stall how long a client may take nothing while more than a tenth of {@code pending_rows_max} is kept for it
     * @param expiryNotice how long before the end of a credential the client is told
     * @param doubt how long a socket stays open while its credential cannot be checked
     */
    public record Times(
            Duration heartbeat, Duration authPatience, Duration stall, Duration expiryNotice, Duration doubt) {
        public Times {
            check(heartbeat.toMillis() >= 100, "times.heartbeat must be 100ms or more");
            check(authPatience.toMillis() >= 1, "times.auth_patience must be 1ms or more");
            check(
                    !stall.isNegative() && !expiryNotice.isNegative(),
                    "times.stall and times.expiry_notice must not be less than 0s");
            check(!doubt.isNegative(), "times.doubt must not be less than 0s");
        }
    }

    public static final PushConfig DEFAULT = new PushConfig(
            new Sockets(20_000, 5_000, 64),
            new Flow(64, 4096, 10, 20, 20_000),
            new Times(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10)));

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("push." + rule);
        }
    }
}
