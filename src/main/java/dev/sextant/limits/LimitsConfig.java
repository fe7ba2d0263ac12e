package dev.sextant.limits;

import java.time.Duration;

/**
 * {@code limits:} in the configuration file.
 *
 * @param plans what tenants may use, by their plan
 * @param throttlePatience how long a call waits for its turn, where its tenant has calls wait rather than be refused
 * @param waitersPerTenantMax how many of them wait at once, on this node
 * @param sharedPatience how long to wait for what the nodes share; after that each keeps to its share
 * @param tenantsMax tenants whose limits are remembered
 * @param leasesMax limits that this node has a part of
 */
public record LimitsConfig(
        Plans plans,
        Duration throttlePatience,
        int waitersPerTenantMax,
        Duration sharedPatience,
        int tenantsMax,
        int leasesMax) {

    /** One for each plan of tenants, and one for the platform's own keys. */
    public record Plans(Plan free, Plan standard, Plan enterprise, Plan platform) {}

    /**
     * The most that tenants may use; 0 is no limit.
     *
     * @param burst how many requests may come at once; 0 for as many as a second may have
     * @param queries at once
     * @param websockets at once
     */
    public record Plan(
            long requestsPerSecond,
            long burst,
            long requestsPerMinute,
            long costUnitsPerMinute,
            long costUnitsPerDay,
            long queries,
            long websockets) {

        static final Plan UNLIMITED = new Plan(0, 0, 0, 0, 0, 0, 0);

        public Plan {
            if (requestsPerSecond < 0 || requestsPerMinute < 0 || costUnitsPerMinute < 0 || costUnitsPerDay < 0) {
                throw new IllegalArgumentException("limits.plans: a limit must be 0 (none) or more");
            }
            if (queries < 0 || websockets < 0) {
                throw new IllegalArgumentException("limits.plans: queries and websockets must be 0 (no limit) or more");
            }
            if (burst != 0 && (requestsPerSecond == 0 || burst < requestsPerSecond)) {
                throw new IllegalArgumentException(
                        "limits.plans: burst must be 0, or at least requests_per_second, which must be set");
            }
        }
    }

    public static final LimitsConfig DEFAULT = new LimitsConfig(
            new Plans(
                    new Plan(50, 200, 1_000, 50_000, 1_000_000, 8, 100),
                    new Plan(0, 0, 10_000_000, 100_000_000, 10_000_000_000L, 1_000, 5_000),
                    Plan.UNLIMITED,
                    Plan.UNLIMITED),
            Duration.ofSeconds(2),
            1_000,
            Duration.ofMillis(250),
            10_000,
            100_000);

    public LimitsConfig {
        if (throttlePatience.toMillis() < 1 || sharedPatience.toMillis() < 1) {
            throw new IllegalArgumentException("limits: throttle_patience and shared_patience must be 1ms or more");
        }
        if (waitersPerTenantMax < 1 || tenantsMax < 1 || leasesMax < 1) {
            throw new IllegalArgumentException(
                    "limits: waiters_per_tenant_max, tenants_max and leases_max must be 1 or more");
        }
    }
}
