package dev.sextant.live;

import java.time.Duration;

/**
 * {@code live:} in the configuration file.
 *
 * @param queriesMax different live queries on this node
 * @param queriesPerTenantMax of these, for one tenant
 * @param debounce how long to wait for more data when some came
 * @param patience how long one evaluation may take
 * @param linger how long a live query that nobody looks at is kept for those who come back
 * @param keptDeltasMax deltas that each live query keeps for those who come back
 * @param keptRowsMax changed rows in these
 */
public record LiveConfig(
        int queriesMax,
        int queriesPerTenantMax,
        Duration debounce,
        Duration patience,
        Duration linger,
        int keptDeltasMax,
        int keptRowsMax) {

    public static final LiveConfig DEFAULT = new LiveConfig(
            1000, 100, Duration.ofMillis(10), Duration.ofSeconds(5), Duration.ofSeconds(30), 256, 20_000);

    public LiveConfig {
        require(
                queriesPerTenantMax >= 1 && queriesPerTenantMax <= queriesMax,
                "queries_per_tenant_max must be 1 to queries_max");
        require(debounce.toMillis() >= 1 && debounce.toMillis() <= 1000, "debounce must be 1ms to 1s");
        require(patience.toMillis() >= 1, "patience must be 1ms or more");
        require(linger.toMillis() >= 1, "linger must be 1ms or more");
        require(keptDeltasMax >= 0 && keptRowsMax >= 0, "kept_deltas_max and kept_rows_max must be 0 or more");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("live: " + rule);
        }
    }
}
